/**
 * Firmware images in two areas of flash, for a boot loader of MCUboot's kind: area 0 runs, area 1 takes an upload. It is what the SMP
 * server's image group works on (src/smp/image-store.ts), and can be used without a server.
 *
 * What it holds to: area 0 is never written to but for the byte that confirms it, so that whatever is cut short the running image stays
 * bootable; nothing is marked for a start that has not been verified, hash and signature, in the very flash; and a version does not go
 * back unless `allowDowngrade`.
 *
 * One call is under way at a time. Its wait does a turn's work in each poll and wakes its task for the next.
 */
import { flashBytes, flashErase, flashOpen, flashRead, flashSectorEnd, type TaskId, wake } from "#hal";
import { Leaf } from "../leaf.ts";
import {
	HASH_BYTES,
	IMAGE_ALREADY_PENDING,
	IMAGE_CONFIRMATION_DENIED,
	IMAGE_CURRENT_VERSION_IS_NEWER,
	IMAGE_DATA_OVERRUN,
	IMAGE_FLASH_ERASE_FAILED,
	IMAGE_FLASH_OPEN_FAILED,
	IMAGE_FLASH_READ_FAILED,
	IMAGE_HASH_NOT_FOUND,
	IMAGE_INVALID_HEADER,
	IMAGE_INVALID_LENGTH,
	IMAGE_INVALID_OFFSET,
	IMAGE_INVALID_SLOT,
	IMAGE_NO_FREE_SLOT,
	IMAGE_NO_IMAGE,
	IMAGE_OK,
	IMAGE_TEST_TO_ACTIVE_DENIED,
	IMAGE_TOO_LARGE,
	IMAGE_UNKNOWN,
	type ImageStore,
	type SlotState,
} from "../smp/image-store.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { sameBytes } from "./bytes.ts";
import { HEADER_BYTES, ImageHeader } from "./header.ts";
import { Tlvs } from "./tlvs.ts";
import { BOOT_NONE, BOOT_PERMANENT, BOOT_REVERT, BOOT_TEST, Trailers } from "./trailer.ts";
import { type Swap, Upload } from "./upload.ts";
import { MORE, Verifier } from "./verifier.ts";

const AREAS = 2;
const RUNNING = 0;
const NEXT = 1;

/** What the call under way does next. */
const IDLE = 0;
const PREPARING = 1;
const TAKING = 2;
const VERIFYING_UPLOAD = 3;
const VERIFYING_MARK = 4;
const ERASING = 5;

/** How a store is made. */
export interface ImageOptions {
	/** Ed25519 public keys, 64 hexadecimal digits each: an image must be signed by one of them. */
	readonly keys: readonly string[];
	/** An older version than the running one is taken, too. Default: it is refused. */
	readonly allowDowngrade?: boolean;
	/** How the boot loader exchanges the areas. Default: by a scratch area, or it overwrites. */
	readonly swap?: Swap;
	/** On Linux: the file that stands for flash. Default "images.bin". */
	readonly file?: string;
	/** On Linux: bytes of each area, a multiple of 4096. Default 1 MB. */
	readonly areaBytes?: number;
}

/** The outcome of a call, awaited. The store makes it once. */
class StoreWait extends Leaf<number> {
	private readonly store: FlashImages;
	private status = MORE;

	constructor(store: FlashImages) {
		super();
		this.store = store;
	}

	start(status: number): this {
		this.status = status;
		return this;
	}

	poll(waker: TaskId): Poll {
		if (this.status === MORE) this.status = this.store.step();
		if (this.status !== MORE) return READY;
		wake(waker);
		return PENDING;
	}

	take(): number {
		return this.status;
	}

	drop(): void {
		if (this.status === MORE) this.store.giveUp();
		this.status = IMAGE_UNKNOWN;
	}
}

/** The store over the platform's flash. One in a program. */
export class FlashImages implements ImageStore {
	readonly slots = AREAS;
	private readonly allowsDowngrade: boolean;
	private readonly opened: boolean;
	private readonly verifier: Verifier;
	private readonly trailers = new Trailers();
	private readonly upload: Upload;
	private readonly wait: StoreWait = new StoreWait(this);
	private readonly header = new ImageHeader();
	private readonly running = new ImageHeader();
	private readonly tlvs = new Tlvs();
	private readonly first = new Uint8Array(HEADER_BYTES);
	private readonly hash = new Uint8Array(HASH_BYTES);
	/** Where in area 1 the image is that was looked at last. */
	private base = 0;
	private job = IDLE;
	/** Of the call under way: what was given to it, and how far it is. */
	private bytes: Uint8Array = this.first;
	private start = 0;
	private stop = 0;
	private permanent = false;
	private at = 0;

	/** INIT. Throws RangeError for keys that are none; where there is no flash every call says IMAGE_FLASH_OPEN_FAILED. */
	constructor(options: ImageOptions) {
		const { keys, allowDowngrade = false, swap = "scratch", file = "images.bin", areaBytes = 0x100000 } = options;
		this.allowsDowngrade = allowDowngrade;
		this.upload = new Upload(swap);
		this.verifier = new Verifier(keys);
		this.opened = flashOpen(file, areaBytes) === 0;
	}

	get offset(): number {
		return this.upload.offset;
	}

	get size(): number {
		return this.upload.size;
	}

	/** What lies in an area, as the boot loader sees it: header, trailers, hash as it stands there. Not verified. */
	state(slot: number, into: SlotState): number {
		if (!this.opened) return IMAGE_FLASH_OPEN_FAILED;
		if (slot !== RUNNING && slot !== NEXT) return IMAGE_INVALID_SLOT;
		const { header } = this;
		const status = this.trailers.read();
		if (status !== IMAGE_OK) return status;
		if ((slot === RUNNING ? this.look(slot, 0, into.hash) : this.lookNext(into.hash)) !== IMAGE_OK)
			return IMAGE_NO_IMAGE;
		const { decision } = this.trailers;
		into.major = header.major;
		into.minor = header.minor;
		into.revision = header.revision;
		into.build = header.build;
		into.bootable = header.bootable;
		into.active = slot === RUNNING;
		into.confirmed = slot === RUNNING ? decision !== BOOT_REVERT : decision === BOOT_REVERT;
		into.pending = slot === NEXT && (decision === BOOT_TEST || decision === BOOT_PERMANENT);
		into.permanent = slot === NEXT && decision === BOOT_PERMANENT;
		return IMAGE_OK;
	}

	begin(size: number, sha: Uint8Array, shaLength: number, upgradeOnly: boolean): Leaf<number> {
		const { upload } = this;
		if (!this.opened) return this.wait.start(IMAGE_FLASH_OPEN_FAILED);
		if (upload.isSame(size, sha, shaLength)) return this.wait.start(IMAGE_OK);
		if (!(size > HEADER_BYTES)) return this.wait.start(IMAGE_INVALID_LENGTH);
		if (size > upload.room) return this.wait.start(IMAGE_TOO_LARGE);
		const free = this.isFree();
		if (free !== IMAGE_OK) return this.wait.start(free);
		upload.begin(size, sha, shaLength, upgradeOnly);
		return this.work(PREPARING);
	}

	write(bytes: Uint8Array, start: number, end: number, at: number): Leaf<number> {
		const { upload } = this;
		if (upload.size === 0 || at !== upload.offset) return this.wait.start(IMAGE_INVALID_OFFSET);
		if (at + end - start > upload.size) return this.wait.start(IMAGE_DATA_OVERRUN);
		this.bytes = bytes;
		this.start = start;
		this.stop = end;
		return this.work(TAKING);
	}

	finish(): Leaf<number> {
		const { upload } = this;
		if (upload.size === 0 || upload.offset !== upload.size) {
			upload.end();
			return this.wait.start(IMAGE_INVALID_LENGTH);
		}
		let status = upload.flush();
		if (status === IMAGE_OK) status = this.verifier.start(NEXT, upload.base, upload.header, upload.size);
		if (status !== IMAGE_OK) {
			upload.end();
			return this.wait.start(status);
		}
		return this.work(VERIFYING_UPLOAD);
	}

	setTest(hash: Uint8Array): Leaf<number> {
		return this.mark(hash, false);
	}

	confirm(hash: Uint8Array | undefined): Leaf<number> {
		return hash === undefined ? this.wait.start(this.confirmRunning()) : this.mark(hash, true);
	}

	erase(slot: number): Leaf<number> {
		if (!this.opened) return this.wait.start(IMAGE_FLASH_OPEN_FAILED);
		if (slot === RUNNING) return this.wait.start(IMAGE_NO_FREE_SLOT);
		if (slot !== NEXT) return this.wait.start(IMAGE_INVALID_SLOT);
		const free = this.isFree();
		if (free !== IMAGE_OK) return this.wait.start(free);
		this.upload.end();
		this.at = 0;
		return this.work(ERASING);
	}

	/** A turn of the call under way: MORE, or its outcome. By its wait. */
	step(): number {
		const status = this.turn();
		if (status !== MORE) this.job = IDLE;
		return status;
	}

	/** The wait has been given up: what was half done is not gone on with. By its wait. */
	giveUp(): void {
		if (this.job === PREPARING || this.job === TAKING || this.job === VERIFYING_UPLOAD) this.upload.end();
		this.job = IDLE;
	}

	private work(job: number): Leaf<number> {
		this.job = job;
		return this.wait.start(MORE);
	}

	private turn(): number {
		switch (this.job) {
			case PREPARING:
				return this.ended(this.upload.prepare());
			case TAKING:
				return this.ended(this.takeBytes());
			case VERIFYING_UPLOAD:
				return this.finishUpload();
			case VERIFYING_MARK:
				return this.finishMark();
			case ERASING:
				return this.eraseSector();
			default:
				return IMAGE_UNKNOWN;
		}
	}

	/** An upload that cannot go on has ended. */
	private ended(status: number): number {
		if (status !== MORE && status !== IMAGE_OK) this.upload.end();
		return status;
	}

	private takeBytes(): number {
		const { upload } = this;
		const end = upload.offset + this.stop - this.start;
		const reached = upload.reach(end);
		if (reached !== IMAGE_OK) return reached;
		const knewHeader = upload.offset >= HEADER_BYTES;
		const status = upload.take(this.bytes, this.start, this.stop);
		if (status !== IMAGE_OK || knewHeader || upload.offset < HEADER_BYTES) return status;
		// The header is complete: what cannot become an image is refused here, not after the whole of it.
		const wrong = this.header.read(upload.header, upload.size);
		if (wrong !== IMAGE_OK) return wrong;
		return this.versionStatus(this.header, upload.upgradeOnly);
	}

	private finishUpload(): number {
		const { upload, verifier } = this;
		let status = verifier.step();
		if (status === MORE) return MORE;
		if (status === IMAGE_OK) status = this.versionStatus(verifier.header, upload.upgradeOnly);
		if (status === IMAGE_OK) status = upload.commit();
		upload.end();
		return status;
	}

	private mark(hash: Uint8Array, permanent: boolean): Leaf<number> {
		if (!this.opened) return this.wait.start(IMAGE_FLASH_OPEN_FAILED);
		const { upload } = this;
		const status = this.trailers.read();
		if (status !== IMAGE_OK) return this.wait.start(status);
		if (this.look(RUNNING, 0, this.hash) === IMAGE_OK && sameBytes(hash, this.hash, HASH_BYTES))
			return this.wait.start(permanent ? this.confirmRunning() : IMAGE_TEST_TO_ACTIVE_DENIED);
		if (this.lookNext(this.hash) !== IMAGE_OK || !sameBytes(hash, this.hash, HASH_BYTES))
			return this.wait.start(IMAGE_HASH_NOT_FOUND);
		const { decision } = this.trailers;
		if (decision === BOOT_REVERT) return this.wait.start(IMAGE_NO_FREE_SLOT);
		if (decision === BOOT_PERMANENT || (decision === BOOT_TEST && !permanent))
			return this.wait.start(IMAGE_ALREADY_PENDING);
		if (!this.header.bootable) return this.wait.start(IMAGE_INVALID_HEADER);
		if (this.base !== upload.base) return this.wait.start(IMAGE_INVALID_OFFSET);
		const wrong = this.verifier.start(NEXT, upload.base, this.first, upload.room);
		if (wrong !== IMAGE_OK) return this.wait.start(wrong);
		this.permanent = permanent;
		return this.work(VERIFYING_MARK);
	}

	private finishMark(): number {
		let status = this.verifier.step();
		if (status === MORE) return MORE;
		if (status === IMAGE_OK) status = this.versionStatus(this.verifier.header, false);
		if (status === IMAGE_OK) status = this.trailers.read();
		return status === IMAGE_OK ? this.trailers.mark(this.permanent) : status;
	}

	private confirmRunning(): number {
		if (!this.opened) return IMAGE_FLASH_OPEN_FAILED;
		const status = this.trailers.read();
		if (status !== IMAGE_OK) return status;
		const { decision } = this.trailers;
		// What would be confirmed is not what runs next.
		if (decision === BOOT_TEST || decision === BOOT_PERMANENT) return IMAGE_CONFIRMATION_DENIED;
		return this.trailers.confirm();
	}

	private eraseSector(): number {
		if (this.at >= flashBytes()) return IMAGE_OK;
		const next = flashSectorEnd(NEXT, this.at);
		if (flashErase(NEXT, this.at) !== 0) return IMAGE_FLASH_ERASE_FAILED;
		this.at = next;
		return MORE;
	}

	/** IMAGE_OK when area 1 may be written to: nothing there is needed by the next start. */
	private isFree(): number {
		const status = this.trailers.read();
		if (status !== IMAGE_OK) return status;
		return this.trailers.decision === BOOT_NONE ? IMAGE_OK : IMAGE_NO_FREE_SLOT;
	}

	/** `look` at area 1. With an offset a boot loader leaves there what ran before at the area's beginning. After `trailers.read`. */
	private lookNext(hash: Uint8Array): number {
		const { base } = this.upload;
		this.base = this.trailers.decision === BOOT_REVERT ? 0 : base;
		const status = this.look(NEXT, this.base, hash);
		if (status === IMAGE_OK || this.base === 0) return status;
		this.base = 0;
		return this.look(NEXT, 0, hash);
	}

	/** Reads the header at a place of an area and where its trailers are, and the hash that stands there. IMAGE_OK or why it is no image. */
	private look(area: number, base: number, hash: Uint8Array): number {
		const { room } = this.upload;
		if (flashRead(area, base, this.first, 0, HEADER_BYTES) !== 0) return IMAGE_FLASH_READ_FAILED;
		const status = this.header.read(this.first, room);
		if (status !== IMAGE_OK) return status;
		const trailers = this.tlvs.scan(area, base, this.header, room);
		if (trailers !== IMAGE_OK) return trailers;
		return flashRead(area, this.tlvs.hashAt, hash, 0, HASH_BYTES) === 0 ? IMAGE_OK : IMAGE_FLASH_READ_FAILED;
	}

	/** Whether a version may follow the running one. Where nothing runs from area 0 any may. */
	private versionStatus(header: ImageHeader, upgradeOnly: boolean): number {
		if (flashRead(RUNNING, 0, this.first, 0, HEADER_BYTES) !== 0) return IMAGE_FLASH_READ_FAILED;
		if (this.running.read(this.first, this.upload.room) !== IMAGE_OK) return IMAGE_OK;
		const order = header.compareVersion(this.running);
		if (upgradeOnly ? order <= 0 : order < 0 && !this.allowsDowngrade) return IMAGE_CURRENT_VERSION_IS_NEWER;
		return IMAGE_OK;
	}
}
