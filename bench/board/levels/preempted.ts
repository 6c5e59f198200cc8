/** The short form, for each run of the tests. */
import { preempted } from "./compute.ts";

preempted(20_000);
