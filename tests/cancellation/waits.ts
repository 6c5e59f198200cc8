/** All waits of the library: the rows of the table. */
import type { Wait } from "./wait.ts";
import { lockWaits } from "./waits-locks.ts";
import { outsideWaits } from "./waits-outside.ts";
import { sharedWaits } from "./waits-shared.ts";
import { timeWaits } from "./waits-time.ts";
import { togetherWaits } from "./waits-together.ts";
import { valueWaits } from "./waits-values.ts";

export const waits: Wait[] = [
	...timeWaits,
	...valueWaits,
	...lockWaits,
	...outsideWaits,
	...sharedWaits,
	...togetherWaits,
];
