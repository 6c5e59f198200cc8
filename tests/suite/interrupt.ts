/** Interrupts, raised by software so that every target has them: waker lists, counting, holding, giving up. */
import { cancel, done, JoinHandle, PENDING, pollTask, READY, run, spawn, type TaskId, yieldNow } from "stator";
import { button, Interrupt, interruptCount, pend, pin, prioritize, type Vector } from "stator/board";
import { interruptWaiters } from "#hal";
import { check, equal, go, note, throws, traced } from "./harness.ts";

/** Vectors that nobody else uses, on any of the targets. */
const FIRST = 20;
const SECOND = 21;
const THIRD = 22;
const MANY = 4;

let watcherPolls = 0;

/** Notes what each of its waits yields, `times` times; several in one pool, each at a place in the list that is its own. */
const watcher = pollTask<[name: string, vector: Vector, times: number, mode?: "count" | "next" | "hold"], void>(
	{ name: "watcher", pool: MANY },
	() => {
		const wait = new Interrupt();
		let name = "";
		let vector: Vector = 0;
		let left = 0;
		let mode: "count" | "next" | "hold" = "count";
		return {
			start(given: string, at: Vector, times: number, how: "count" | "next" | "hold" = "count") {
				name = given;
				vector = at;
				left = times;
				mode = how;
				wait.start(vector, mode);
			},
			poll(id) {
				watcherPolls++;
				while (wait.poll(id) === READY) {
					note(name + " " + wait.take());
					left--;
					if (left === 0) return done();
					wait.start(vector, mode);
				}
				return PENDING;
			},
			cancel() {
				wait.drop();
				wait.drop();
				note(name + " gives up");
				return READY;
			},
		};
	},
);

/** Does one thing in each of its turns, one turn a round. */
function script(...steps: ((id: TaskId) => void)[]): void {
	const pause = yieldNow();
	let at = 0;
	run(
		scriptTask((id) => {
			for (;;) {
				if (at > 0 && pause.poll(id) !== READY) return PENDING;
				if (at === steps.length) return done();
				steps[at](id);
				at++;
				pause.start();
			}
		}),
	);
}

const scriptTask = pollTask<[body: (id: TaskId) => number], void>({ name: "script" }, () => {
	let body: (id: TaskId) => number = () => 0;
	return {
		start(given: (id: TaskId) => number) {
			body = given;
		},
		poll: (id) => body(id),
	};
});

const nobodyWaits = (): void => equal(interruptWaiters(-1), 0, "waits left in a list");

export function interruptChecks(): void {
	check("A9 an interrupt wakes its list, each task is polled once, others not at all", () => {
		let before = 0;
		spawn(watcher("a", FIRST, 1));
		spawn(watcher("b", FIRST, 1));
		spawn(watcher("other", SECOND, 1));
		script(
			() => {},
			() => {
				equal(interruptWaiters(FIRST), 2, "waiting");
				equal(interruptWaiters(SECOND), 1, "waiting");
				before = watcherPolls;
				pend(FIRST);
				equal(interruptWaiters(FIRST), 0, "waiting after the interrupt");
			},
			() => {},
			() => {
				equal(watcherPolls - before, 2, "polls");
				pend(SECOND);
			},
			() => {},
		);
		traced("a 1", "b 1", "other 1");
		equal(watcherPolls - before, 3, "polls");
		nobodyWaits();
	});

	check("A8 A9 what comes between two waits is counted: none is lost", () => {
		spawn(watcher("a", FIRST, 3));
		script(
			() => {},
			() => pend(FIRST),
			() => {
				for (let i = 0; i < 5; i++) pend(FIRST);
			},
			() => {},
			() => pend(FIRST),
			() => {},
		);
		traced("a 1", "a 5", "a 1");
		nobodyWaits();
	});

	check("A8 the next tenant of a slot begins to count with its own wait", () => {
		spawn(watcher("first", FIRST, 1));
		script(
			() => {},
			() => pend(FIRST),
			() => {},
		);
		pend(FIRST);
		pend(FIRST);
		spawn(watcher("second", FIRST, 1));
		script(
			() => {},
			() => note("not yet"),
			() => pend(FIRST),
			() => {},
		);
		traced("first 1", "not yet", "second 1");
		nobodyWaits();
	});

	check("A9 next: only what comes from the wait on", () => {
		const count = interruptCount(FIRST);
		spawn(watcher("a", FIRST, 2, "next"));
		script(
			() => {},
			() => {
				pend(FIRST);
				pend(FIRST);
			},
			() => pend(FIRST),
			() => {},
		);
		traced("a 2", "a 1");
		equal((interruptCount(FIRST) - count) | 0, 3, "interrupts");
		nobodyWaits();
	});

	check("A9 hold: disabled from the interrupt until the next wait, with one latched", () => {
		const count = interruptCount(THIRD);
		spawn(watcher("a", THIRD, 3, "hold"));
		script(
			() => {},
			() => {
				pend(THIRD);
				pend(THIRD); // disabled: latched
				pend(THIRD);
				equal((interruptCount(THIRD) - count) | 0, 1, "interrupts while it is held");
			},
			() => {},
			() => {},
			() => pend(THIRD),
			() => {},
		);
		traced("a 1", "a 1", "a 1");
		equal((interruptCount(THIRD) - count) | 0, 3, "interrupts");
		nobodyWaits();
	});

	check("A8 cancelled before the first poll, while waiting and when woken: the list is left each time", () => {
		const early = spawn(watcher("early", FIRST, 1));
		early.cancel();
		const waiting = spawn(watcher("waiting", FIRST, 1));
		const woken = spawn(watcher("woken", FIRST, 1));
		const stays = spawn(watcher("stays", FIRST, 1));
		script(
			() => {},
			() => {
				equal(interruptWaiters(FIRST), 3, "waiting");
				waiting.cancel();
			},
			() => equal(interruptWaiters(FIRST), 2, "after the cancellation"),
			() => {
				pend(FIRST);
				woken.cancel();
			},
			() => {},
		);
		traced("early gives up", "waiting gives up", "woken gives up", "stays 1");
		equal(stays.status, READY);
		nobodyWaits();
	});

	check("A8 a task that ends without giving up leaves the list when its slot begins anew", () => {
		const wait = new Interrupt();
		let id = 0;
		run(
			scriptTask((own) => {
				id = own;
				wait.start(FIRST);
				equal(wait.poll(own), PENDING);
				return done();
			}),
		);
		equal(interruptWaiters(FIRST), 1, "left behind");
		pend(FIRST); // wakes an id that is stale
		equal(interruptWaiters(FIRST), 0, "after the interrupt");
		equal(cancel(id) < 0, true, "stale");
		wait.dispose();
		wait.dispose();
		nobodyWaits();
	});

	check("A8 dropped in every state: made, started, waiting, ready, taken, given back", () => {
		const wait = new Interrupt(FIRST);
		wait.drop();
		wait.start(FIRST);
		wait.drop();
		run(
			scriptTask((id) => {
				wait.start(FIRST);
				equal(wait.poll(id), PENDING);
				equal(wait.poll(id), PENDING); // polled more often than woken
				equal(interruptWaiters(FIRST), 1);
				wait.drop();
				equal(interruptWaiters(FIRST), 0);
				wait.start(FIRST);
				pend(FIRST);
				equal(wait.poll(id), PENDING, "before the others had a turn"); // and woken at once
				equal(wait.poll(id), READY);
				wait.drop();
				equal(wait.take(), 1);
				wait.start(SECOND); // from one list to the other
				equal(wait.poll(id), PENDING);
				wait.start(FIRST);
				equal(interruptWaiters(SECOND), 0);
				equal(wait.poll(id), PENDING);
				wait.dispose();
				return done();
			}),
		);
		nobodyWaits();
		wait.start(FIRST); // takes a place again
		wait.dispose();
	});

	check("A8 several waits of one task, the first that is ready wins, the others leave", () => {
		const waits = [new Interrupt(FIRST), new Interrupt(SECOND), new Interrupt(THIRD)];
		const vectors = [FIRST, SECOND, THIRD];
		const handle = go((id, turn) => {
			if (turn === 1) for (let i = 0; i < 3; i++) waits[i].start(vectors[i]);
			for (let i = 0; i < 3; i++)
				if (waits[i].poll(id) === READY) {
					for (const wait of waits) wait.drop();
					return done("vector " + vectors[i]);
				}
			return PENDING;
		});
		script(
			() => {},
			() => {
				equal(interruptWaiters(-1), 3, "waiting");
				pend(SECOND);
			},
			() => {},
		);
		equal(handle.outcome, "vector " + SECOND);
		nobodyWaits();
		for (const wait of waits) wait.dispose();
	});

	check("A8 a vector that is not there, a name that nobody has, a mode that is none, a pin", () => {
		throws(() => new Interrupt(1000), "there is no vector 1000 here, they are 0 to ");
		throws(() => new Interrupt(-1), "there is no vector -1 here");
		throws(() => new Interrupt(1.5), "there is no vector 1.5 here");
		throws(() => new Interrupt("NOBODY"), 'no vector is called "NOBODY" here');
		throws(() => pend(1000), "there is no vector 1000");
		throws(() => prioritize(FIRST, 256), "a priority is 0 to ");
		throws(() => pin("nowhere"), 'this board has no pin "nowhere"');
		throws(() => button.edge("sideways" as "both"), 'a direction is "rising", "falling" or "both", got "sideways"');
		const wait = new Interrupt();
		throws(() => wait.start(FIRST, "often" as "count"), 'a mode is "count", "next" or "hold"');
		throws(() => wait.poll(0), "the wait was not started");
		wait.dispose();
		prioritize(FIRST, 1);
		prioritize(FIRST, 0);
	});

	check("A8 joined tasks: the list is empty when all have ended", () => {
		const handle = new JoinHandle<void>();
		spawn(watcher("a", FIRST, 2), handle);
		for (let i = 0; i < MANY - 1; i++) spawn(watcher("b", FIRST, 1));
		script(
			() => {},
			() => pend(FIRST),
			() => {},
			() => pend(FIRST),
			() => {},
		);
		equal(handle.status, READY);
		nobodyWaits();
	});
}
