/** The portable suite with a tenth of the loops, for boards whose engine and chip code another board runs in full. */
import { portableSuite } from "./checks.ts";

portableSuite(10_000);
