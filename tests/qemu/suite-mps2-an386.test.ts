/** The portable suite on a Cortex-M4F: with short loops, since netduinoplus2 runs the same instructions in full. */
import { suiteOn } from "../suite/on-target.ts";

suiteOn("mps2-an386", "short");
