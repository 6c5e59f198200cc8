/** What the two levels tell each other, as a layout in C memory. */
import { record } from "stator/actor";

export const Report = record({ step: "u32", position: "i32" });
