/**
 * From records to a timeline: tracks (one for each task, interrupt, idle, timers), in a group for each priority level and each thread, slices on
 * them, and arrows from what woke a task to the poll that it led to. Slices of one track neither overlap nor run backwards.
 */
import type { TraceFrame, TraceRecord } from "./frame.ts";
import * as kinds from "./frame.ts";

export interface Track {
	kind: "task" | "interrupt" | "timers" | "idle";
	name: string;
	/** The executor whose task it is; 0, thread mode, for what is no task; of a thread its own. */
	executor: number;
	/** What that executor is called, a level or a thread; undefined: thread mode. */
	level?: string;
	/** Where the task is declared: file:line. */
	place?: string;
	slices: Slice[];
}

/** Microseconds. */
export interface Slice {
	track: Track;
	name: string;
	begin: number;
	end: number;
	/** Began before the first record, or had not ended at the last. */
	cut: boolean;
}

export interface Instant {
	/** None: outside of all tasks. */
	track: Track | undefined;
	name: string;
	time: number;
	value?: number;
}

export interface Arrow {
	from: Slice;
	/** When it woke. */
	time: number;
	to: Slice;
}

export interface Timeline {
	/** In the order in which they are shown: tasks by executor, then the rest. */
	tracks: Track[];
	instants: Instant[];
	arrows: Arrow[];
	/** Microseconds. */
	begin: number;
	end: number;
	polls: number;
	lost: number;
}

export interface Names {
	/** A task's place, by its name and the number of its executor. */
	place?: (task: string, executor: number) => string | undefined;
	/** The name of a handler, by its address. */
	handler?: (address: number) => string | undefined;
}

export function timelineOf(frame: TraceFrame, names: Names = {}): Timeline {
	return new Builder(frame, names).build();
}

const SYSTICK = 15;

/** With its level before it: in lists in which the tracks of all executors stand. */
export function fullName({ name, level }: Track): string {
	return (level === undefined ? "" : level + ": ") + name;
}

/** What runs one after another: thread mode with its levels, or a thread. */
class Lane {
	/** What is running: a poll, and interrupts on top of it. */
	readonly running: Slice[] = [];
	timer: Slice | undefined;
	asleep: Slice | undefined;
	readonly idle: Track;
	readonly timers: Track;

	constructor(executor: number, level: string | undefined) {
		const common = { executor, ...(level === undefined ? {} : { level }) };
		this.idle = { kind: "idle", name: "idle", ...common, slices: [] };
		this.timers = { kind: "timers", name: "timers", ...common, slices: [] };
	}

	/** What a wake comes from. */
	get present(): Slice | undefined {
		return this.timer ?? this.running[this.running.length - 1];
	}

	endTimer(time: number): void {
		if (this.timer !== undefined) this.timer.end = time;
		this.timer = undefined;
	}
}

class Builder {
	private readonly frame: TraceFrame;
	private readonly names: Names;
	private readonly tasks = new Map<string, Track>();
	private readonly interrupts = new Map<number, Track>();
	/** By the executor of each; 0: thread mode. */
	private readonly lanes = new Map<number, Lane>();
	/** Where the next wake comes from, when it is another thread. */
	private waker: Lane | undefined;
	private readonly instants: Instant[] = [];
	private readonly arrows: Arrow[] = [];
	/** Wakes of a task since its last poll. */
	private readonly wakes = new Map<Track, { from: Slice; time: number }[]>();
	private polls = 0;
	private readonly begin: number;
	private readonly end: number;

	constructor(frame: TraceFrame, names: Names) {
		this.frame = frame;
		this.names = names;
		const { records } = frame;
		this.begin = records.length > 0 ? this.microseconds(records[0].time) : 0;
		this.end = records.length > 0 ? this.microseconds(records[records.length - 1].time) : 0;
	}

	build(): Timeline {
		for (const record of this.frame.records) this.take(record, this.microseconds(record.time));
		const lanes = [...this.lanes].sort(([a], [b]) => a - b).map(([, lane]) => lane);
		for (const slice of lanes.flatMap((lane) => [...lane.running, lane.asleep, lane.timer]))
			if (slice !== undefined && Number.isNaN(slice.end)) {
				slice.end = this.end;
				slice.cut = true;
			}
		const shown = [
			...[...this.tasks.values()].sort((a, b) => a.executor - b.executor),
			...[...this.interrupts].sort(([a], [b]) => a - b).map(([, track]) => track),
			...lanes.flatMap((lane) => [lane.timers, lane.idle]),
		].filter((track) => track.slices.length > 0 || track.kind === "task");
		return {
			tracks: shown,
			instants: this.instants,
			arrows: this.arrows,
			begin: this.begin,
			end: this.end,
			polls: this.polls,
			lost: this.frame.lost,
		};
	}

	private microseconds(time: number): number {
		return (time * 1e6) / this.frame.hz;
	}

	private take(record: TraceRecord, time: number): void {
		const lane = this.lane(record.executor);
		if (record.kind !== kinds.WAKE && record.kind !== kinds.WAKER) lane.endTimer(time);
		switch (record.kind) {
			case kinds.POLL_BEGIN: {
				this.polls++;
				const track = this.task(record);
				const slice = this.open(track, track.name, time);
				for (const wake of this.wakes.get(track) ?? []) this.arrows.push({ ...wake, to: slice });
				this.wakes.delete(track);
				break;
			}
			case kinds.POLL_END:
				if (!this.close(this.task(record), time)) this.polls++;
				break;
			case kinds.INTERRUPT_ENTER: {
				const track = this.interrupt(record.about);
				this.open(track, track.name, time);
				break;
			}
			case kinds.INTERRUPT_LEAVE:
				this.close(this.interrupt(record.about), time);
				break;
			case kinds.IDLE_ENTER:
				lane.asleep = { track: lane.idle, name: "idle", begin: time, end: Number.NaN, cut: false };
				lane.idle.slices.push(lane.asleep);
				break;
			case kinds.IDLE_LEAVE:
				if (lane.asleep === undefined)
					lane.idle.slices.push({ track: lane.idle, name: "idle", begin: this.begin, end: time, cut: true });
				else lane.asleep.end = time;
				lane.asleep = undefined;
				break;
			case kinds.TIMER:
				lane.timer = { track: lane.timers, name: "timer " + record.about, begin: time, end: Number.NaN, cut: false };
				lane.timers.slices.push(lane.timer);
				break;
			case kinds.WAKER:
				this.waker = lane;
				break;
			case kinds.WAKE: {
				const from = (this.waker ?? lane).present;
				this.waker = undefined;
				const track = this.task(record);
				if (from !== undefined) {
					const wakes = this.wakes.get(track) ?? [];
					wakes.push({ from, time });
					this.wakes.set(track, wakes);
				}
				break;
			}
			case kinds.SPAWN:
				this.instants.push({ track: this.task(record), name: "spawn", time });
				break;
			case kinds.EXIT:
				this.instants.push({ track: this.task(record), name: "exit", time });
				break;
			case kinds.MARK:
				this.instants.push({
					track: lane.running[lane.running.length - 1]?.track,
					name: this.frame.marks.get(record.about) ?? "mark",
					time,
					value: record.value ?? 0,
				});
				break;
		}
	}

	private lane(executor: number): Lane {
		const number = this.frame.threads.has(executor) ? executor : 0;
		let lane = this.lanes.get(number);
		if (lane === undefined) {
			lane = new Lane(number, number === 0 ? undefined : this.frame.executors.get(number));
			this.lanes.set(number, lane);
		}
		return lane;
	}

	private open(track: Track, name: string, time: number): Slice {
		const slice: Slice = { track, name, begin: time, end: Number.NaN, cut: false };
		track.slices.push(slice);
		this.lane(track.executor).running.push(slice);
		return slice;
	}

	/** Ends the track's slice, and what was left open above it. False: it began before the first record. */
	private close(track: Track, time: number): boolean {
		const { running } = this.lane(track.executor);
		const at = running.findLastIndex((slice) => slice.track === track);
		if (at < 0) {
			track.slices.push({ track, name: track.name, begin: this.begin, end: time, cut: true });
			return false;
		}
		for (const slice of running.splice(at)) slice.end = time;
		return true;
	}

	private task({ executor, about }: TraceRecord): Track {
		const key = executor + ":" + about;
		let track = this.tasks.get(key);
		if (track === undefined) {
			const pool = this.frame.tasks.find(
				(task) => task.executor === executor && task.base <= about && about < task.base + task.size,
			);
			const name = pool === undefined ? "task " + about : pool.name + (pool.size > 1 ? " #" + (about - pool.base) : "");
			const place = pool === undefined ? undefined : this.names.place?.(pool.name, executor);
			const level = executor === 0 ? undefined : (this.frame.executors.get(executor) ?? "level " + executor);
			track = {
				...{ kind: "task", name, executor, slices: [] },
				...(level === undefined ? {} : { level }),
				...(place === undefined ? {} : { place }),
			};
			this.tasks.set(key, track);
		}
		return track;
	}

	private interrupt(exception: number): Track {
		let track = this.interrupts.get(exception);
		if (track === undefined) {
			const number = exception === SYSTICK ? "SysTick" : "interrupt " + (exception - 16);
			const address = this.frame.interrupts.get(exception);
			const handler = address === undefined ? undefined : this.names.handler?.(address);
			const name = number + (handler === undefined ? "" : " (" + handler + ")");
			track = { kind: "interrupt", name, executor: 0, slices: [] };
			this.interrupts.set(exception, track);
		}
		return track;
	}
}
