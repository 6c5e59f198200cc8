/** Mutex, Semaphore, RwLock, OnceCell and Barrier against their models. */
import type { MutexGuard, Permit, ReadGuard, WriteGuard } from "stator";
import { agrees, Model, WORKERS } from "./rig.ts";

const all = (): boolean => true;
const each = <T>(make: () => T): T[] => Array.from({ length: WORKERS }, make);

class MutexModel extends Model {
	locked = false;
	queue: number[] = [];

	start(_kind: string, worker: number): void {
		if (this.locked) this.queue.push(worker);
		else {
			this.locked = true;
			this.finish(worker, "guard");
		}
	}

	drop(worker: number): void {
		this.queue = this.queue.filter((other) => other !== worker);
	}

	call(kind: string): unknown {
		if (kind === "tryLock") {
			if (this.locked) return false;
			this.locked = true;
			return true;
		}
		if (!this.locked) return "throws";
		const next = this.queue.shift();
		if (next === undefined) this.locked = false;
		else this.finish(next, "guard");
		return true;
	}
}

agrees({
	name: "Mutex",
	waits: { lock: all },
	calls: ["tryLock", "unlock", "unlock"],
	model: () => new MutexModel(),
	real(stator) {
		const mutex = new stator.Mutex<string>("guard");
		const locks = each(() => new stator.Lock<string>());
		return {
			start: (_kind, worker) => locks[worker].start(mutex),
			call(kind) {
				if (kind === "tryLock") return mutex.tryLock() !== undefined;
				try {
					mutex.guard.release();
					return true;
				} catch (error) {
					return error instanceof TypeError ? "throws" : error;
				}
			},
			lists: () => [mutex.waiting],
			shown: (value) => (value as MutexGuard<string>).value,
		};
	},
});

class SemaphoreModel extends Model {
	available: number;
	queue: { worker: number; count: number }[] = [];

	constructor(size: number) {
		super();
		this.available = size;
	}

	grant(): void {
		while (this.queue.length > 0 && this.queue[0].count <= this.available) {
			const { worker, count } = this.queue.shift() as { worker: number; count: number };
			this.available -= count;
			this.finish(worker);
		}
	}

	start(kind: string, worker: number, arg: number): void {
		this.queue.push({ worker, count: kind === "acquire" ? 1 : arg % 4 });
		this.grant();
	}

	drop(worker: number): void {
		this.queue = this.queue.filter((other) => other.worker !== worker);
		this.grant();
	}

	call(kind: string, arg: number): unknown {
		const count = arg % 3;
		if (kind === "tryAcquire") {
			if (this.queue.length > 0 || count > this.available) return false;
			this.available -= count;
			return true;
		}
		this.available += count;
		this.grant();
		return undefined;
	}
}

agrees({
	name: "Semaphore",
	waits: { acquire: all, acquireMany: all },
	calls: ["tryAcquire", "release", "release"],
	model: (size) => new SemaphoreModel(size),
	real(stator, size) {
		const semaphore = new stator.Semaphore(size);
		const one = each(() => new stator.Acquire());
		const many = each(() => new stator.AcquireMany());
		return {
			start: (kind, worker, arg) =>
				kind === "acquire" ? one[worker].start(semaphore) : many[worker].start(semaphore, arg % 4),
			call: (kind, arg) => (kind === "tryAcquire" ? semaphore.tryAcquire(arg % 3) : semaphore.release(arg % 3)),
			lists: () => [semaphore.waiting],
			shown(value) {
				if (value !== undefined && (value as Permit) !== semaphore.permit) throw new Error("another permit");
				return undefined;
			},
		};
	},
});

class RwLockModel extends Model {
	holders = 0;
	queue: { worker: number; writes: boolean }[] = [];

	fits(writes: boolean): boolean {
		return writes ? this.holders === 0 : this.holders >= 0;
	}

	grant(): void {
		while (this.queue.length > 0 && this.fits(this.queue[0].writes)) {
			const { worker, writes } = this.queue.shift() as { worker: number; writes: boolean };
			this.holders = writes ? -1 : this.holders + 1;
			this.finish(worker, writes ? "write" : "read");
		}
	}

	start(kind: string, worker: number): void {
		this.queue.push({ worker, writes: kind === "write" });
		this.grant();
	}

	drop(worker: number): void {
		this.queue = this.queue.filter((other) => other.worker !== worker);
		this.grant();
	}

	call(kind: string): unknown {
		if (kind === "leave") {
			if (this.holders === 0) return "throws";
			this.holders = this.holders < 0 ? 0 : this.holders - 1;
			this.grant();
			return true;
		}
		const writes = kind === "tryWrite";
		if (this.queue.length > 0 || !this.fits(writes)) return false;
		this.holders = writes ? -1 : this.holders + 1;
		return true;
	}
}

agrees({
	name: "RwLock",
	waits: { read: all, write: all },
	calls: ["tryRead", "tryWrite", "leave", "leave", "leave"],
	model: () => new RwLockModel(),
	real(stator) {
		const lock = new stator.RwLock<number>(7);
		const reads = each(() => new stator.ReadLock<number>());
		const writes = each(() => new stator.WriteLock<number>());
		return {
			start: (kind, worker) => (kind === "read" ? reads[worker].start(lock) : writes[worker].start(lock)),
			call(kind) {
				if (kind === "tryRead") return lock.tryRead() !== undefined;
				if (kind === "tryWrite") return lock.tryWrite() !== undefined;
				try {
					if (lock.holders < 0) lock.writeGuard.release();
					else lock.readGuard.release();
					return true;
				} catch (error) {
					return error instanceof TypeError ? "throws" : error;
				}
			},
			lists: () => [lock.waiting],
			shown: (value) =>
				(value as ReadGuard<number> | WriteGuard<number>).value === 7 && value === lock.writeGuard ? "write" : "read",
		};
	},
});

class OnceCellModel extends Model {
	value: number | undefined;

	start(_kind: string, worker: number): void {
		if (this.value !== undefined) this.finish(worker, this.value);
	}

	drop(): void {}

	call(kind: string, arg: number): unknown {
		if (kind === "get") return this.value;
		if (this.value !== undefined) return false;
		if (arg > 0) return "not now"; // rarely, or every run would be set at once
		this.value = 5;
		for (const worker of [...this.waiting]) this.finish(worker, 5);
		return true;
	}
}

agrees({
	name: "OnceCell",
	waits: { wait: all },
	calls: ["set", "get"],
	model: () => new OnceCellModel(),
	real(stator) {
		const cell = new stator.OnceCell<number>();
		const waits = each(() => new stator.OnceWait<number>());
		return {
			start: (_kind, worker) => waits[worker].start(cell),
			call: (kind, arg) => (kind === "get" ? cell.value : cell.isSet || arg === 0 ? cell.set(5) : "not now"),
			lists: () => [cell.waiting],
		};
	},
});

class BarrierModel extends Model {
	readonly parties: number;
	arrived: number[] = [];

	constructor(size: number) {
		super();
		this.parties = size;
	}

	start(_kind: string, worker: number): void {
		this.arrived.push(worker);
		if (this.arrived.length < this.parties) return;
		for (const other of this.arrived) this.finish(other, other === worker);
		this.arrived = [];
	}

	drop(worker: number): void {
		this.arrived = this.arrived.filter((other) => other !== worker);
	}

	call(): unknown {
		return this.arrived.length;
	}
}

agrees({
	name: "Barrier",
	waits: { wait: all },
	calls: ["arrived"],
	model: (size) => new BarrierModel(size),
	real(stator, size) {
		const barrier = new stator.Barrier(size);
		const waits = each(() => new stator.BarrierWait());
		return {
			start: (_kind, worker) => waits[worker].start(barrier),
			call: () => barrier.arrived,
			lists: () => [barrier.waiting],
		};
	},
});
