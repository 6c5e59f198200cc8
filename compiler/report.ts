/** The build report: what the compiler made of each task. */

export interface TaskReport {
	name: string;
	pool: number;
	priority: "high" | "normal" | "low";
	/** Captured variables (fast) or a frame object (small): chosen by the size of the pool. */
	form: "captured" | "frame";
	/** Why it has that form. */
	formReason: string;
	/** Points at which the body can be entered. */
	states: number;
	/** Names of the variables that live in the frame, the compiler's own included. */
	variables: string[];
	/** Classes of the leaf operations that each instance holds. */
	leaves: string[];
	/** Handles that each instance holds, one for each `spawn` whose result is used; those of embedded functions too. */
	handles: number;
	/** Embedded async functions, and how deep they nest. */
	embedded: string[];
	embeddedDepth: number;
	file: string;
	line: number;
}

/** One point at which a compiled function waits, as tools show it. */
export interface WaitReport {
	/** What `$state` of its frame is while it waits there. */
	state: number;
	line: number;
	column: number;
	/** The awaiting expression, in one line. */
	text: string;
	/** The variable of the frame that is waited on: a leaf or an embedded function; none for other objects. */
	on: string | undefined;
	/** The class of the leaf, or the name of the embedded function. */
	what: string | undefined;
	/** Where the embedded function is. */
	file: string | undefined;
}

/** One compiled function: a task's body, or what tasks embed. File, line and column are where it begins. */
export interface MachineReport {
	name: string;
	kind: "task" | "embedded";
	form: "captured" | "frame";
	/** What its variables' names begin with in a frame object that several functions share. */
	prefix: string;
	file: string;
	line: number;
	column: number;
	waits: WaitReport[];
}

/** What the compiler made of a program. */
export interface BuildReport {
	tasks: TaskReport[];
	/** Every compiled function with its states: what a debugger finds a suspended task by. */
	machines: MachineReport[];
	/** Task slots of the compiled tasks. */
	slots: number;
	/** Channels, signals and what else of `src/sync` and `src/actor` the program makes: by the place that makes it. */
	queues: QueueReport[];
}

/** A channel, signal, lock or queue that the program makes. */
export interface QueueReport {
	kind: string;
	name: string;
	/** Its first argument, when that is a number that stands there. */
	capacity: number | undefined;
	file: string;
	line: number;
	column: number;
}
