/**
 * Bugs, planted by text substitution when the simulator's test program is bundled (never in the source): at least one in the ground of
 * each invariant. `from` must stand in its file exactly once. Each has to be found within `runs` runs, as one of `found`.
 */
export interface Mutation {
	readonly name: string;
	readonly file: string;
	readonly from: string;
	readonly to: string;
	/** Invariants one of which is to break. */
	readonly found: readonly string[];
	/** Within so many runs, from seed 1 on. */
	readonly runs: number;
}

const ready = "hal/sim/ready.ts";
const wheel = "hal/sim/wheel.ts";
const machine = "hal/sim/machine.ts";
const timers = "hal/sim/timers.ts";
const messages = "hal/sim/messages.ts";
const interrupts = "hal/sim/interrupts.ts";

export const mutations: readonly Mutation[] = [
	{
		name: "a wake does not compare the generation",
		file: ready,
		from: "if (slot >= this.slots || this.generations[slot] !== id >>> SLOT_BITS) return false;",
		to: "if (slot >= this.slots) return false;",
		found: ["generations", "ready lives"],
		runs: 20,
	},
	{
		name: "retiring a slot leaves its ready bit",
		file: ready,
		from: "		this.ready.delete(slot);\n		return this.id(slot);",
		to: "		return this.id(slot);",
		found: ["ready lives"],
		runs: 20,
	},
	{
		name: "retiring a slot does not count its generation on",
		file: ready,
		from: "this.generations[slot] = (this.generations[slot] + 1) & GENERATION_MASK;",
		to: "",
		found: ["generations"],
		runs: 1,
	},
	{
		name: "the generation goes back",
		file: ready,
		from: "(this.generations[slot] + 1) & GENERATION_MASK",
		to: "(this.generations[slot] - 1) & GENERATION_MASK",
		found: ["generations"],
		runs: 1,
	},
	{
		name: "a wait that is dropped stays in its list",
		file: "src/sync/signal.ts",
		from: "		delist(this);\n		const signal = this.signal;\n		if (woken",
		to: "		const signal = this.signal;\n		if (woken",
		found: ["waits", "dead waits"],
		runs: 20,
	},
	{
		name: "the last entry leaves, and the list still ends at it",
		file: "src/executor/wait-list.ts",
		from: "if (next === undefined) list.last = previous;\n	else next.previous = previous;",
		to: "if (next !== undefined) next.previous = previous;",
		found: ["wait lists"],
		runs: 5,
	},
	{
		name: "an entry is not linked backwards",
		file: "src/executor/wait-list.ts",
		from: "	entry.previous = last;\n",
		to: "",
		found: ["wait lists"],
		runs: 5,
	},
	{
		name: "a message is put on the free list twice",
		file: messages,
		from: "message.pool.free.push(message);",
		to: "message.pool.free.push(message, message);",
		found: ["messages conserve"],
		runs: 5,
	},
	{
		name: "a freed message is not marked free",
		file: messages,
		from: "	message.free = true;\n",
		to: "",
		found: ["messages conserve"],
		runs: 5,
	},
	{
		name: "a message that was taken still says that it is queued",
		file: messages,
		from: "if (message !== undefined) message.queue = undefined;",
		to: "",
		found: ["messages conserve", "task"],
		runs: 5,
	},
	{
		name: "a queue wakes nobody",
		file: messages,
		from: "	queues[queue].messages.push(message);\n	wakeFirst(queues[queue]);",
		to: "	queues[queue].messages.push(message);",
		found: ["lost wake"],
		runs: 20,
	},
	{
		name: "a task that gives up its wait at a queue stays in it",
		file: messages,
		from: "wait.queue.waiting.splice(wait.queue.waiting.indexOf(wait), 1);",
		to: "",
		found: ["wait lists", "dead waits"],
		runs: 20,
	},
	{
		name: "the wheel places a timer one slot off",
		file: wheel,
		from: "const slot = level < levels ? (at >>> (level * BITS)) & (SLOTS - 1) : 0;\n		const place",
		to: "const slot = level < levels ? ((at >>> (level * BITS)) + 1) & (SLOTS - 1) : 0;\n		const place",
		found: ["timers"],
		runs: 1,
	},
	{
		name: "a slot of the wheel stays marked when its last timer is taken back",
		file: wheel,
		from: "		if (next === undefined) emptied(place);\n",
		to: "",
		found: ["timers"],
		runs: 5,
	},
	{
		name: "a nearer timer does not move the next edge",
		file: wheel,
		from: "		edge = mine;\n		return true;",
		to: "		if (alone) edge = mine;\n		return alone;",
		found: ["timers", "alarm"],
		runs: 5,
	},
	{
		name: "the alarm is not set again when the wheel has turned",
		file: timers,
		from: "if (fireTimers()) alarm(ALARM_TIMERS, nextEdge());",
		to: "fireTimers();",
		found: ["alarm"],
		runs: 5,
	},
	{
		name: "a timer is set without an alarm",
		file: timers,
		from: "if (setTimer(entry, entry.at, waker, now())) alarm(ALARM_TIMERS, nextEdge());",
		to: "setTimer(entry, entry.at, waker, now());",
		found: ["alarm"],
		runs: 1,
	},
	{
		name: "the executor sleeps although a task is ready",
		file: machine,
		from: "	while (!due && !set.any()) {\n",
		to: "	while (!due) {\n",
		found: ["idle"],
		runs: 20,
	},
	{
		name: "an interrupt wakes only the first of its list",
		file: interrupts,
		from: "while (list.length > 0 && list[0].seen !== this.counts[source]) {",
		to: "if (list.length > 0 && list[0].seen !== this.counts[source]) {",
		found: ["interrupts"],
		runs: 5,
	},
	{
		name: "a task that an interrupt wakes stays in its list",
		file: interrupts,
		from: '		list.splice(list.indexOf(wait), 1);\n		wait.state = "idle";',
		to: "		list.splice(list.indexOf(wait), 1);",
		found: ["interrupts"],
		runs: 5,
	},
	{
		name: "a cancelled task is not woken",
		file: "src/executor/cancel.ts",
		from: "		polls[slot] = cancelTurn;\n		wake(id);",
		to: "		polls[slot] = cancelTurn;",
		found: ["asked to end"],
		runs: 5,
	},
	{
		name: "an ended task is still counted",
		file: "src/executor/end.ts",
		from: "	countLive(-1);\n",
		to: "",
		found: ["live count"],
		runs: 5,
	},
	{
		name: "the slot of an ended task is not given back",
		file: "src/executor/end.ts",
		from: "	pushFree(pool, slot);\n	countLive(-1);",
		to: "	countLive(-1);",
		found: ["slots conserve", "live count"],
		runs: 5,
	},
	{
		name: "the slot of an ended task is given back twice",
		file: "src/executor/end.ts",
		from: "	pushFree(pool, slot);\n	countLive(-1);",
		to: "	pushFree(pool, slot);\n	pushFree(pool, slot);\n	countLive(-1);",
		found: ["one set", "slots conserve"],
		runs: 5,
	},
	{
		name: "an ended task keeps its handle",
		file: "src/executor/end.ts",
		from: "	handles[slot] = undefined;\n",
		to: "",
		found: ["handles"],
		runs: 5,
	},
	{
		name: "the last free slot is taken and stays the list's tail",
		file: "src/executor/pool.ts",
		from: "\tpool.tail = END;\n",
		to: "",
		found: ["slots conserve", "one set"],
		runs: 1,
	},
	{
		name: "select does not give up the loser",
		file: "src/sync/select.ts",
		from: "			this.index = 0;\n			b.drop();\n",
		to: "			this.index = 0;\n",
		found: ["waits"],
		runs: 20,
	},
	{
		name: "a timeout's limit goes on after the value has come",
		file: "src/time/timeout.ts",
		from: "		if (status !== PENDING) {\n			this.limit.drop();\n",
		to: "		if (status !== PENDING) {\n",
		found: ["waits"],
		runs: 20,
	},
	{
		name: "a channel does not wake who waits for a value",
		file: "src/sync/channel.ts",
		from: "		this.ring[at] = value;\n		this.length = length + 1;\n		if (this.receivers.first !== undefined) wakeFirst(this.receivers);\n		return true;\n	}\n\n	/** Takes",
		to: "		this.ring[at] = value;\n		this.length = length + 1;\n		return true;\n	}\n\n	/** Takes",
		found: ["lost wake"],
		runs: 20,
	},
	{
		name: "a mutex is handed over without a wake",
		file: "src/sync/mutex.ts",
		from: "		this.granted = next;\n		wakeFirst(this.waiting);",
		to: "		this.granted = next;",
		found: ["waits", "lost wake"],
		runs: 5,
	},
	{
		name: "a semaphore lets one too many in",
		file: "src/sync/semaphore.ts",
		from: "while (first !== undefined && first.count <= this.available) {",
		to: "while (first !== undefined) {",
		found: ["task"],
		runs: 20,
	},
	{
		name: "wakeAll wakes the first alone",
		file: "src/executor/wait-list.ts",
		from: "		wake(entry.waker);\n		entry = next;",
		to: "		wake(entry.waker);\n		entry = next && undefined;",
		found: ["waits"],
		runs: 20,
	},
	{
		name: "a message is lost when the task that holds it is cancelled",
		file: "src/actor/message.ts",
		from: "if (this.handle >= 0) this.free();",
		to: "if (this.handle >= 0 && this.get({ offset: 0, kind: 4, length: 1 }) !== 50) this.free();",
		found: ["nothing left", "three samples"],
		runs: 50,
	},
];
