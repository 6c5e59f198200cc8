/** The whole table, twice: once with a line for each cell, once more to see that nothing grows. */
import { print } from "stator";
import { collect, STAT_COLLECTIONS, STAT_GROWTH_BYTES, STAT_GROWTH_SLOTS, stat } from "#hal";
import { clear, impossible, runCell } from "./driver.ts";
import { ACTIONS, OUTCOMES, STATES } from "./names.ts";
import type { Wait } from "./wait.ts";
import { waits } from "./waits.ts";

const count = { cells: 0, impossible: 0, failed: 0 };

function told(wait: Wait, state: number, action: number): void {
	const place = wait.name + "; " + STATES[state] + "; " + ACTIONS[action] + "; ";
	const reason = impossible(wait, state, action);
	if (reason !== undefined) {
		count.impossible++;
		print(place + "impossible: " + reason);
		return;
	}
	count.cells++;
	try {
		print(place + OUTCOMES[runCell(wait, state, action)]);
	} catch (error) {
		count.failed++;
		print(place + "FAILED: " + error);
		clear(wait);
	}
}

/** Without a word: strings are made by who prints. */
function again(): void {
	for (let w = 0; w < waits.length; w++)
		for (let state = 0; state < STATES.length; state++)
			for (let action = 0; action < ACTIONS.length; action++)
				if (impossible(waits[w], state, action) === undefined) runCell(waits[w], state, action);
}

export function matrix(): void {
	for (let w = 0; w < waits.length; w++) print("wait: " + waits[w].name + "; " + waits[w].keeps);
	for (let w = 0; w < waits.length; w++)
		for (let state = 0; state < STATES.length; state++)
			for (let action = 0; action < ACTIONS.length; action++) told(waits[w], state, action);
	print("cells: " + count.cells + ", impossible " + count.impossible + ", failed " + count.failed);
	if (count.failed > 0) throw new Error("cells of the table failed");
	collect();
	const slots = stat(STAT_GROWTH_SLOTS);
	const bytes = stat(STAT_GROWTH_BYTES);
	const collections = stat(STAT_COLLECTIONS);
	again();
	const moreSlots = stat(STAT_GROWTH_SLOTS) - slots;
	const moreBytes = stat(STAT_GROWTH_BYTES) - bytes;
	const moreCollections = stat(STAT_COLLECTIONS) - collections;
	print("second time: growth " + moreSlots + " slots, " + moreBytes + " bytes; collections " + moreCollections);
}
