/**
 * The library's waits that are nothing but a number of the platform's (#hal): the frame holds the number, and the platform's
 * functions are called where the methods of an object would be. A Sleep saves 32 bytes of each frame object; an Interrupt two
 * calls between the interrupt and the task's next statement.
 */
import type { LeafCall } from "./leaves.ts";
import { inLibrary } from "./program.ts";

export interface NativeLeaf {
	/** The class that it stands for, the file it is in, and whether it does so in captured frames too. */
	readonly className: string;
	readonly file: string;
	readonly everywhere: boolean;
	/** Functions of #hal. */
	readonly make: string;
	readonly start: Readonly<Record<string, string>>;
	readonly poll: string;
	readonly drop: string;
	/** undefined: it yields nothing. */
	readonly take: string | undefined;
}

const nativeLeaves: readonly NativeLeaf[] = [
	{
		className: "Sleep",
		file: inLibrary("src/time/sleep.ts"),
		everywhere: false,
		make: "timerNew",
		start: { start: "timerStart", startAt: "timerStartAt" },
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
];

/** What stands for a leaf. One that is given to another operation (its index is not 0) must be an object. */
export function nativeLeaf(form: string, call: LeafCall, index: number): NativeLeaf | undefined {
	if (index > 0) return undefined;
	const file = call.classSymbol.valueDeclaration?.getSourceFile().fileName;
	const found = nativeLeaves.find((leaf) => leaf.className === call.classSymbol.name && leaf.file === file);
	if (found === undefined || found.start[call.method] === undefined) return undefined;
	return found.everywhere || form === "frame" ? found : undefined;
}
