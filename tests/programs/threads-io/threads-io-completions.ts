/** body.ts, with the option "completion-thread". */
import { run } from "stator/threads";
import { root } from "./body.ts";

run(root(), { threads: 3, io: "completion-thread" });
