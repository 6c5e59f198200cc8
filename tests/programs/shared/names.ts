/** What main, the level and the handler share, and how many of each there are. */
import { record } from "stator/actor";

/** Numbers of the handler; the level sends a part of that many. */
export const TIMES = 100_000;
export const LEVEL_TIMES = TIMES / 20;

export const Reading = record({ n: "u32", twice: "f64" });
