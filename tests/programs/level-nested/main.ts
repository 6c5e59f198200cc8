/** Who is woken by whom, with no clock in it: the same order in every run, on a board and on Linux. */
import { print } from "stator";
import { Executor } from "stator/levels";
import { toHigh, toLow } from "./queues.ts";

new Executor();
print("main begins");
toLow.signal(1);
print("main, after low");
toHigh.signal(10);
print("main ends");
