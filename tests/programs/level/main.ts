/** Main never gives control away; the level comes in between. */
import { now, print } from "stator";
import { Executor } from "stator/levels";

new Executor();
const end = now() + 35;
print("main begins");
while (now() < end);
print("main ends");
