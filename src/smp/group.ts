/** What the server's groups are made of: commands, as the server hands them over. */
import type { Leaf } from "../leaf.ts";
import type { CborReader } from "./cbor-reader.ts";
import type { CborWriter } from "./cbor-writer.ts";
import { SMP_UNKNOWN } from "./errors.ts";
import type { Access } from "./image-store.ts";

/** A request under way. There is one for each server. */
export interface Command {
	/** Its number in the group. */
	id: number;
	/** It changes something: op WRITE; else READ. */
	writes: boolean;
	/** It is of version 1 of the protocol, whose clients know some keys by other names. */
	isVersion1: boolean;
	/** The request's content. */
	readonly request: CborReader;
	/** The reply's, inside the map that the server opens and closes. */
	readonly reply: CborWriter;
	/** The longest request that the server takes, with its header. */
	readonly bufferBytes: number;
	/** What the server waits for after SMP_WAIT. */
	wait: Leaf<number>;
	/** Who may change something; undefined: nobody. */
	readonly access: Access | undefined;
	/** Commands that only read need an unlock, too. */
	readonly closedReads: boolean;
	/** Once the reply has been sent, the program begins anew. */
	restarts: boolean;
}

/** A group of commands. Extend it for one of your own, with an id from 64 on. */
export abstract class SmpGroup {
	/** Its number in requests. */
	abstract readonly id: number;

	/**
	 * Carries a command out: reads `command.request`, writes `command.reply`. SMP_OK, an error (errors.ts), or SMP_WAIT after `command.wait` was
	 * set: then `resume` is called with what that yielded. Nothing in it may allocate.
	 */
	abstract handle(command: Command): number;

	/** Goes on with a command; as `handle`. */
	resume(_command: Command, _status: number): number {
		return SMP_UNKNOWN;
	}

	/** Whether a command that writes changes nothing, so that it needs no unlock; or it looks at that by itself. */
	isHarmless(_command: Command): boolean {
		return false;
	}

	/** Writes what a reply of version 1 has beside the error's `rc`. The request can be read. */
	beside(_command: Command): void {}

	/** What one of the group's errors is in version 1 of the protocol. */
	inVersion1(_code: number): number {
		return SMP_UNKNOWN;
	}
}
