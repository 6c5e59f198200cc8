/** The portable suite on a Cortex-M4F. */
import { suiteOn } from "../suite/on-target.ts";

suiteOn("mps2-an386");
