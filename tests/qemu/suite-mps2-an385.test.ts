/** The portable suite on a Cortex-M3. */
import { suiteOn } from "../suite/on-target.ts";

suiteOn("mps2-an385");
