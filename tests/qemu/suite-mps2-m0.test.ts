/**
 * The portable suite as it is built for a Cortex-M0: Armv6-M code, atomics by masking, aligned accesses. It runs on QEMU's
 * Cortex-M3, with short loops.
 */
import { path } from "../../tools/paths.ts";
import { suiteOn } from "../suite/on-target.ts";

suiteOn(path("tests/boards/mps2-m0"), "short");
