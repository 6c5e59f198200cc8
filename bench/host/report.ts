/** What a program of this benchmark prints: one line of JSON, at its end. */
import { print } from "stator";
import { STAT_COLLECTIONS, STAT_GROWTH_BYTES, STAT_GROWTH_SLOTS, stat } from "#hal";

/** What the heap has done since start-up. To be taken before anything is printed: text is made on the heap. */
export function growth(): string {
	const slots = stat(STAT_GROWTH_SLOTS);
	const bytes = stat(STAT_GROWTH_BYTES);
	const collections = stat(STAT_COLLECTIONS);
	return [figure("growth_slots", slots), figure("growth_bytes", bytes), figure("collections", collections)].join(",");
}

export function report(...figures: string[]): void {
	print("{" + figures.join(",") + "}");
}

export function figure(name: string, value: number): string {
	return '"' + name + '":' + value;
}
