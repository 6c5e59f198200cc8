/** Runs generators as if they were async functions that can be cancelled: a stack of them, and virtual time. */
import type { Seen } from "./harness.ts";
import { show } from "./prelude.ts";

interface Wait {
	ms: number;
	finish: () => unknown;
	dropped?: unknown;
}

let events: string[] = [];
let time = 0;

const prelude = {
	trace: (...what: unknown[]): void => void events.push(time + " " + what.map(show).join(" ")),
	wait: (ms: number, value: unknown): Wait => ({ ms, finish: () => value, dropped: [value] }),
	fail: (ms: number, reason: string): Wait => ({
		ms,
		finish: () => {
			throw new Error(reason);
		},
	}),
	task: (body: unknown) => body,
};

type Body = Generator<Wait | Body, unknown, unknown>;

/**
 * Runs `main`; at `cancelAt` its innermost function is made to return: pending finallies run, then its caller is made to
 * return, and so on. What a finally throws goes on as an exception in the caller.
 */
export function runGenerator(main: (...args: unknown[]) => Body, args: readonly unknown[], cancelAt: number): Seen {
	events = [];
	time = 0;
	let cancelled = false;
	const stack: { body: Body; leaving: boolean }[] = [{ body: main(...args), leaving: false }];
	let step: (body: Body) => IteratorResult<Wait | Body, unknown> = (body) => body.next();
	for (;;) {
		const top = stack[stack.length - 1];
		let result: IteratorResult<Wait | Body, unknown>;
		try {
			result = step(top.body);
		} catch (error) {
			stack.pop();
			if (stack.length === 0) return { events, outcome: "threw " + show(error) };
			step = (body) => body.throw(error);
			continue;
		}
		if (result.done) {
			stack.pop();
			if (stack.length === 0) return { events, outcome: cancelled ? "cancelled" : "returned " + show(result.value) };
			const { value } = result;
			if (top.leaving) {
				stack[stack.length - 1].leaving = true;
				step = (body) => body.return(undefined);
			} else step = (body) => body.next(value);
			continue;
		}
		const what = result.value;
		if (!("finish" in what)) {
			stack.push({ body: what, leaving: false });
			step = (body) => body.next();
			continue;
		}
		if (!cancelled && time + what.ms > cancelAt) {
			cancelled = true;
			time = cancelAt;
			if (what.dropped !== undefined) prelude.trace("dropped", (what.dropped as unknown[])[0]);
			stack[stack.length - 1].leaving = true;
			step = (body) => body.return(undefined);
			continue;
		}
		time += what.ms;
		step = (body) => {
			let value: unknown;
			try {
				value = what.finish();
			} catch (error) {
				return body.throw(error);
			}
			return body.next(value);
		};
	}
}

runGenerator.prelude = prelude;
