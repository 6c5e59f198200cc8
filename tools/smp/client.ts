/** A client of SMP, version 2: one request at a time over a line. CBOR is cborg's. */
import { decode, encode } from "cborg";
import { UserError } from "../report.ts";
import type { Line } from "./line.ts";

const HEADER_BYTES = 8;
const VERSION_2 = 1 << 3;
const OPERATION = 7;
const READ = 0;

/** What an error of the protocol means (a reply's `rc`). */
const ERRORS: Record<number, string> = {
	1: "unknown error",
	2: "not enough memory",
	3: "the request makes no sense to it",
	4: "it took too long",
	5: "there is no such thing",
	6: "not in this state",
	7: "the reply does not fit",
	8: "it does not support this",
	9: "the request came broken",
	10: "it is busy",
	11: "it needs an unlock",
};

export interface ClientOptions {
	/** How long an answer may take. */
	timeoutMs: number;
	/** How often a request is sent again. */
	retries: number;
}

interface Waiting {
	sequence: number;
	settle: (message: Buffer) => void;
	fail: (error: Error) => void;
}

/** An answer that says no. */
export class SmpError extends UserError {
	/** The error of the protocol, or of the group. */
	readonly code: number;

	constructor(message: string, code: number, hint?: string) {
		super(message, hint);
		this.code = code;
	}
}

export class SmpClient {
	private readonly line: Line;
	private readonly options: ClientOptions;
	private sequence = 0;
	private waiting: Waiting | undefined;
	private ended: Error | undefined;

	constructor(line: Line, options: ClientOptions) {
		this.line = line;
		this.options = options;
		line.onMessage = (message) => this.take(message);
		line.onEnd = (error) => {
			this.ended = error;
			this.waiting?.fail(error);
		};
	}

	/** Reads: the reply as an object. */
	async read(group: number, id: number, body: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
		for (let turn = 0; ; turn++) {
			const reply = await this.once(group, id, body);
			if (reply !== undefined) return this.judge(group, id, reply);
			if (turn === this.options.retries)
				throw new UserError(
					this.line.name + " does not answer (" + (turn + 1) + " requests of " + this.options.timeoutMs / 1000 + " s)",
					"does the program run, and does it serve SMP on this line? docs/command-line.md says how",
				);
		}
	}

	private judge(group: number, id: number, reply: Record<string, unknown>): Record<string, unknown> {
		const error = reply.err as { group: number; rc: number } | undefined;
		const code = error?.rc ?? (typeof reply.rc === "number" ? reply.rc : 0);
		if (code === 0) return reply;
		const what = error === undefined ? (ERRORS[code] ?? "error " + code) : "error " + code + " of group " + error.group;
		throw new SmpError(
			this.line.name + " refuses command " + id + " of group " + group + ": " + what,
			code,
			code === 8 && error === undefined ? "give its server this group (docs/reference)" : undefined,
		);
	}

	/** Undefined: no answer in time. */
	private once(group: number, id: number, body: Record<string, unknown>): Promise<Record<string, unknown> | undefined> {
		if (this.ended !== undefined) return Promise.reject(this.ended);
		const payload = encode(body);
		const message = Buffer.alloc(HEADER_BYTES + payload.length);
		const sequence = (this.sequence = (this.sequence + 1) & 0xff);
		message[0] = VERSION_2 | READ;
		message.writeUInt16BE(payload.length, 2);
		message.writeUInt16BE(group, 4);
		message[6] = sequence;
		message[7] = id;
		message.set(payload, HEADER_BYTES);
		return new Promise((resolve, reject) => {
			const finish = (then: () => void): void => {
				clearTimeout(timer);
				this.waiting = undefined;
				then();
			};
			const timer = setTimeout(() => finish(() => resolve(undefined)), this.options.timeoutMs);
			this.waiting = {
				sequence,
				settle: (reply) => {
					if (reply.readUInt16BE(4) !== group || reply[7] !== id) return;
					finish(() => {
						try {
							resolve(decode(reply.subarray(HEADER_BYTES)));
						} catch {
							reject(new UserError(this.line.name + " answers with what is no CBOR", "is it an SMP server?"));
						}
					});
				},
				fail: (error) => finish(() => reject(error)),
			};
			this.line.send(message);
		});
	}

	private take(message: Buffer): void {
		if (message.length < HEADER_BYTES || message.length < HEADER_BYTES + message.readUInt16BE(2)) return;
		if ((message[0] & OPERATION) !== READ + 1 || message[6] !== this.waiting?.sequence) return;
		this.waiting.settle(message.subarray(0, HEADER_BYTES + message.readUInt16BE(2)));
	}
}
