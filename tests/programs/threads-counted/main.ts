/** How many threads there are is not known when this is built: refused. */
import { now, sleep } from "stator";
import { run } from "stator/threads";

const threads = now() + 2;

run(async () => await sleep(1), { threads });
