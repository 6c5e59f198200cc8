/**
 * The seam between the executor and a machine: everything that `src/` may ask of a platform, and nothing else.
 *
 * A platform is a module that exports these functions by name (hal/sim, hal/cortex-m, hal/linux, hal/moddable). `src/`
 * imports them from `#hal`; which platform that is, the bundler decides. They are plain functions and not methods of
 * an object because a call of a captured function is the cheapest call that XS has.
 *
 * The ready set is part of the seam, since interrupt handlers and threads write to it: native/abi/ready.h explains it.
 */

/** A waker: generation of a task slot above the slot's index, in one integer from 0 to 2^31 - 1. */
export type TaskId = number;

/** Polls the task of a slot; gets the id to register as waker. Returns PENDING, YIELD, READY or a negative status. */
export type PollFunction = (id: TaskId) => number;

/** What is polled: the function, without a `this`; or a frame whose class has it as `poll`, as a method of the frame. */
export type Turn = PollFunction | { poll: PollFunction };

/**
 * Called by `round` for each poll that did not return PENDING or YIELD: outcome READY or a status; THREW, with what was thrown.
 * After THREW it may return true: the same task is polled again in the same turn.
 */
export type Settle = (slot: number, outcome: number, error?: unknown) => boolean;

/** `outcome` of a poll that threw. */
export const THREW = 2;

/** A vector of the interrupt controller: its number from 0, or the name that the chip's manual gives it. */
export type Vector = number | string;

/** How a wait for a vector counts; see `interruptStart`. */
export type InterruptMode = "count" | "next" | "hold";

/** What a pin's edge may be. */
export type EdgeDirection = "rising" | "falling" | "both";

/** The alarms of one executor: that of the timers. */
export const ALARM_TIMERS = 0;
/** The alarm of runFor. */
export const ALARM_LIMIT = 1;

/** Bits that `round` returns when something is due before any task is polled. Timers are due: the round serves them itself. */
export const DUE_TIMERS = 1;
/** The time limit of runFor has passed. */
export const DUE_LIMIT = 2;
/** Promise jobs are queued. */
export const DUE_JOBS = 4;
/** The program is asked to end. */
export const DUE_STOP = 8;
/** `round` returns (polls << DUE_BITS) when nothing was due. */
export const DUE_BITS = 4;

/** What `stat` can be asked for. Growth and collections count from the first run(). Polls so far. */
export const STAT_POLLS = 0;
/** Wakes that named a living task. */
export const STAT_WAKES = 1;
/** How often the processor went to sleep. */
export const STAT_SLEEPS = 2;
/** Slots that the heap has grown by. */
export const STAT_GROWTH_SLOTS = 3;
/** Bytes of chunks that the heap has grown by. */
export const STAT_GROWTH_BYTES = 4;
/** Collections. */
export const STAT_COLLECTIONS = 5;
/** Calls of c_malloc. */
export const STAT_MALLOC_CALLS = 6;
/** RAM of the image. */
export const STAT_RAM_BYTES = 7;
/** Flash of the image; on Linux its text. */
export const STAT_FLASH_BYTES = 8;
/** Cycles a second, of `cycles`. */
export const STAT_CYCLES_HZ = 9;

/** What `usage` can be asked for: of a task slot. Cycles of the present tenant. */
export const USAGE_CYCLES = 0;
/** Polls of the present tenant. */
export const USAGE_POLLS = 1;
/** Cycles of its longest poll. */
export const USAGE_LONGEST = 2;
/** Asks `usage` about the executor, in place of a slot. */
export const EXECUTOR = -1;
/** Of the executor: cycles since start, sleep not counted. */
export const USAGE_AWAKE = 0;
/** Of the executor: cycles in polls, of ended tasks too. */
export const USAGE_TASKS = 1;
/** Of the executor: cycles a second. */
export const USAGE_HZ = 2;

/** What `threadStat` can be asked for: work that the executor has begun. */
export const THREAD_BEGUN = 0;
/** Work that has ended there. */
export const THREAD_ENDED = 1;
/** Cycles in tasks that have ended there. */
export const THREAD_TASKS = 2;
/** Cycles awake. */
export const THREAD_AWAKE = 3;
/** Cycles a second. */
export const THREAD_HZ = 4;

/** What `workNext` gives: nothing, and the waker will be woken. */
export const NEXT_NOTHING = -1;
/** Not now: there is work, but other tasks are ready. */
export const NEXT_LATER = -2;
/** Else (number << NEXT_BITS) | what. Own work has come back; the number is its tag. */
export const NEXT_CAME_BACK = 0;
/** Work is to begin here. */
export const NEXT_BEGIN = 1;
/** Something is asked of work that runs here. */
export const NEXT_ASKED = 2;
/** The dispatcher wants the executor to end. */
export const NEXT_QUIT = 3;
/** By how many bits the number is shifted. */
export const NEXT_BITS = 2;

/** What work that runs is asked: to stop of its own accord. */
export const ASKED_TO_STOP = 1;
/** To end: its task is cancelled. */
export const ASKED_TO_END = 2;

/** What a wait at a dispatcher waits for: work that is not done. */
export const WAIT_UNDONE = 0;
/** Executors that have not ended. */
export const WAIT_EXECUTORS = 1;

/** What `memory` can be asked for: slots that the heap has. */
export const MEMORY_SLOTS = 0;
/** Of these, in use: what garbage there is counts until it is collected. */
export const MEMORY_SLOTS_USED = 1;
/** The most that were in use. */
export const MEMORY_SLOTS_PEAK = 2;
/** Bytes of a slot. */
export const MEMORY_SLOT_BYTES = 3;
/** Bytes of chunks that the heap has. */
export const MEMORY_CHUNKS = 4;
/** Of these, in use. */
export const MEMORY_CHUNKS_USED = 5;
/** The most that were in use. */
export const MEMORY_CHUNKS_PEAK = 6;
/** Bytes of the block for both. */
export const MEMORY_BLOCK = 7;
/** Of these, neither slots nor chunks. */
export const MEMORY_BLOCK_FREE = 8;
/** Bytes of the C stack; 0: not known. */
export const MEMORY_STACK = 9;
/** Of these, in use at the moment. */
export const MEMORY_STACK_USED = 10;

/** What a ring in C memory is (native/abi/ring.h): a signal … */
export const RING_SIGNAL = 0;
/** A channel of items. */
export const RING_CHANNEL = 1;
/** A pipe of bytes. */
export const RING_PIPE = 2;

/** What a platform exports, by name. */
export interface Hal {
	/** Bits of a task id that name the slot. */
	readonly SLOT_BITS: number;

	/**
	 * Makes room for so many task slots in all, rounded up to a power of two: tasks are declared one by one, and the C half
	 * cannot give memory back. `task` is the name of the task that comes next, for who measures. INIT. Returns 0 or ENOMEM.
	 */
	grow(slots: number, task: string): number;
	/** The present id of a slot. */
	id(slot: number): TaskId;
	/** Ends a slot's tenancy: it is not ready any more, ids given out are stale. Returns the next id. */
	retire(slot: number): TaskId;
	/** The slot whose task is being polled; -1: none is. */
	polling(): number;
	/**
	 * Puts a slot at a CPU priority level: 0 first, 2 last. With `afterWake` each wake sets its tenants' deadline to so many ticks later;
	 * throws TypeError when the executor's policy is not "deadline".
	 */
	level(slot: number, level: number, afterWake?: number): void;
	/** The deadline of a slot's present tenant; undefined: none. Throws TypeError when the executor's policy is not "deadline". */
	deadlineSet(slot: number, tick: number | undefined): void;
	/** The same, read. */
	deadlineOf(slot: number): number | undefined;
	/** Marks a task for the next round; a stale id does nothing. HOT, ISR-SAFE in its C form. */
	wake(id: TaskId): void;
	/**
	 * Polls what is ready, each task at most once, higher levels first, up to `budget` polls; a round cut short goes on
	 * with the next call. Timers that are due fire first. When something else is due it returns the DUE_ bits and polls
	 * nothing. A task whose poll returned YIELD is ready for the next round. It may do several rounds in one call, as long as
	 * no task ends and nothing else is due. When nothing is ready it returns 0; with `sleeps` it sleeps until a task is ready
	 * or something is due, and goes on. (It masks, looks again and sleeps: no wake is lost in between.) HOT.
	 */
	round(polls: readonly Turn[], settle: Settle, budget: number, sleeps: boolean): number;

	/** Ticks (milliseconds) since start as a 32-bit integer that wraps. */
	now(): number;
	/** Sets an alarm for a tick; a tick that has passed is due at once. */
	alarm(which: number, at: number): void;
	/** Takes an alarm back; its due bit too. */
	alarmClear(which: number): void;

	/**
	 * The frames of a pool that are polled as objects, in the order of slots from `base`: a platform with caches may bring them near
	 * when timers have woken many tasks. INIT
	 */
	fetchAhead(base: number, frames: readonly object[]): void;

	/** A timer's number; the timer is the caller's for good. INIT. Throws RangeError when memory is used up. */
	timerNew(): number;
	/** Gives a timer back. */
	timerDelete(timer: number): void;
	/** Starts it: so many milliseconds from now. 0 means one yield. Throws RangeError for a negative duration or NaN. HOT */
	timerStart(timer: number, ms: number): void;
	/** Starts it for a tick of the clock; one that has passed means one yield. */
	timerStartAt(timer: number, tick: number): void;
	/** PENDING, and `waker` will be woken when it fires; READY when it has fired or was not started. O(1). HOT */
	timerPoll(timer: number, waker: TaskId): number;
	/**
	 * A whole sleep of the task that is being polled, a call for each of its polls: starts the timer unless it is set, and says
	 * whether the task has to wait. false: it has fired, and the next look starts it anew. A sleep that is under way does not look at
	 * its duration again. Throws what `timerStart` throws. O(1). HOT
	 */
	timerLook(timer: number, ms: number): boolean;
	/** The same until a tick of the clock; one that has passed is one yield. HOT */
	timerLookAt(timer: number, tick: number): boolean;
	/** Gives up the wait; any number of times. */
	timerClear(timer: number): void;

	/**
	 * A wheel that its user drives, of 1 to 8 levels: its number. C finds it by its name (native/abi/tick.h); "" is none. INIT.
	 * Throws RangeError when memory is used up, or the name.
	 */
	tickWheelNew(levels: number, name: string): number;
	/** So many ticks have passed. O(1). HOT, ISR-SAFE in its C form. */
	tick(wheel: number, count: number): void;
	/** So many ticks have come, as a 32-bit integer that wraps. */
	tickCount(wheel: number): number;
	/** A timer for any wheel: its number; as the six of the clock above. INIT */
	tickTimerNew(): number;
	/** Gives it back. */
	tickTimerDelete(timer: number): void;
	/** Starts it: so many ticks from now. RangeError unless a whole number from 0 to 2^31 - 1. HOT */
	tickStart(timer: number, wheel: number, ticks: number): void;
	/** Starts it for a tick of the wheel; one that has passed means one yield. HOT */
	tickStartAt(timer: number, wheel: number, tick: number): void;
	/** PENDING, and `waker` will be woken when it fires; READY when it has fired or was not started. O(1). HOT */
	tickPoll(timer: number, waker: TaskId): number;
	/** Gives up the wait; any number of times. */
	tickClear(timer: number): void;

	/**
	 * A wait's number; the wait is the caller's for good. With a vector that is attached now: what `interruptStart` would throw for it
	 * is thrown here. INIT. Throws RangeError when memory is used up.
	 */
	interruptNew(vector?: Vector): number;
	/** Gives a wait back. */
	interruptDelete(wait: number): void;
	/**
	 * Starts it for a vector, which is attached when it was not. "count": the next look counts on from the same task's last one; "next":
	 * from now; "hold": as "count", and the vector is disabled from its interrupt until it is waited for again. Throws
	 * RangeError for a vector that is not there, TypeError for one that somebody else handles. HOT
	 */
	interruptStart(wait: number, vector: Vector, mode: InterruptMode): void;
	/** Starts it for what the console receives. HOT */
	interruptStartConsole(wait: number): void;
	/** Starts it for a pin's next edge: "rising", "falling" or "both". HOT */
	interruptStartEdge(wait: number, pin: number, direction: EdgeDirection): void;
	/** READY when interrupts came since the last look, else PENDING and `waker` will be woken by the next. O(1). HOT */
	interruptPoll(wait: number, waker: TaskId): number;
	/**
	 * The same as a method: of an object whose first property, `wait`, is the number of the wait. For tasks that poll by hand: a call less
	 * than with a method that calls interruptPoll. HOT
	 */
	interruptPollOwn(waker: TaskId): number;
	/** How many came, as the last look found. */
	interruptTake(wait: number): number;
	/** Gives up the wait; any number of times. */
	interruptClear(wait: number): void;
	/** A vector's priority, 0 the most urgent. Throws RangeError beyond what the controller has. */
	interruptPriority(vector: Vector, priority: number): void;
	/** How often a vector's interrupt came since its list was made; 32 bits, wraps. */
	interruptCount(vector: Vector): number;
	/** How many waits are listed at a vector, -1: at every source. For tests. */
	interruptWaiters(vector: Vector): number;
	/** Raises a vector's interrupt by software. */
	pend(vector: Vector): void;
	/** A pin's number, by its name. INIT. Throws RangeError when the board has none of that name. */
	pinFind(name: string): number;
	/**
	 * Opens a pin as an input or an output (native/abi/pin-port.h has the modes). 0; EINVAL: it cannot be that; EBUSY: it is open already. INIT
	 */
	pinOpen(pin: number, mode: number): number;
	/** Of a pin that is open, as the next two: it is nobody's again. */
	pinClose(pin: number): void;
	/** Its level: 0 or 1. HOT */
	pinRead(pin: number): number;
	/** What an output shows; anything but 0 is high. HOT */
	pinWrite(pin: number, value: number): void;

	/** The pool of that name, with so many messages of so many bytes, found or made: its number. INIT. Throws RangeError (native/abi/queue.h). */
	poolOpen(name: string, size: number, count: number): number;
	/** The queue of that name, found or made: its number. INIT */
	queueOpen(name: string): number;
	/** A message, as a number: -1 when all are in use. HOT */
	messageAlloc(pool: number): number;
	/** Back to its pool. EINVAL: it is no longer the caller's; EBUSY: it is in a queue. HOT */
	messageFree(message: number): number;
	/** Puts it into a queue and wakes the first who waits. Statuses as messageFree. HOT */
	queuePut(queue: number, message: number): number;
	/** The first message of a queue; -1: it is empty. HOT */
	queueTake(queue: number): number;
	/** A wait's number. INIT */
	queueWaitNew(): number;
	/** Waits for a message: first this, then the look. HOT */
	queueAwait(queue: number, wait: number, waker: TaskId): void;
	/** Waits no more; a wake that was meant for it is handed on. */
	queueLeave(queue: number, wait: number): void;
	/** A number in a message, by its place and kind (src/actor/record.ts). Throws when the message is not the caller's. HOT */
	messageRead(message: number, offset: number, kind: number): number;
	/** Writes one, as messageRead reads it. HOT */
	messageWrite(message: number, offset: number, kind: number, value: number): void;

	/**
	 * The look of a `Receive` (src/sync/receive.ts): start, poll and take in one call, for the task that is being polled. Gives the value,
	 * undefined at the end, itself when the task has been registered. Without a channel: the one that the wait was started with. For
	 * compiled tasks. INIT; the look is HOT
	 */
	channelReceiver(wait: object): (channel?: object) => unknown;
	/**
	 * The look of a `Send`, likewise: true when the task has been registered, false when the value is in, undefined when the channel is
	 * closed. Looked for again it sends the value that it was given first.
	 */
	channelSender(wait: object): (value: unknown, channel?: object) => boolean | undefined;
	/** Gives a look's wait up, as its `drop`. */
	channelLeave(look: (...given: never[]) => unknown): void;

	/**
	 * The signal, channel or pipe of that name in C memory, found or made: its number. `format`: the kind of its numbers
	 * (src/actor/record.ts), behind these: a record; `size`: bytes of an item. INIT. Throws RangeError (native/abi/ring.h).
	 */
	ringOpen(kind: number, name: string, format: number, size: number, capacity: number): number;
	/** A wait's number, with room for an item of so many bytes: 8, a number, unless told. Also a record to send from. INIT */
	ringWaitNew(bytes?: number): number;
	/** Begins a wait; its item goes. HOT */
	ringStart(wait: number, ring: number): void;
	/** READY: an item was taken out for it, of a pipe some bytes are there; else PENDING, and `waker` will be woken. O(1). HOT */
	ringPoll(wait: number, waker: TaskId): number;
	/** The number that was taken out. HOT */
	ringTake(wait: number): number;
	/** Waits no more; any number of times. A wake that was meant for it is handed on. */
	ringLeave(wait: number): void;
	/** Puts a number, of a pipe a byte, in: whether there was room. Wakes the first who waits. HOT */
	ringPut(ring: number, value: number): boolean;
	/** The oldest number or byte; undefined: there is none. HOT */
	ringGet(ring: number): number | undefined;
	/** The same with records, from and to a place that ringWaitNew gave. HOT */
	ringPutItem(ring: number, item: number): boolean;
	/** The oldest item, copied to that place; false: there is none. HOT */
	ringGetItem(ring: number, item: number): boolean;
	/** Forgets what is in it. */
	ringClear(ring: number): void;
	/** How many items are in it. */
	ringLength(ring: number): number;
	/** How often it was full; of a pipe: how many writes were cut short. 31 bits, wraps. */
	ringRefused(ring: number): number;
	/** A number in a record, by its place and kind. Throws RangeError when there is no such place. HOT */
	itemRead(item: number, offset: number, kind: number): number;
	/** Writes one, as itemRead reads it. HOT */
	itemWrite(item: number, offset: number, kind: number, value: number): void;

	/** The platform has an event loop of its own, and the executor is a guest in it (native/moddable): `run` does not block. */
	readonly HOSTED: boolean;
	/** Hands the executor to that loop, which calls `round` from now on whenever something is ready; `attend` gets due bits. Returns. INIT */
	host(polls: readonly Turn[], settle: Settle, attend: (due: number) => void): void;
	/** No task is left; `failed`: the root has thrown. The loop goes on without us until a task is spawned. */
	hostEnded(failed: boolean): void;

	/** The interrupt vector whose handler runs this machine (native/xs/levels.c), from 0; -1: it runs in thread mode. */
	levelVector(): number;
	/** The priority that the manifest gives this machine's vector; -1: none. */
	levelPriority(): number;
	/**
	 * Hands the executor of this machine to its vector's handler; `attend` gets due bits, the other tables are for debuggers
	 * and traces, as with `started`. Does not return: what is running ends here. INIT.
	 */
	serve(
		polls: readonly Turn[],
		settle: Settle,
		attend: (due: number) => void,
		states: readonly number[],
		pools: readonly unknown[],
		handles: readonly unknown[],
	): never;
	/** Makes a vector pending, as its hardware would. READY, or a negative status: there is no such vector. */
	schedule(vector: number): number;
	/**
	 * Starts the next machine of `run([[vector, actor], …])` at a vector; priority -1: the vector's own. Throws RangeError
	 * when it cannot be there. INIT.
	 */
	levelStart(vector: number, priority: number): void;
	/** The last task of this machine has ended. */
	levelEnded(): void;
	/** How many machines beside that in thread mode have tasks left. */
	levelsLeft(): number;
	/** Whether interrupts are masked. */
	masked(): boolean;
	/** Masks interrupts, or unmasks them. */
	mask(on: boolean): void;

	/**
	 * Runs the promise jobs that are queued (DUE_JOBS), and not those that they queue: for tasks that are plain async functions. Whether
	 * there are more now.
	 */
	jobs(): boolean;
	/** One line on the console. */
	print(text: string): void;
	/** One line on the console behind the time since start: the text and, when it is given, a whole number. Allocates nothing. */
	log(text: string, value?: number): void;
	/** Says on the console that a task has ended with an exception that nobody waits for, and where it was thrown. */
	reportFailure(task: string, error: unknown): void;
	/**
	 * Ends start-up: growth of the heap is counted from here. The executor's tables, which live as long as it does, are for
	 * debuggers and traces.
	 */
	started(
		polls: readonly Turn[],
		states: readonly number[],
		pools: readonly unknown[],
		handles: readonly unknown[],
	): void;
	/** A counter, by its STAT_ number; EINVAL for another number. */
	stat(which: number): number;
	/** What a slot's tenant (or the executor) has used of the processor, by USAGE_ number, up to its last poll; EINVAL for others. */
	usage(slot: number, which: number): number;
	/** A mark in the trace: a name and a whole number. Like the next two nothing, and not in the program, where none is built in. */
	mark(name: string, value?: number): void;
	/** For the trace: a task was spawned in this slot. */
	spawned(slot: number): void;
	/** Prints the trace so far on the console. */
	dumpTrace(): void;
	/** Moves the clock's origin, so that tests can walk it over its wrap. */
	shift(ticks: number): void;
	/** The board's light. */
	setLed(on: boolean): void;
	/** A byte that the console received, or -1. */
	read(): number;
	/** A byte to the console. */
	write(byte: number): void;
	/** Bytes `start` to `end` (not included) to the console, as they are and in one piece. Throws RangeError for bytes that are not there. */
	writeBytes(bytes: Uint8Array, start: number, end: number): void;
	/** Copies a text's bytes (UTF-8) to `at`, not beyond `end`: how many; -1: there is no room, and nothing was copied. HOT */
	copyText(text: string, bytes: Uint8Array, at: number, end: number): number;
	/** Whether bytes `start` to `end` (not included) are that text. HOT */
	isText(text: string, bytes: Uint8Array, start: number, end: number): boolean;
	/** What the machine has of memory, by MEMORY_ number; EINVAL for others. */
	memory(which: number): number;
	/** Whether a slot's task is to be polled, in this round or the next. */
	isReady(slot: number): boolean;
	/** The program begins anew: a board resets, on Linux the same program starts with the same arguments. Does not return. */
	restart(): void;
	/** A free-running 32-bit counter for measurements. */
	cycles(): number;
	/** A full collection, where there is one; for tests. */
	collect(): void;
}
