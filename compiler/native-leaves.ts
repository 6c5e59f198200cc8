/**
 * The library's waits that are nothing but a number of the platform's (#hal): the frame holds the number, and the platform's
 * functions are called where the methods of an object would be. A Sleep saves 32 bytes of each frame object; an Interrupt two
 * calls between the interrupt and the task's next statement.
 */
import ts from "typescript";
import type { LeafCall } from "./leaves.ts";
import { inLibrary } from "./program.ts";

export interface NativeLeaf {
	/** The class that it stands for, the file it is in, and whether it does so in captured frames too. */
	readonly className: string;
	readonly file: string;
	readonly everywhere: boolean;
	/** What makes it: a function of #hal, or of a file of the library. */
	readonly make: string;
	readonly makeFile?: string;
	/** Functions of #hal. */
	readonly start: Readonly<Record<string, string>>;
	readonly poll: string;
	readonly drop: string;
	/** undefined: it yields nothing. */
	readonly take: string | undefined;
	/** Start and poll in one, by the start that it stands for; gets the same arguments, and true: the task has to wait. */
	readonly whole?: Readonly<Record<string, string>>;
	/** Poll and take in one: the value, or undefined when the task has to wait. */
	readonly look?: string;
	/** The same for a wait with a limit: it gets a timer's number, too; null: that has fired, and the wait is given up. */
	readonly lookUntil?: string;
	/** The first argument of its start is a file or a socket: its descriptor is passed. */
	readonly ofDescriptor?: boolean;
	/**
	 * The place of the waker among its start's arguments, a timer and its milliseconds behind it: with these it is begun and waited for at
	 * once, and the task waits in any case.
	 */
	readonly wakerAt?: number;
}

/** An operation of the ring whose value is what the kernel says. */
function count(className: string, file: string, start: string): NativeLeaf {
	return {
		className,
		file: inLibrary(file),
		everywhere: true,
		make: "newOperation",
		makeFile: inLibrary("src/io/operation.ts"),
		start: { start },
		poll: "ioPoll",
		drop: "ioDrop",
		take: "ioTake",
		look: "ioLook",
		lookUntil: "ioLookUntil",
		ofDescriptor: true,
		wakerAt: 6,
	};
}

const nativeLeaves: readonly NativeLeaf[] = [
	{
		className: "Sleep",
		file: inLibrary("src/time/sleep.ts"),
		everywhere: true,
		make: "timerNew",
		start: { start: "timerStart", startAt: "timerStartAt" },
		whole: { start: "timerLook", startAt: "timerLookAt" },
		poll: "timerPoll",
		drop: "timerClear",
		take: undefined,
	},
	{
		className: "TickSleep",
		file: inLibrary("src/time/tick-sleep.ts"),
		everywhere: true,
		make: "tickTimerNew",
		start: { start: "tickStart", startAt: "tickStartAt" },
		poll: "tickPoll",
		drop: "tickClear",
		take: undefined,
	},
	{
		className: "Interrupt",
		file: inLibrary("src/io/interrupt.ts"),
		everywhere: true,
		make: "interruptNew",
		start: { start: "interruptStart" },
		poll: "interruptPoll",
		drop: "interruptClear",
		take: "interruptTake",
	},
	{
		className: "SharedReceive",
		file: inLibrary("src/actor/shared-receive.ts"),
		everywhere: true,
		make: "ringWaitNew",
		start: { startAt: "ringStart" },
		poll: "ringPoll",
		drop: "ringLeave",
		take: "ringTake",
	},
	count("FileRead", "src/io/file.ts", "ioRead"),
	count("FileWrite", "src/io/file.ts", "ioWrite"),
	count("StreamRead", "src/io/stream-socket.ts", "ioReceive"),
	count("StreamWrite", "src/io/stream-socket.ts", "ioSend"),
	count("StreamWriteAll", "src/io/stream-socket.ts", "ioSendAll"),
];

/** A sleep's, which is also the limit of other waits. */
export const TIMER_LEAF = nativeLeaves[0];

/**
 * Waits whose start, poll and take are one call: the frame has, in place of the wait, a function of #hal for it, its look. A task
 * that is polled again calls it again, with the same arguments.
 */
export interface FusedLeaf {
	/** The leaf method that it stands for: of which class, in which file. */
	readonly owner: string;
	readonly file: string;
	readonly method: string;
	/** The function of #hal that makes the look of a wait. It gets the leaf method's arguments, and the receiver unless the wait was started with that when it was made. */
	readonly look: string;
	/** The function of #hal that gives it up. */
	readonly drop: string;
	/** What it gives when the task has to wait: itself, where a value may be any; or true. */
	readonly pending: "itself" | "true";
	/** What it gives else, as the value of the await. */
	readonly value: (text: string) => string;
}

const CHANNEL = inLibrary("src/sync/channel.ts");

const drop = "channelLeave";

const fusedLeaves: readonly FusedLeaf[] = [
	{
		owner: "Channel",
		file: CHANNEL,
		method: "receive",
		look: "channelReceiver",
		drop,
		pending: "itself",
		value: (text) => text,
	},
	{
		owner: "Channel",
		file: CHANNEL,
		method: "send",
		look: "channelSender",
		drop,
		pending: "true",
		value: (text) => "(" + text + " === false)",
	},
];

/** What stands for the await of a leaf call. */
export function fusedLeaf(call: LeafCall): FusedLeaf | undefined {
	const { declaration } = call;
	const owner = declaration.parent;
	if (!ts.isMethodDeclaration(declaration) || !ts.isClassDeclaration(owner) || !ts.isIdentifier(declaration.name))
		return undefined;
	const { text } = declaration.name;
	const { fileName } = declaration.getSourceFile();
	return fusedLeaves.find((leaf) => leaf.method === text && leaf.owner === owner.name?.text && leaf.file === fileName);
}

/** What stands for a leaf. One that is given to another operation (its index is not 0) must be an object. */
export function nativeLeaf(form: string, call: LeafCall, index: number): NativeLeaf | undefined {
	if (index > 0) return undefined;
	const file = call.classSymbol.valueDeclaration?.getSourceFile().fileName;
	const found = nativeLeaves.find((leaf) => leaf.className === call.classSymbol.name && leaf.file === file);
	if (found === undefined || found.start[call.method] === undefined) return undefined;
	return found.everywhere || form === "frame" ? found : undefined;
}
