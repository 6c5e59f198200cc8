/** The long form: STATOR_PREEMPTIONS=1000000 with tests/qemu/levels.test.ts. */
import { preempted } from "./compute.ts";

preempted(1_000_000);
