/** What the program and its levels share. */
import { record, sharedQueue } from "stator/actor";

export const Sample = record({ source: "u32", number: "u32" });
/** Eight messages for two sources: they are all in use now and then, and alloc gives nothing. */
export const samples = sharedQueue("samples", Sample, 8);
/** What the level has seen goes on to a less urgent one. */
export const seen = sharedQueue("seen");

export const MESSAGES = 20_000;
