/** The portable suite: one body on Node, on XS on Linux and on the boards. */
import { portableSuite } from "./checks.ts";

portableSuite(100_000);
