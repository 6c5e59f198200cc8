/**
 * The OS group (0): echo, the task table, pools, date and time, reset, the server's parameters, who the program is, the boot loader.
 * task-table.ts says what the figures of a task and of a pool are. Task context; nothing allocates.
 */
import { groupError, SMP_BUSY, SMP_INVALID, SMP_NO_ENTRY, SMP_NOT_SUPPORTED, SMP_OK, SMP_UNKNOWN } from "./errors.ts";
import { type Command, SmpGroup } from "./group.ts";
import { type PoolSource, writePools, writeTasks } from "./task-table.ts";
import { readDate, type WallClock, writeDate } from "./wall-clock.ts";

const ECHO = 0;
const TASKS = 2;
const POOLS = 3;
const DATE = 4;
const RESET = 5;
const PARAMETERS = 6;
const INFO = 7;
const BOOT_LOADER = 8;

const INVALID_FORMAT = groupError(2);
const NO_ANSWER = groupError(3);
const CLOCK_NOT_SET = groupError(4);

const SPACE = 32;
const ALL = 97;
/** s n r v b m p i o: in this order, whichever the client's is. */
const FORMAT = [115, 110, 114, 118, 98, 109, 112, 105, 111];
const FORMAT_FIELDS = FORMAT.length;

/** Who the program is, for the command "info". */
export interface OsInfo {
	/** s; "Stator" unless told. */
	kernel?: string;
	/** n: this device. */
	node?: string;
	/** r: of the program. */
	release?: string;
	/** v: of the program. */
	version?: string;
	/** b: when it was built. */
	build?: string;
	/** m: the architecture. */
	machine?: string;
	/** p */
	processor?: string;
	/** i: the board. */
	board?: string;
	/** o; "Stator" unless told. */
	system?: string;
}

/** How the group is made. */
export interface OsGroupOptions {
	/** Without one there is no date. */
	clock?: WallClock;
	/** Who the program is. */
	info?: OsInfo;
	/** The boot loader's name; without one there is none. */
	bootLoader?: string;
	/** Its mode, as MCUboot numbers them. */
	bootLoaderMode?: number;
	/** Pools of the program's own, for the list. */
	pools?: readonly PoolSource[];
	/** Asked before a reset; false: not now. A client that insists has `force`. Without it: always. */
	mayReset?: (force: boolean) => boolean;
}

/** The OS group. Made at start-up. */
export class OsGroup extends SmpGroup {
	readonly id = 0;
	private readonly clock: WallClock | undefined;
	private readonly info: readonly string[];
	private readonly bootLoader: string | undefined;
	private readonly bootLoaderMode: number;
	private readonly pools: readonly PoolSource[];
	private readonly mayReset: (force: boolean) => boolean;
	private readonly chosen: boolean[] = new Array(FORMAT_FIELDS).fill(false);

	/** INIT */
	constructor(options: OsGroupOptions = {}) {
		super();
		const {
			kernel = "Stator",
			node = "unknown",
			release = "unknown",
			version = "unknown",
			build = "unknown",
		} = options.info ?? {};
		const { machine = "unknown", processor = "unknown", board = "unknown", system = "Stator" } = options.info ?? {};
		this.clock = options.clock;
		this.info = [kernel, node, release, version, build, machine, processor, board, system];
		this.bootLoader = options.bootLoader;
		this.bootLoaderMode = options.bootLoaderMode ?? -1;
		this.pools = options.pools ?? [];
		this.mayReset = options.mayReset ?? (() => true);
	}

	/** Echo changes nothing. */
	override isHarmless(command: Command): boolean {
		return command.id === ECHO;
	}

	handle(command: Command): number {
		const { id, reply, writes } = command;
		if (id === ECHO) return this.echo(command);
		if (id === DATE) return writes ? this.setDate(command) : this.date(command);
		if (id === RESET) return writes ? this.reset(command) : SMP_NOT_SUPPORTED;
		if (writes) return SMP_NOT_SUPPORTED;
		if (id === TASKS) {
			reply.text("tasks");
			writeTasks(reply);
			return SMP_OK;
		}
		if (id === POOLS) {
			reply.text("mpools");
			writePools(reply, this.pools, command.isVersion1 ? "blksiz" : "blksize");
			return SMP_OK;
		}
		if (id === PARAMETERS) {
			reply.text("buf_size");
			reply.integer(command.bufferBytes);
			reply.text("buf_count");
			reply.integer(1);
			return SMP_OK;
		}
		if (id === INFO) return this.show(command);
		return id === BOOT_LOADER ? this.boot(command) : SMP_NOT_SUPPORTED;
	}

	override inVersion1(code: number): number {
		if (code === 2) return SMP_INVALID;
		return code === 3 || code === 4 ? SMP_NO_ENTRY : SMP_UNKNOWN;
	}

	private echo({ request, reply }: Command): number {
		if (!request.find("d") || !request.text()) return SMP_INVALID;
		reply.text("r");
		reply.textOf(request.start, request.end);
		return SMP_OK;
	}

	private date({ reply }: Command): number {
		const { clock } = this;
		if (clock === undefined) return SMP_NOT_SUPPORTED;
		const ms = clock.read();
		if (ms < 0) return CLOCK_NOT_SET;
		reply.text("datetime");
		reply.beginText();
		writeDate(reply, ms);
		reply.endText();
		return SMP_OK;
	}

	private setDate({ request }: Command): number {
		const { clock } = this;
		if (clock === undefined) return SMP_NOT_SUPPORTED;
		if (!request.find("datetime") || !request.text()) return SMP_INVALID;
		const ms = readDate(request);
		if (ms < 0) return INVALID_FORMAT;
		clock.set(ms);
		return SMP_OK;
	}

	private reset(command: Command): number {
		const { request } = command;
		const force = request.find("force") && request.unsigned() > 0;
		if (!this.mayReset(force)) return SMP_BUSY;
		command.restarts = true;
		return SMP_OK;
	}

	private show({ request, reply }: Command): number {
		const { chosen, info } = this;
		chosen.fill(false);
		if (!request.find("format")) chosen[0] = true;
		else {
			if (!request.text()) return SMP_INVALID;
			for (let at = request.start; at < request.end; at++) {
				const code = request.bytes[at];
				if (code === ALL) chosen.fill(true);
				else if (code !== SPACE) {
					const field = FORMAT.indexOf(code);
					if (field < 0) return INVALID_FORMAT;
					chosen[field] = true;
				}
			}
		}
		reply.text("output");
		reply.beginText();
		let shown = 0;
		for (let field = 0; field < FORMAT_FIELDS; field++)
			if (chosen[field]) {
				if (shown > 0) reply.code(SPACE);
				reply.part(info[field]);
				shown++;
			}
		reply.endText();
		return SMP_OK;
	}

	private boot({ request, reply }: Command): number {
		const { bootLoader, bootLoaderMode } = this;
		if (bootLoader === undefined) return SMP_NOT_SUPPORTED;
		if (!request.find("query")) {
			reply.text("bootloader");
			reply.text(bootLoader);
			return SMP_OK;
		}
		if (!request.text()) return SMP_INVALID;
		if (!request.is("mode")) return NO_ANSWER;
		reply.text("mode");
		reply.integer(bootLoaderMode);
		return SMP_OK;
	}
}
