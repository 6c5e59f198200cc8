/**
 * Who may give commands that change something (`Access`, src/smp/image-store.ts). Closed by default: each of these is closed until
 * somebody has shown that he may, and for a limited time. docs/SECURITY.md says against whom this helps.
 */
import { signatureCheck, timerClear, timerNew, timerPoll, timerStart } from "#hal";
import type { Access } from "../smp/image-store.ts";
import { PENDING } from "../status.ts";
import { keyOf } from "./keys.ts";

/** Nobody: for devices whose images change by other means. */
export const closed: Access = {
	unlocked: () => false,
};

/** The task that a timer wakes when nobody waits for it: the id of none. */
const NOBODY = 0x7fffffff;

/** Open for a time: what a task calls `open` for when it has seen a button, or whatever shows that somebody is at the device. */
export class TimedAccess implements Access {
	private readonly timer: number = timerNew();
	private readonly ms: number;
	private isOpen = false;

	/** INIT. Throws RangeError unless `ms` is above 0 and at most a day. */
	constructor(ms: number) {
		if (!(ms > 0 && ms <= 86_400_000)) throw new RangeError("access: open for 1 ms to a day, not " + ms);
		this.ms = ms;
	}

	/** Open from now on for the time; again: for the whole time once more. Task context. */
	open(): void {
		this.isOpen = true;
		timerStart(this.timer, this.ms);
		timerPoll(this.timer, NOBODY); // only a look puts it into the wheel
	}

	/** Closed at once. Task context. */
	close(): void {
		this.isOpen = false;
		timerClear(this.timer);
	}

	unlocked(): boolean {
		if (this.isOpen && timerPoll(this.timer, NOBODY) !== PENDING) this.isOpen = false; // it has fired
		return this.isOpen;
	}
}

/** Of a challenge, which is random. */
export const CHALLENGE_BYTES = 32;
const SIGNATURE_BYTES = 64;
const PURPOSE = "stator unlock:";
const PURPOSE_BYTES = 14;

/**
 * Open for a time to whoever signs a challenge with the key. A challenge is good for one answer, right or wrong. What `fill` gives must not
 * be foreseen and must not come again, else an answer that was recorded opens once more: from the chip's random number generator.
 */
export class ChallengeAccess extends TimedAccess {
	private readonly key: Uint8Array;
	private readonly fill: (bytes: Uint8Array) => void;
	private readonly nonce = new Uint8Array(CHALLENGE_BYTES);
	/** What is signed: a purpose and the challenge, so that the key's signatures of other things open nothing. */
	private readonly message = new Uint8Array(PURPOSE_BYTES + CHALLENGE_BYTES);
	private isAsked = false;

	/** INIT. `key`: Ed25519 public key, 64 hexadecimal digits. Throws RangeError for what is none. */
	constructor(ms: number, key: string, fill: (bytes: Uint8Array) => void) {
		super(ms);
		this.key = keyOf(key);
		this.fill = fill;
		for (let i = 0; i < PURPOSE_BYTES; i++) this.message[i] = PURPOSE.charCodeAt(i);
	}

	/** A new challenge, into 32 bytes; the one before is void. Task context. */
	ask(into: Uint8Array): void {
		this.fill(this.nonce);
		for (let i = 0; i < CHALLENGE_BYTES; i++) into[i] = this.nonce[i];
		this.message.set(this.nonce, PURPOSE_BYTES);
		this.isAsked = true;
	}

	/** Opens when the 64 bytes are the key's signature of "stator unlock:" and the challenge; whether it did. One long turn. Task context. */
	answer(signature: Uint8Array): boolean {
		if (!this.isAsked || signature.length < SIGNATURE_BYTES) return false;
		this.isAsked = false;
		if (!signatureCheck(signature, this.key, this.message)) return false;
		this.open();
		return true;
	}
}
