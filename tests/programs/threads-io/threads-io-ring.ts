/** body.ts, with the option "ring-per-thread". */
import { run } from "stator/threads";
import { root } from "./body.ts";

run(root(), { threads: 3, io: "ring-per-thread" });
