/** What tests compare of a run that was recorded and its replay. */
import { expect } from "vitest";
import type { App, Settings } from "../../tools/app.ts";
import { ownLines, type Recorded, type Replayed } from "../../tools/record/command.ts";
import { INTERRUPT_ENTER, INTERRUPT_LEAVE, readFrame, type TraceFrame } from "../../tools/trace/frame.ts";

export const withSettings = (app: App, settings: Settings): App => ({
	...app,
	settings: { ...app.settings, ...settings },
});

/** What the program printed: no trace, no record, nothing of the executor's own. */
export function consoleOf(output: string): string {
	let own = "";
	ownLines((text) => {
		own += text;
	})(output);
	return own.replace(/^stator: .*\n( {2}.*\n)*/gm, "");
}

/** Polls, wakes, starts, ends, sleeps, timers and marks, with their times. That handlers ran, which take effect later, is the board's affair. */
export const eventsOf = (frame: TraceFrame) =>
	frame.records.filter(({ kind }) => kind !== INTERRUPT_ENTER && kind !== INTERRUPT_LEAVE);

/** Both with their traces: the same events at the same times, the same text, counts and end. */
export function expectSame(made: Pick<Recorded, "status" | "output">, again: Replayed, least: number): void {
	expect(again.report).toMatch(/^stator-replay: the program has ended as it was recorded: step (\d+) of \1, /);
	expect(again).toMatchObject({ parted: false, same: true, status: made.status });
	const then = readFrame(made.output);
	expect(then.lost).toBe(0);
	expect(eventsOf(then).length).toBeGreaterThan(least);
	expect(again.traced && eventsOf(again.traced.frame)).toEqual(eventsOf(then));
	expect(consoleOf(again.output)).toBe(consoleOf(made.output));
	// What the executor counted.
	const counted = /polls \d+, wakes \d+, sleeps \d+/;
	expect(counted.exec(again.report)?.[0]).toBe(counted.exec(made.output)?.[0]);
}
