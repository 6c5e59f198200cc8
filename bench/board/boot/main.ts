/** What a small program's boot costs: the counter starts with the board. Its memory is that of the board's defaults. */

import { run } from "stator";
import { cycles } from "#hal";
import { report } from "../measure.ts";

report("boot", cycles(), 1);
run(async () => {});
