/**
 * The shell group (9): commands by name, the program's own and `help`, `tasks`, `mem`, `trace`. What a command says is a text in the
 * reply. A command that changes something needs an unlock, unless it is declared harmless. Task context; nothing allocates.
 */
import {
	dumpTrace,
	MEMORY_BLOCK,
	MEMORY_BLOCK_FREE,
	MEMORY_CHUNKS,
	MEMORY_CHUNKS_USED,
	MEMORY_SLOT_BYTES,
	MEMORY_SLOTS,
	MEMORY_SLOTS_USED,
	memory,
	USAGE_CYCLES,
	USAGE_POLLS,
	usage,
} from "#hal";
import { levelAt, states } from "../executor/table.ts";
import { SMP_ACCESS_DENIED, SMP_INVALID, SMP_NOT_SUPPORTED, SMP_OK } from "./errors.ts";
import { type Command, SmpGroup } from "./group.ts";
import { TASK_READY, TASK_WAITING, taskState, writeTaskName } from "./task-table.ts";

const EXECUTE = 0;
const ARGUMENTS_MAX = 8;
/** What `ret` is for a command that is not there: ENOEXEC of a shell. */
const NO_COMMAND = -8;
const NEWLINE = 10;
const MINUS = 45;

/** A call of a command: its arguments, and where it says something. There is one for each group. */
export class ShellCall {
	/** How many arguments it has, the command's name being the first. */
	count = 0;
	private command: Command | undefined = undefined;
	private readonly starts: number[] = new Array(ARGUMENTS_MAX).fill(0);
	private readonly ends: number[] = new Array(ARGUMENTS_MAX).fill(0);

	/** By the group: reads the arguments. False: they are no list of texts, none, or too many. */
	begin(command: Command): boolean {
		const { request } = command;
		this.command = command;
		if (!request.find("argv")) return false;
		const count = request.array();
		if (count < 1 || count > ARGUMENTS_MAX) return false;
		for (let i = 0; i < count; i++) {
			if (!request.text()) return false;
			this.starts[i] = request.start;
			this.ends[i] = request.end;
		}
		this.count = count;
		return true;
	}

	/** Whether an argument is that text. */
	is(index: number, text: string): boolean {
		if (index >= this.count) return false;
		const { request } = this.command as Command;
		request.start = this.starts[index];
		request.end = this.ends[index];
		return request.is(text);
	}

	/** An argument as a whole number; undefined: it is none, or not there. */
	number(index: number): number | undefined {
		if (index >= this.count) return undefined;
		const { bytes } = (this.command as Command).request;
		const negative = bytes[this.starts[index]] === MINUS;
		let value = 0;
		let at = negative ? this.starts[index] + 1 : this.starts[index];
		if (at === this.ends[index]) return undefined;
		for (; at < this.ends[index]; at++) {
			const digit = bytes[at] - 48;
			if (digit < 0 || digit > 9) return undefined;
			value = value * 10 + digit;
		}
		return negative ? -value : value;
	}

	/** Says a text. */
	print(text: string): void {
		(this.command as Command).reply.part(text);
	}

	/** Says a whole number. */
	printNumber(value: number): void {
		(this.command as Command).reply.digits(value);
	}

	/** Says an argument. */
	printArgument(index: number): void {
		if (index < this.count) (this.command as Command).reply.partOf(this.starts[index], this.ends[index]);
	}

	/** Says the name of a slot's task. */
	printTask(slot: number): void {
		writeTaskName((this.command as Command).reply, slot);
	}

	/** Ends a line. */
	line(): void {
		(this.command as Command).reply.code(NEWLINE);
	}
}

/** A command of the shell. */
export interface ShellCommand {
	/** What it is called by. */
	readonly name: string;
	/** What `help` says of it. */
	readonly help: string;
	/** Anybody may give it: it changes nothing, or it is the unlock. */
	readonly harmless?: boolean;
	/** It only shows: it needs an unlock where commands that read do (`closedReads`). */
	readonly shows?: boolean;
	/** Carries it out; gives what the client gets as `ret`: 0 is success. Nothing in it may allocate. */
	run(call: ShellCall): number;
}

function figure(call: ShellCall, text: string, value: number): void {
	call.print(text);
	call.printNumber(value);
}

const tasks: ShellCommand = {
	name: "tasks",
	help: "living tasks: level, state, polls, cycles",
	shows: true,
	run(call) {
		for (let slot = 0; slot < states.length; slot++) {
			const state = taskState(slot);
			if (state === 0) continue;
			call.printTask(slot);
			figure(call, " ", levelAt(slot));
			call.print(state === TASK_READY ? " ready" : state === TASK_WAITING ? " waiting" : " ending");
			figure(call, " ", Math.max(0, usage(slot, USAGE_POLLS)));
			figure(call, " ", Math.max(0, usage(slot, USAGE_CYCLES)));
			call.line();
		}
		return 0;
	},
};

const mem: ShellCommand = {
	name: "mem",
	help: "bytes of the machine: slots, chunks, block",
	shows: true,
	run(call) {
		const slotBytes = memory(MEMORY_SLOT_BYTES);
		figure(call, "slots ", memory(MEMORY_SLOTS_USED) * slotBytes);
		figure(call, " of ", memory(MEMORY_SLOTS) * slotBytes);
		figure(call, ", chunks ", memory(MEMORY_CHUNKS_USED));
		figure(call, " of ", memory(MEMORY_CHUNKS));
		figure(call, ", block free ", memory(MEMORY_BLOCK_FREE));
		figure(call, " of ", memory(MEMORY_BLOCK));
		call.line();
		return 0;
	},
};

const trace: ShellCommand = {
	name: "trace",
	help: "print the trace on the console",
	shows: true,
	run() {
		dumpTrace();
		return 0;
	},
};

function isOpen(called: ShellCommand, command: Command): boolean {
	return called.harmless === true || (called.shows === true && !command.closedReads);
}

/** The shell group. Made at start-up. */
export class ShellGroup extends SmpGroup {
	readonly id = 9;
	private readonly commands: readonly ShellCommand[];
	private readonly call = new ShellCall();

	/** INIT */
	constructor(commands: readonly ShellCommand[] = []) {
		super();
		this.commands = [tasks, mem, trace, ...commands];
	}

	/** Each command is asked for by itself. */
	override isHarmless(): boolean {
		return true;
	}

	handle(command: Command): number {
		const { call } = this;
		if (command.id !== EXECUTE || !command.writes) return SMP_NOT_SUPPORTED;
		if (!call.begin(command)) return SMP_INVALID;
		const called = this.named();
		if (called !== undefined && !isOpen(called, command) && command.access?.unlocked() !== true)
			return SMP_ACCESS_DENIED;
		const { reply } = command;
		reply.text("o");
		reply.beginText();
		const status = called !== undefined ? called.run(call) : this.help();
		reply.endText();
		reply.text("ret");
		reply.integer(status);
		if (command.isVersion1 && status !== 0) {
			reply.text("rc");
			reply.integer(status);
		}
		return SMP_OK;
	}

	private named(): ShellCommand | undefined {
		const { call, commands } = this;
		for (let i = 0; i < commands.length; i++) if (call.is(0, commands[i].name)) return commands[i];
		return undefined;
	}

	/** What is no command is `help`, or not found. */
	private help(): number {
		const { call, commands } = this;
		if (!call.is(0, "help")) {
			call.printArgument(0);
			call.print(": command not found");
			return NO_COMMAND;
		}
		for (let i = 0; i < commands.length; i++) {
			call.print(commands[i].name);
			call.print("  ");
			call.print(commands[i].help);
			call.line();
		}
		return 0;
	}
}
