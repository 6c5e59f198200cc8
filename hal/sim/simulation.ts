/**
 * The seeded run. Without one the simulated machine is plain: time stands still while tasks run, rounds are whole, nothing comes but
 * what was scripted. With a seed, at every step (between two polls, at a round's beginning, before and after a sleep, and where
 * a task that is being polled calls the machine) the seed decides what docs/SPEC.md leaves open:
 *
 * - which of the declared interrupts and completions comes, and when within its range; in which order those of one moment come;
 * - how long a turn takes, and how late the clock is;
 * - after how many polls a round is cut short; in which order timers of one tick wake;
 * - polls of tasks that nobody has woken, and wakes of ids whose task has ended;
 * - when the program is asked to end.
 *
 * What the specification fixes stays: the order within a round, that a wake during a round is for the next, and so on. Each seed
 * switches some of these off for its whole run (a spurious poll, for one, hides a wake that was lost).
 *
 * After each step the invariants are checked. One that does not hold, an exception, or a program that nothing can wake ends the run.
 */
import type { TaskId } from "../hal.ts";
import { Decisions } from "./decisions.ts";
import { type Awaited, awaitedSources } from "./interrupts.ts";
import { Broken, Invariants, type Tables, type View } from "./invariants.ts";
import { type EventKind, Journal } from "./journal.ts";
import type { Ready } from "./ready.ts";
import { type Conditions, type Happening, ownInvariants, renew } from "./scenario.ts";
import type { Waits } from "./waits.ts";

/** What a seeded run is. */
export interface SimulationOptions {
	seed: number;
	/** Virtual seconds after which the program is asked to end; default 10. */
	seconds?: number;
	/** Steps after which it is; default 20,000. */
	steps?: number;
	/** Decisions that are taken, by number; the others are as without a seed. Default: all. */
	only?: readonly number[];
	/** Invariants that are not checked. */
	skip?: readonly string[];
	/** Gets every event in words. */
	onEvent?: (line: string) => void;
	/** The program wakes tasks in ways that the machine does not see: promises, or `wake` called by itself. */
	hiddenWaits?: boolean;
}

/** What failed, and when. */
export interface Failure {
	/** The invariant's name; "exception", "deadlock", "task", or the user's. */
	invariant: string;
	message: string;
	step: number;
	timeMs: number;
	/** The last events, oldest first. */
	events: string[];
	/** Of an exception. */
	stack?: string;
}

/** What became of a run. */
export interface Finished {
	seed: number;
	steps: number;
	polls: number;
	timeMs: number;
	/** Over every event: equal runs have equal sums. */
	sum: string;
	/** How many decisions were asked for, and which were not 0. */
	decisions: number;
	deviations: readonly number[];
	/** Whether the program came to its end by itself or when it was asked to; false: it was ended. */
	ended: boolean;
	failure: Failure | undefined;
}

/** Ends a run from within the round: nothing of the program goes on. */
export class RunEnded extends Error {
	override name = "RunEnded";
}

/** What a run needs of the machine. */
export interface Machine extends View {
	readonly set: Ready;
	time(): number;
	/** Lets time pass, up to a moment: what was scheduled comes. */
	advance(to: number): void;
	after(delayMs: number, run: () => void): void;
	stop(): void;
	press(pin: string, edge: "rising" | "falling"): void;
	pend(vector: number): void;
	receive(text: string): void;
	/** Whether interrupts wait while a task runs. */
	masksPolls(): boolean;
}

const DEFAULT_SECONDS = 10;
const DEFAULT_STEPS = 20_000;
/** What a program gets for cleaning up when it was asked to end. */
const PATIENCE_MS = 60_000;
const PATIENCE_STEPS = 20_000;
/** Ids of ended tasks that are remembered: far fewer than there are generations of a slot. */
const STALE_KEPT = 32;
/** What nobody declared comes within so many milliseconds. */
const UNDECLARED_MS = 200;
/** What turns and the clock's lateness are by default at most. */
const LATE_MS = 50;

export class Simulation {
	readonly decisions: Decisions;
	readonly journal: Journal;
	readonly invariants: Invariants;
	readonly waits: Waits;
	steps = 0;
	polls = 0;
	failure: Failure | undefined;
	private readonly machine: Machine;
	private readonly happenings: Happening[] = [];
	private declared = false;
	private readonly expected = new Set<number>();
	private readonly stale: TaskId[] = [];
	private readonly endMs: number;
	private endSteps: number;
	private readonly stopMs: number;
	private stopping = false;
	private polling = -1;
	private within = false;
	private late = LATE_MS;
	private spurious: boolean;
	private staleWakes: boolean;
	private cuts: boolean;
	private stops = true;
	private readonly interleaves: boolean;
	private probes: boolean;
	/** A task that is polled although nothing has woken it, to see whether it could go on. */
	private probe: { slot: number; id: TaskId; waits: unknown[] } | undefined;
	private deadlineMs = Number.POSITIVE_INFINITY;

	constructor(options: SimulationOptions, machine: Machine, waits: Waits) {
		this.machine = machine;
		this.waits = waits;
		this.decisions = new Decisions(options.seed, options.only);
		this.invariants = new Invariants(machine, options.skip ?? []);
		this.invariants.hiddenWaits = options.hiddenWaits === true;
		this.journal = new Journal((kind, about) => this.words(kind, about), options.onEvent);
		this.endMs = (options.seconds ?? DEFAULT_SECONDS) * 1000;
		this.endSteps = options.steps ?? DEFAULT_STEPS;
		const { decisions } = this;
		if (decisions.once(3)) this.late = 0;
		this.spurious = decisions.choose(2) === 1;
		this.staleWakes = decisions.choose(2) === 1;
		this.cuts = decisions.choose(2) === 1;
		this.interleaves = decisions.choose(2) === 1;
		this.probes = decisions.choose(2) === 1;
		this.stopMs = decisions.once(4) ? decisions.choose(Math.max(1, Math.floor(this.endMs))) : this.endMs;
	}

	/** From the scenario. */
	restrict(conditions: Conditions): void {
		if (conditions.lateMs !== undefined) this.late = Math.min(this.late, conditions.lateMs);
		if (conditions.spuriousPolls === false) this.spurious = this.probes = false;
		if (conditions.staleWakes === false) this.staleWakes = false;
		if (conditions.cutRounds === false) this.cuts = false;
		if (conditions.stop === false) this.stops = false;
	}

	/** The executor's tables, from the first run on. */
	begin(tables: Tables): void {
		this.invariants.tables = tables;
	}

	declare(happening: Happening): void {
		this.declared = true;
		this.add(happening);
	}

	/** Between two steps: what has to hold does, then the seed says what comes. `idle`: the processor is about to sleep. */
	step(idle = false): void {
		if (this.failure !== undefined) throw new RunEnded();
		this.steps++;
		this.check(idle);
		if (this.probe !== undefined) return; // nothing else may come before its poll
		this.end();
		if (idle) return;
		const { decisions, machine } = this;
		switch (decisions.choose(24)) {
			case 23:
			case 22:
			case 21:
				this.passTime(1);
				break;
			case 20:
				this.passTime(1 + decisions.choose(Math.max(1, this.late)));
				break;
			case 19:
			case 18:
			case 17:
			case 16:
				this.comeNow();
				break;
			case 15:
			case 14:
				this.wakeSpuriously();
				break;
			case 13:
				this.wakeStale();
				break;
		}
		if (this.failure !== undefined) throw new RunEnded();
		machine.advance(machine.time());
	}

	/** Inside a poll, where the task calls the machine: an interrupt may come here too. */
	interleave(): void {
		if (!this.interleaves || this.polling < 0 || this.within || this.probe !== undefined || this.machine.masksPolls())
			return;
		switch (this.decisions.choose(16)) {
			case 15:
				this.comeNow();
				break;
			case 14:
				this.passTime(1);
				break;
		}
	}

	note(kind: EventKind, about: number, text = ""): void {
		this.journal.note(this.steps, this.machine.time(), kind, about, text);
	}

	/** What is ready was taken. */
	beginRound(): void {
		this.note("round", this.machine.set.readySlots().length);
		this.step();
	}

	beginPoll(slot: number): void {
		this.polls++;
		this.waits.poll++;
		this.polling = slot;
		this.note("poll", slot);
	}

	/** A poll has returned, and was settled. `cut`: the round stops here. */
	endPoll(slot: number, waits: boolean, cut: boolean): void {
		this.polling = -1;
		this.note(waits ? "waits" : "ended", slot);
		if (cut) this.note("round cut after", slot);
		if (waits) this.checked(() => this.invariants.checkWaits(slot));
		const { probe } = this;
		if (probe?.slot === slot) {
			this.probe = undefined;
			this.checked(() => this.invariants.checkNotMissed(slot, probe.id, probe.waits));
		}
		this.step();
	}

	/** The number of polls after which a round stops for now. */
	budget(given: number): number {
		if (!this.cuts || !this.decisions.once(8)) return given;
		return Math.min(given, 1 + this.decisions.choose(4));
	}

	/** Before a sleep until `next`, by virtual time (infinity: for ever): when it ends. */
	sleepUntil(next: number): number {
		this.step(true);
		if (this.machine.due() !== 0) return this.machine.time(); // asked to end
		this.note("sleep", next === Number.POSITIVE_INFINITY ? -1 : next - this.machine.time());
		if (this.probes && this.decisions.once(4) && this.beginProbe()) return this.machine.time();
		if (next === Number.POSITIVE_INFINITY) return this.sleepForEver();
		const until = Math.min(next, Math.max(this.nextLimit(), this.machine.time()));
		const late = this.late > 0 && this.decisions.once(6) ? 1 + this.decisions.choose(this.late) : 0;
		if (late > 0) this.note("late by", late);
		return until + late;
	}

	private beginProbe(): boolean {
		const living = this.livingSlots();
		if (living.length === 0) return false;
		const slot = living[this.decisions.choose(living.length)];
		const id = this.machine.set.id(slot);
		this.probe = { slot, id, waits: this.invariants.waitsOf(id) };
		this.note("spurious wake", slot);
		this.machine.set.wake(id);
		return true;
	}

	/** What somebody waits for and the scenario does not tell of: comes at some time. */
	expect(): void {
		if (this.declared) return;
		for (const awaited of awaitedSources()) {
			if (this.expected.has(awaited.source)) continue;
			this.expected.add(awaited.source);
			const now = this.machine.time();
			const every = [1, UNDECLARED_MS] as const;
			this.add({
				name: awaited.name,
				what: () => this.deliver(awaited),
				every,
				left: Number.POSITIVE_INFINITY,
				earliest: now + every[0],
				latest: now + every[1],
				came: 0,
			});
		}
	}

	/** Timers of one tick have fired, in the wheel's order; the seed says in which order they wake. */
	order<T>(fired: T[]): T[] {
		for (let i = fired.length - 1; i > 0; i--) {
			const j = i - this.decisions.choose(i + 1);
			[fired[i], fired[j]] = [fired[j], fired[i]];
		}
		return fired;
	}

	retired(before: TaskId, after: TaskId): void {
		for (const [wait, { waker }] of this.waits.stops) if (waker === before) this.waits.stops.delete(wait);
		this.checked(() => this.invariants.checkRetired(before, after));
		this.stale.push(before);
		if (this.stale.length > STALE_KEPT) this.stale.shift();
		this.note("retired", before);
	}

	/** A task ended with an exception that nobody waits for. */
	taskFailed(task: string, error: unknown): void {
		this.fail("task", 'task "' + task + '" ended with an exception that nobody waits for: ' + textOf(error), error);
	}

	/** The first failure counts. */
	fail(invariant: string, message: string, error?: unknown): void {
		if (this.failure !== undefined) return;
		const stack = (error as Error | undefined)?.stack;
		this.failure = {
			invariant,
			message,
			step: this.steps,
			timeMs: this.machine.time(),
			events: this.journal.last(),
			...(typeof stack === "string" ? { stack } : {}),
		};
	}

	/** The program's main module has returned, or thrown. */
	finish(thrown: boolean, error: unknown): Finished {
		const ended = !(error instanceof RunEnded);
		if (thrown && ended) {
			const deadlock = (error as Error | undefined)?.name === "Deadlock";
			if (deadlock) this.fail("deadlock", "nothing can wake the program; these tasks wait: " + this.living());
			else this.fail("exception", textOf(error), error);
		} else if (ended && this.failure === undefined) {
			this.checked(() => {
				this.invariants.check();
				const { tables } = this.invariants;
				if (tables?.states.every((_, slot) => !this.invariants.lives(slot))) this.invariants.checkEnd();
			});
			this.checkOwn();
		}
		return {
			seed: this.decisions.seed,
			steps: this.steps,
			polls: this.polls,
			timeMs: this.machine.time(),
			sum: this.journal.sum,
			decisions: this.decisions.count,
			deviations: this.decisions.deviations,
			ended,
			failure: this.failure,
		};
	}

	private living(): string {
		return this.livingSlots()
			.map((slot) => this.invariants.nameOf(slot))
			.join(", ");
	}

	private livingSlots(): number[] {
		const slots: number[] = [];
		const count = this.invariants.tables?.states.length ?? 0;
		for (let slot = 0; slot < count; slot++) if (this.invariants.lives(slot)) slots.push(slot);
		return slots;
	}

	private check(idle: boolean): void {
		this.checked(() => {
			this.invariants.check();
			if (idle) this.invariants.checkIdle();
		});
		this.checkOwn();
		if (this.failure !== undefined) throw new RunEnded();
	}

	private checked(check: () => void): void {
		try {
			check();
		} catch (error) {
			if (!(error instanceof Broken)) throw error;
			this.fail(error.invariant, error.message);
		}
	}

	private checkOwn(): void {
		for (const { name, check } of ownInvariants) {
			if (this.failure !== undefined) return;
			try {
				if (!check()) this.fail(name, "it does not hold");
			} catch (error) {
				this.fail(name, textOf(error), error);
			}
		}
	}

	/** When the next limit is reached, by virtual time. */
	private nextLimit(): number {
		return this.stopping ? this.deadlineMs : this.stops ? this.stopMs : this.endMs;
	}

	/** Asks the program to end when its time is up, and ends it when it does not. */
	private end(): void {
		const now = this.machine.time();
		if (now < this.nextLimit() && this.steps < this.endSteps) return;
		if (this.stopping || !this.stops) throw new RunEnded();
		this.stopping = true;
		this.deadlineMs = now + PATIENCE_MS;
		this.endSteps = this.steps + PATIENCE_STEPS;
		this.note("stop", 0);
		this.machine.stop();
	}

	/** Nothing would ever happen. That is no fault of a program that waits for what comes from outside. */
	private sleepForEver(): number {
		if (awaitedSources().length === 0) return Number.POSITIVE_INFINITY;
		return Math.max(this.machine.time(), this.nextLimit());
	}

	private add(happening: Happening): void {
		this.happenings.push(happening);
		this.schedule(happening);
	}

	private schedule(happening: Happening): void {
		const { came, earliest, latest } = happening;
		const at = this.decisions.between(earliest, latest);
		this.machine.after(Math.max(0, at - this.machine.time()), () => {
			if (happening.came === came) this.come(happening);
		});
	}

	private come(happening: Happening): void {
		this.note("happens", 0, happening.name);
		const again = renew(happening, this.machine.time());
		if (!again) this.happenings.splice(this.happenings.indexOf(happening), 1);
		this.within = true;
		try {
			happening.what();
		} catch (error) {
			this.fail("exception", "what happens is at fault: " + happening.name + ": " + textOf(error), error);
		}
		this.within = false;
		if (again) this.schedule(happening);
	}

	/** One of those whose time has begun comes at this very moment. */
	private comeNow(): void {
		const now = this.machine.time();
		const possible = this.happenings.filter(({ earliest }) => earliest <= now);
		if (possible.length > 0) this.come(possible[this.decisions.choose(possible.length)]);
	}

	private passTime(ms: number): void {
		if (this.late === 0) return;
		this.note("time passes", ms);
		this.machine.advance(this.machine.time() + ms);
	}

	private wakeSpuriously(): void {
		if (!this.spurious) return;
		const living = this.livingSlots();
		if (living.length === 0) return;
		const slot = living[this.decisions.choose(living.length)];
		this.note("spurious wake", slot);
		this.machine.set.wake(this.machine.set.id(slot));
	}

	private wakeStale(): void {
		if (!this.staleWakes || this.stale.length === 0) return;
		const id = this.stale[this.decisions.choose(this.stale.length)];
		this.note("stale wake", id);
		const accepted = this.machine.set.wake(id);
		this.checked(() => this.invariants.checkStaleWake(id, accepted));
	}

	private deliver({ kind, number, edge, name }: Awaited): void {
		const { machine, decisions } = this;
		if (kind === "vector") machine.pend(number);
		else if (kind === "console")
			machine.receive(decisions.once(8) ? "\n" : String.fromCharCode(32 + decisions.choose(95)));
		else {
			const which = edge === "both" ? (decisions.choose(2) === 0 ? "rising" : "falling") : edge;
			machine.press(name.slice(0, name.indexOf(" ")), which as "rising" | "falling");
		}
	}

	private words(kind: EventKind, about: number): string {
		const { invariants } = this;
		switch (kind) {
			case "poll":
			case "ended":
			case "waits":
			case "spurious wake":
			case "wake":
			case "round cut after":
				return invariants.nameOf(about);
			case "retired":
			case "stale wake":
				return "id " + about;
			case "sleep":
				return about < 0 ? "until something comes" : "for " + about + " ms";
			case "time passes":
			case "late by":
				return about + " ms";
			case "round":
				return "of " + about;
			case "timer fires":
				return "for id " + about;
			default:
				return "";
		}
	}
}

function textOf(error: unknown): string {
	try {
		return String(error);
	} catch {
		return "(what was thrown cannot be shown as a string)";
	}
}
