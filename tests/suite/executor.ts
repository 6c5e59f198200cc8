/** The executor's core: run, spawn, join, wake, ids, rounds, levels, cancellation. */

import {
	Abortable,
	CANCELLED,
	cancel,
	done,
	ECANCELED,
	EINVAL,
	ENOBUFS,
	ESRCH,
	ETIME,
	Join,
	JoinHandle,
	PENDING,
	READY,
	release,
	requestStop,
	run,
	runFor,
	STOPPED,
	spawn,
	spawnDetached,
	stopRequested,
	type TaskId,
	trySpawn,
	UntilStop,
	wake,
	YIELD,
	YieldNow,
} from "stator";
import { id as currentId } from "#hal";
import { check, equal, go, note, POOL, scripted, throws, trace, traced } from "./harness.ts";

/** A turn that notes its name and yields `times` times before it ends. */
function yielder(name: string, times: number) {
	return (id: TaskId, turn: number) => {
		note(name + turn);
		if (turn > times) return done(name);
		wake(id);
		return PENDING;
	};
}

export function executorChecks(): void {
	check("A1 run blocks until the root completes and returns its value", () => {
		equal(run(scripted(yielder("root", 3))), "root");
		traced("root1", "root2", "root3", "root4");
	});

	check("A1 run throws what the root threw", () => {
		throws(
			() =>
				run(
					scripted(() => {
						throw new Error("from the root");
					}),
				),
			"from the root",
		);
	});

	check("A1 what is left when the root ends goes on with the next run", () => {
		const other = go(yielder("other", 2));
		run(scripted(() => done()));
		equal(other.done, false);
		run();
		equal(other.done, true);
		traced("other1", "other2", "other3");
	});

	check("A1 a task cannot call run", () => {
		throws(() => run(scripted(() => (run(), done()))), "running already");
	});

	check("F4 run ends when no task is left", () => {
		go(yielder("a", 1));
		equal(run(), undefined);
		traced("a1", "a2");
		equal(run(), undefined, "run of nothing");
	});

	check("A2 join yields the value", () => {
		const handle = go(() => done(42));
		const join = new Join<unknown>();
		const value = run(
			scripted((id, turn) => {
				if (turn === 1) join.start(handle);
				return join.poll(id) === READY ? done(join.take()) : PENDING;
			}),
		);
		equal(value, 42);
	});

	check("A2 several joiners get the value, in the order in which they came", () => {
		let worker = -1;
		const handle = go((id, turn) => {
			worker = id;
			return turn === 1 ? PENDING : done("v");
		});
		for (const name of ["x", "y", "z"]) {
			const join = new Join<unknown>();
			go((id, turn) => {
				if (turn === 1) join.start(handle);
				if (join.poll(id) !== READY) return PENDING;
				note(name + " " + String(join.take()));
				return done();
			});
		}
		runFor(4);
		wake(worker);
		run();
		traced("x v", "y v", "z v");
	});

	check("A2 a join after the end yields at once", () => {
		const handle = go(() => done(7));
		run();
		const join = new Join<unknown>().start(handle);
		equal(join.poll(0), READY);
		equal(join.take(), 7);
	});

	check("A2 a task that throws ends alone and its handle reports it", () => {
		const bad = go(() => {
			throw new TypeError("bad task");
		});
		const good = go(yielder("good", 1));
		run();
		equal(bad.failed, true);
		equal(good.done, true);
		throws(() => bad.take(), "bad task");
		traced("good1", "good2");
	});

	check("F1 spawn from inside a task; it is polled in the next round", () => {
		go((_id, turn) => {
			note("parent" + turn);
			go(yielder("child", 0));
			note("spawned");
			return done();
		});
		run();
		traced("parent1", "spawned", "child1");
	});

	check("F1 spawning to a full table is a status, and nothing is lost", () => {
		let spawned = 0;
		const start = () => {
			const id = spawnDetached(
				scripted(() => {
					start();
					return PENDING;
				}),
			);
			if (id >= 0) spawned++;
			else equal(id, ENOBUFS);
		};
		start();
		runFor(1000, 0);
		equal(spawned, POOL);
		equal(trySpawn(scripted(() => done())), undefined);
		throws(() => spawn(scripted(() => done())), "pool: " + POOL);
		cancelAll();
	});

	check("F2 a stale id never wakes the slot's next tenant", () => {
		let old = -1;
		for (let i = 0; i < POOL; i++) go(() => done());
		run();
		go((id) => {
			old = id;
			return done();
		});
		run();
		for (let i = 0; i < POOL; i++)
			go((id, turn) => {
				note("t" + i + "." + turn);
				return turn === 2 ? done(id) : PENDING;
			});
		runFor(1000, 0);
		wake(old);
		equal(runFor(1000, 0), ETIME, "polls after a stale wake");
		equal(trace.length, POOL);
		cancelAll();
	});

	check("F2 a wake after completion does nothing", () => {
		const handle = go(() => done());
		run();
		wake(handle.id);
		equal(runFor(10, 0), 0, "polls");
		equal(handle.cancel(), ESRCH);
	});

	check("E4 a wake polls the woken task only", () => {
		let first = -1;
		for (let i = 0; i < 4; i++)
			go((id, turn) => {
				if (i === 2) first = id;
				note("t" + i + "." + turn);
				return turn === 2 ? done() : PENDING;
			});
		runFor(4);
		wake(first);
		equal(runFor(10, 0), 1, "polls");
		traced("t0.1", "t1.1", "t2.1", "t3.1", "t2.2");
		cancelAll();
	});

	check("E4 waking twice polls once", () => {
		go((id, turn) => {
			note("poll" + turn);
			if (turn === 3) return done();
			wake(id);
			wake(id);
			return PENDING;
		});
		run();
		traced("poll1", "poll2", "poll3");
	});

	check("E5 a task that is woken again and again lets every other ready task run first", () => {
		go(yielder("greedy", 3));
		for (const name of ["a", "b"]) go(yielder(name, 1));
		run();
		traced("greedy1", "a1", "b1", "greedy2", "a2", "b2", "greedy3", "greedy4");
	});

	check("E5 a poll that returns YIELD has its next turn after every other ready task", () => {
		const yields = (name: string, times: number) => (_: TaskId, turn: number) => {
			note(name + turn);
			return turn <= times ? YIELD : done();
		};
		go(yields("a", 1));
		const b = go(yields("b", 1));
		b.priority = 2; // behind a, whatever their slots are
		equal(runFor(3, 0), 3);
		traced("a1", "b1", "a2");
		equal(runFor(100, 0), 1);
		traced("a1", "b1", "a2", "b2");
		equal(b.done, true);
	});

	check("A1 run looks at its root after each round, also where tasks go on", () => {
		let turns = 0;
		const other = go((_, turn) => {
			turns = turn;
			return turn < 4 ? YIELD : done();
		});
		equal(run(scripted((_, turn) => (turn < 2 ? YIELD : done("root")))), "root");
		equal(turns, 2);
		equal(other.done, false);
		run();
		equal(turns, 4);
		equal(other.done, true);
	});

	check("N3 cleaning up may yield", () => {
		const handle = go(
			(_, turn) => {
				note("poll" + turn);
				return turn < 3 ? YIELD : READY;
			},
			() => {
				note("cancel");
				return YIELD;
			},
		);
		runFor(1);
		handle.cancel();
		run();
		traced("poll1", "cancel", "poll2", "poll3");
		equal(handle.status, ECANCELED);
	});

	check("E5 a round cut short goes on where it stopped", () => {
		for (const name of ["a", "b", "c"]) go(yielder(name, 2));
		for (let i = 0; i < 9; i++) equal(runFor(1), 1);
		traced("a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3");
	});

	check("M1 three priority levels, high first", () => {
		const handles = ["low", "normal", "high"].map((name) => go(yielder(name, 1)));
		handles[0].priority = 2;
		handles[2].priority = 0;
		equal(handles[2].priority, 0);
		run();
		traced("high1", "normal1", "low1", "high2", "normal2", "low2");
		throws(() => {
			handles[0].priority = 3;
		}, "priority must be");
	});

	check("M1 the level may change while the task waits and while it runs", () => {
		const ids: TaskId[] = [];
		const waiting = (name: string) => (id: TaskId, turn: number) => {
			note(name + turn);
			ids.push(id);
			if (turn === 3) return done();
			return PENDING;
		};
		const a = go(waiting("a"));
		const b = go(waiting("b"));
		runFor(2);
		b.priority = 0;
		for (const id of ids.splice(0)) wake(id);
		runFor(2);
		for (const id of ids.splice(0)) wake(id);
		a.priority = 0;
		b.priority = 2;
		run();
		traced("a1", "b1", "b2", "a2", "a3", "b3");
	});

	check("M1 a level is the task's, not the slot's", () => {
		for (let i = 0; i < POOL; i++) go(() => done()).priority = 2;
		run();
		equal(go(() => done()).priority, 1);
		run();
	});

	check("M12 run with a maximum of items says how much was done", () => {
		go(yielder("a", 4));
		equal(runFor(2), 2);
		equal(runFor(100), 3);
		equal(runFor(100), 0, "nothing left");
		throws(() => runFor(0), "maxPolls");
	});

	check("M12 run with a timeout returns ETIME when nothing was done", () => {
		const handle = go(() => PENDING);
		equal(runFor(10, 5), 1);
		equal(runFor(10, 5), ETIME);
		equal(runFor(10, 0), ETIME);
		handle.cancel();
		run();
	});

	check("N3 cancel before the first poll: it never runs", () => {
		const handle = go(yielder("never", 0));
		equal(handle.cancel(), 0);
		equal(handle.cancel(), 0, "cancel twice");
		run();
		traced();
		equal(handle.status, ECANCELED);
		equal(handle.take(), CANCELLED);
	});

	check("N3 cancel while waiting, woken, and from the task itself", () => {
		let id = -1;
		const park = (me: TaskId, turn: number) => {
			id = me;
			note("poll" + turn);
			return PENDING;
		};
		const drop = () => {
			note("drop");
			return READY;
		};
		const waiting = go(park, drop);
		runFor(1);
		waiting.cancel();
		run();
		const woken = go(park, drop);
		runFor(1);
		wake(id);
		woken.cancel();
		run();
		const self: JoinHandle<unknown> = go(() => {
			note("self");
			self.cancel();
			return PENDING;
		}, drop);
		run();
		traced("poll1", "drop", "poll1", "drop", "self", "drop");
		equal(self.take(), CANCELLED);
	});

	check("N3 cleaning up may take several turns", () => {
		let stage = 0;
		const handle = go(
			(id, turn) => {
				if (stage === 0) return PENDING;
				note("cleanup" + stage + " turn " + turn);
				if (stage++ === 2) return READY;
				wake(id);
				return PENDING;
			},
			(id) => {
				note("cancel");
				stage = 1;
				wake(id);
				return PENDING;
			},
		);
		runFor(1);
		handle.cancel();
		run();
		traced("cancel", "cleanup1 turn 2", "cleanup2 turn 3");
		equal(handle.take(), CANCELLED);
	});

	check("N3 a task that is joined may be cancelled", () => {
		const handle = go(() => PENDING);
		const join = new Join<unknown>();
		go((id, turn) => {
			if (turn === 1) join.start(handle);
			if (join.poll(id) !== READY) return PENDING;
			note(join.take() === CANCELLED ? "cancelled" : "value");
			return done();
		});
		runFor(2);
		handle.cancel();
		run();
		traced("cancelled");
	});

	check("N3 a task that is asked to stop sees it at its next wait, and its plain waits go on", () => {
		const wait = new Abortable<void>();
		const yielding = new YieldNow();
		const handle: JoinHandle<unknown> = go((id, turn) => {
			if (turn === 1) wait.start(new UntilStop());
			if (turn <= 2 && wait.poll(id) !== READY) return PENDING;
			if (turn === 2) {
				note(wait.take() === STOPPED ? "stopped" : "value");
				yielding.start();
			}
			if (yielding.poll(id) !== READY) return PENDING;
			note(stopRequested() ? "asked" : "not asked");
			return done(turn);
		});
		runFor(5, 0);
		equal(handle.requestStop(), 0);
		equal(requestStop(handle.id), 0, "asked again");
		run();
		traced("stopped", "asked");
		equal(handle.outcome, 3, "turns");
		equal(handle.requestStop(), ESRCH);
	});

	check("N3 a token that is asked to stop starts with the request", () => {
		const token = scripted(() => done(stopRequested()));
		equal(requestStop(token), 0);
		const handle = spawn(token);
		run();
		equal(handle.outcome, true);
		const next = go(() => done(stopRequested()));
		run();
		equal(next.outcome, false, "the next tenant");
	});

	check("A7 M4 a slot is used again, by one task after another, with the same handle", () => {
		const handle = new JoinHandle<unknown>();
		for (let i = 0; i < 3 * POOL; i++) {
			spawn(
				scripted(() => done(i)),
				handle,
			);
			run();
			equal(handle.take(), i);
		}
		spawn(
			scripted(() => PENDING),
			handle,
		);
		throws(
			() =>
				spawn(
					scripted(() => done()),
					handle,
				),
			"belongs to a living task",
		);
		cancelAll();
	});

	check("A7 a token is good for one spawn, or to be given back", () => {
		const token = scripted(() => done());
		spawn(token);
		throws(() => spawn(token), "spawn takes what a task's call returned");
		run();
		throws(() => spawn(token), "spawn takes what a task's call returned");
		equal(release(scripted(() => done())), 0);
		equal(release(token), EINVAL);
	});

	check("N2 yieldNow lets the others have a turn", () => {
		const yieldNow = new YieldNow();
		go((id, turn) => {
			if (turn === 1) {
				yieldNow.start();
				note("before");
			}
			if (yieldNow.poll(id) !== READY) return PENDING;
			note("after");
			return done();
		});
		go(yielder("other", 0));
		run();
		traced("before", "other1", "after");
	});
}

/** Ends every task that a check left behind, tokens that were never spawned included. */
export function cancelAll(): void {
	for (let slot = 0; slot < POOL; slot++) cancel(currentId(slot));
	run();
}
