/** The statistics group (2): named groups of counters. Task context; nothing allocates. */
import {
	EXECUTOR,
	STAT_COLLECTIONS,
	STAT_GROWTH_BYTES,
	STAT_GROWTH_SLOTS,
	STAT_SLEEPS,
	STAT_WAKES,
	stat,
	USAGE_AWAKE,
	USAGE_HZ,
	USAGE_TASKS,
	usage,
} from "#hal";
import { groupError, SMP_INVALID, SMP_NO_ENTRY, SMP_NOT_SUPPORTED, SMP_OK, SMP_UNKNOWN } from "./errors.ts";
import { type Command, SmpGroup } from "./group.ts";
import type { SmpServer } from "./server.ts";

const DATA = 0;
const LIST = 1;
const INVALID_GROUP = 2;

/** A group of counters: its name, its fields, and what each is now. */
export abstract class Statistics {
	/** The group's name. */
	readonly name: string;
	/** The names of its counters. */
	readonly fields: readonly string[];

	/** INIT */
	constructor(name: string, fields: readonly string[]) {
		this.name = name;
		this.fields = fields;
	}

	/** A counter's value now, a whole number. */
	abstract value(field: number): number;
}

/** Counters that the program counts. Made at start-up. */
export class Counters extends Statistics {
	/** What they are now. */
	readonly values: number[];

	/** INIT */
	constructor(name: string, fields: readonly string[]) {
		super(name, fields);
		this.values = new Array(fields.length).fill(0);
	}

	value(field: number): number {
		return this.values[field];
	}

	/** Counts one on, by the place of its name. */
	add(field: number, count = 1): void {
		this.values[field] += count;
	}
}

const EXECUTOR_FIELDS = [
	"wakes",
	"sleeps",
	"growth_slots",
	"growth_bytes",
	"collections",
	"cycles_awake",
	"cycles_in_tasks",
	"cycles_per_second",
];
const COUNTED = [STAT_WAKES, STAT_SLEEPS, STAT_GROWTH_SLOTS, STAT_GROWTH_BYTES, STAT_COLLECTIONS];
const MEASURED = [USAGE_AWAKE, USAGE_TASKS, USAGE_HZ];

/** What the executor counts: group "executor". */
export class ExecutorStatistics extends Statistics {
	/** INIT */
	constructor() {
		super("executor", EXECUTOR_FIELDS);
	}

	value(field: number): number {
		return field < COUNTED.length ? stat(COUNTED[field]) : usage(EXECUTOR, MEASURED[field - COUNTED.length]);
	}
}

/** What a server counts: group "smp_svr_stats", as clients expect. `server` is set when it has been made. */
export class ServerStatistics extends Statistics {
	server: SmpServer | undefined = undefined;

	/** INIT */
	constructor() {
		super("smp_svr_stats", ["requests", "errors", "dropped"]);
	}

	value(field: number): number {
		const { server } = this;
		if (server === undefined) return 0;
		return field === 0 ? server.requests : field === 1 ? server.errors : server.dropped;
	}
}

/** The statistics group. Made at start-up. */
export class StatGroup extends SmpGroup {
	readonly id = 2;
	private readonly groups: readonly Statistics[];

	/** INIT */
	constructor(groups: readonly Statistics[]) {
		super();
		this.groups = groups;
	}

	handle(command: Command): number {
		if (command.writes) return SMP_NOT_SUPPORTED;
		if (command.id === DATA) return this.data(command);
		return command.id === LIST ? this.list(command) : SMP_NOT_SUPPORTED;
	}

	override inVersion1(code: number): number {
		return code === INVALID_GROUP ? SMP_NO_ENTRY : SMP_UNKNOWN;
	}

	private data({ request, reply }: Command): number {
		const { groups } = this;
		if (!request.find("name") || !request.text()) return SMP_INVALID;
		for (let i = 0; i < groups.length; i++) {
			const group = groups[i];
			if (!request.is(group.name)) continue;
			reply.text("name");
			reply.text(group.name);
			reply.text("fields");
			reply.map();
			for (let field = 0; field < group.fields.length; field++) {
				reply.text(group.fields[field]);
				reply.integer(group.value(field));
			}
			reply.close();
			return SMP_OK;
		}
		return groupError(INVALID_GROUP);
	}

	private list({ reply }: Command): number {
		const { groups } = this;
		reply.text("stat_list");
		reply.array();
		for (let i = 0; i < groups.length; i++) reply.text(groups[i].name);
		reply.close();
		return SMP_OK;
	}
}
