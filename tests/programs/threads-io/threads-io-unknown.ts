/** Refused: the build has to know. */
import { run } from "stator/threads";
import { root } from "./body.ts";

const io = "completion-thread" as const;

run(root(), { threads: 3, io });
