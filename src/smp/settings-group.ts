/**
 * The settings group (3): values of a fixed length at most, by name. What a value means is the program's business; so is where it is
 * kept: `commit`, `load` and `save` are called when a client asks. Task context; nothing allocates.
 */
import { groupError, SMP_INVALID, SMP_NO_ENTRY, SMP_NOT_SUPPORTED, SMP_OK, SMP_UNKNOWN } from "./errors.ts";
import { type Command, SmpGroup } from "./group.ts";

const VALUE = 0;
const DELETE = 1;
const COMMIT = 2;
const LOAD_SAVE = 3;

const KEY_NOT_FOUND = 3;
const READ_NOT_SUPPORTED = 4;
const WRITE_NOT_SUPPORTED = 6;
const DELETE_NOT_SUPPORTED = 7;

/** What a client may do with a setting besides. */
export interface SettingOptions {
	/** It can be set, and not read: a key. */
	secret?: boolean;
	/** It can be read alone. */
	fixed?: boolean;
}

/** A value with a name: bytes, of any length up to a most. Made at start-up. */
export class Setting {
	readonly name: string;
	/** Its bytes: the first `length` count. */
	readonly bytes: Uint8Array;
	length = 0;
	readonly secret: boolean;
	readonly fixed: boolean;

	/** INIT. RangeError unless it may have 1 byte or more. */
	constructor(name: string, bytesMax: number, options: SettingOptions = {}) {
		if (!(bytesMax >= 1)) throw new RangeError('Setting "' + name + '": 1 byte or more, got ' + bytesMax);
		this.name = name;
		this.bytes = new Uint8Array(bytesMax);
		this.secret = options.secret === true;
		this.fixed = options.fixed === true;
	}

	/** A number that is kept as bytes, the lowest first. */
	get number(): number {
		let value = 0;
		for (let i = this.length - 1; i >= 0; i--) value = value * 256 + this.bytes[i];
		return value;
	}
}

/** What is to happen with all of them. */
export interface SettingsOptions {
	/** Takes what was set into use. Each gives whether it has succeeded. */
	commit?: () => boolean;
	/** Reads them from where they are kept. */
	load?: () => boolean;
	/** Keeps them. */
	save?: () => boolean;
}

/** The settings group. Made at start-up. */
export class SettingsGroup extends SmpGroup {
	readonly id = 3;
	private readonly settings: readonly Setting[];
	private readonly commit: (() => boolean) | undefined;
	private readonly load: (() => boolean) | undefined;
	private readonly save: (() => boolean) | undefined;

	/** INIT */
	constructor(settings: readonly Setting[], options: SettingsOptions = {}) {
		super();
		this.settings = settings;
		this.commit = options.commit;
		this.load = options.load;
		this.save = options.save;
	}

	handle(command: Command): number {
		const { id, writes } = command;
		if (id === COMMIT) return writes ? called(this.commit) : SMP_NOT_SUPPORTED;
		if (id === LOAD_SAVE) return called(writes ? this.save : this.load);
		if (id !== VALUE && !(id === DELETE && writes)) return SMP_NOT_SUPPORTED;
		const { request } = command;
		const keeps = id === VALUE && writes && request.find("save") && request.truth() === 1;
		if (!request.find("name")) return keeps ? called(this.save) : SMP_INVALID;
		if (!request.text()) return SMP_INVALID;
		const setting = this.named(command);
		if (setting === undefined) return groupError(KEY_NOT_FOUND);
		if (id === VALUE && !writes) return read(command, setting);
		if (id === VALUE) {
			const status = write(command, setting);
			return keeps && status === SMP_OK ? called(this.save) : status;
		}
		if (setting.fixed) return groupError(DELETE_NOT_SUPPORTED);
		setting.length = 0;
		return SMP_OK;
	}

	override inVersion1(code: number): number {
		if (code === KEY_NOT_FOUND) return SMP_NO_ENTRY;
		return code >= READ_NOT_SUPPORTED && code <= DELETE_NOT_SUPPORTED ? SMP_NOT_SUPPORTED : SMP_UNKNOWN;
	}

	private named({ request }: Command): Setting | undefined {
		const { settings } = this;
		for (let i = 0; i < settings.length; i++) if (request.is(settings[i].name)) return settings[i];
		return undefined;
	}
}

function called(function_: (() => boolean) | undefined): number {
	if (function_ === undefined) return SMP_NOT_SUPPORTED;
	return function_() ? SMP_OK : SMP_UNKNOWN;
}

function read({ request, reply }: Command, setting: Setting): number {
	if (setting.secret) return groupError(READ_NOT_SUPPORTED);
	const limit = request.find("max_size") ? request.unsigned() : setting.length;
	if (limit < 0) return SMP_INVALID;
	reply.text("val");
	reply.byteString(setting.bytes, 0, Math.min(limit, setting.length));
	return SMP_OK;
}

function write({ request }: Command, setting: Setting): number {
	if (setting.fixed) return groupError(WRITE_NOT_SUPPORTED);
	// mcumgr sends what was typed, as a text.
	if (!request.find("val") || !(request.byteString() || (request.find("val") && request.text()))) return SMP_INVALID;
	const length = request.end - request.start;
	if (length > setting.bytes.length) return SMP_INVALID;
	for (let i = 0; i < length; i++) setting.bytes[i] = request.bytes[request.start + i];
	setting.length = length;
	return SMP_OK;
}
