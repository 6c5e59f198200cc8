import { record } from "stator/actor";

export const Sample = record({ value: "u32" });
