/** The portable suite on XS on Linux. */
import { suiteOn } from "../suite/on-target.ts";

suiteOn("linux");
