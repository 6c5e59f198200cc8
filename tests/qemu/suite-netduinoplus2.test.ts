/** The portable suite on an STM32F405 (Cortex-M4F, 128 KB of RAM). */
import { suiteOn } from "../suite/on-target.ts";

suiteOn("netduinoplus2");
