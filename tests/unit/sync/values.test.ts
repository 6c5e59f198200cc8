/** Signal, Watch, Channel, PriorityChannel, ZeroCopyChannel, PubSub and Pipe against their models. */
import { agrees, Model, WORKERS } from "./rig.ts";

const all = (): boolean => true;
const each = <T>(make: (worker: number) => T): T[] => Array.from({ length: WORKERS }, (_, worker) => make(worker));

class SignalModel extends Model {
	value: number | undefined;
	queue: number[] = [];

	start(_kind: string, worker: number): void {
		if (this.value === undefined) this.queue.push(worker);
		else {
			this.finish(worker, this.value);
			this.value = undefined;
		}
	}

	drop(worker: number): void {
		this.queue = this.queue.filter((other) => other !== worker);
	}

	call(kind: string, arg: number): unknown {
		if (kind === "reset") {
			this.value = undefined;
			return undefined;
		}
		if (kind === "tryTake") {
			const { value } = this;
			this.value = undefined;
			return value;
		}
		const next = this.queue.shift();
		if (next === undefined) this.value = arg;
		else this.finish(next, arg);
		return undefined;
	}
}

agrees({
	name: "Signal",
	waits: { wait: all },
	calls: ["signal", "signal", "reset", "tryTake"],
	model: () => new SignalModel(),
	real(stator) {
		const signal = new stator.Signal<number>();
		const waits = each(() => new stator.SignalWait<number>());
		return {
			start: (_kind, worker) => waits[worker].start(signal),
			call: (kind, arg) =>
				kind === "signal" ? signal.signal(arg) : kind === "reset" ? signal.reset() : signal.tryTake(),
			lists: () => [signal.waiting],
		};
	},
});

class WatchModel extends Model {
	value = 0;
	version = 0;
	seen = each(() => 0);

	see(worker: number): void {
		this.seen[worker] = this.version;
		this.finish(worker, this.value);
	}

	start(_kind: string, worker: number): void {
		if (this.seen[worker] !== this.version) this.see(worker);
	}

	drop(): void {}

	call(kind: string, arg: number): unknown {
		if (kind === "get") {
			this.seen[arg % WORKERS] = this.version;
			return this.value;
		}
		if (kind === "hasChanged") return this.seen[arg % WORKERS] !== this.version;
		this.value = arg;
		this.version++;
		for (const worker of [...this.waiting]) this.see(worker);
		return undefined;
	}
}

agrees({
	name: "Watch",
	waits: { changed: all },
	calls: ["send", "get", "hasChanged"],
	model: () => new WatchModel(),
	real(stator) {
		const watch = new stator.Watch<number>(0);
		const watchers = each(() => watch.watcher());
		const waits = each(() => new stator.Changed<number>());
		return {
			start: (_kind, worker) => waits[worker].start(watchers[worker]),
			call: (kind, arg) =>
				kind === "send"
					? watch.send(arg)
					: kind === "get"
						? watchers[arg % WORKERS].get()
						: watchers[arg % WORKERS].hasChanged,
			lists: () => [watch.waiting],
		};
	},
});

/** Both channels: what differs is which value leaves first. */
class ChannelModel extends Model {
	readonly capacity: number;
	readonly byPriority: boolean;
	held: number[] = [];
	receivers: number[] = [];
	senders: { worker: number; value: number }[] = [];
	closed = false;

	constructor(capacity: number, byPriority: boolean) {
		super();
		this.capacity = capacity;
		this.byPriority = byPriority;
	}

	put(value: number): void {
		let at = this.held.length;
		if (this.byPriority) while (at > 0 && this.held[at - 1] % 3 > value % 3) at--;
		this.held.splice(at, 0, value);
	}

	settle(): void {
		for (;;) {
			if (this.receivers.length > 0 && (this.held.length > 0 || this.closed))
				this.finish(this.receivers.shift() as number, this.held.shift());
			else if (this.senders.length > 0 && this.closed)
				this.finish((this.senders.shift() as { worker: number }).worker, false);
			else if (this.senders.length > 0 && this.held.length < this.capacity) {
				const { worker, value } = this.senders.shift() as { worker: number; value: number };
				this.put(value);
				this.finish(worker, true);
			} else return;
		}
	}

	start(kind: string, worker: number, arg: number): void {
		if (kind === "send") this.senders.push({ worker, value: arg });
		else this.receivers.push(worker);
		this.settle();
	}

	drop(worker: number): void {
		this.receivers = this.receivers.filter((other) => other !== worker);
		this.senders = this.senders.filter((other) => other.worker !== worker);
	}

	call(kind: string, arg: number): unknown {
		let result: unknown;
		if (kind === "trySend") {
			result = !this.closed && this.held.length < this.capacity;
			if (result) this.put(arg);
		} else if (kind === "tryReceive") result = this.held.shift();
		else if (kind === "close") this.closed ||= arg === 0;
		else result = this.held.length;
		this.settle();
		return result;
	}
}

const channelCalls = ["trySend", "tryReceive", "trySend", "tryReceive", "length", "close"];

agrees({
	name: "Channel",
	waits: { send: all, receive: all },
	calls: channelCalls,
	model: (size) => new ChannelModel(size, false),
	real(stator, size) {
		const channel = new stator.Channel<number, undefined>(size);
		const sends = each(() => new stator.Send<number>());
		const receives = each(() => new stator.Receive<number, undefined>());
		return {
			start: (kind, worker, arg) =>
				kind === "send" ? sends[worker].start(channel, arg) : receives[worker].start(channel),
			call(kind, arg) {
				if (kind === "trySend") return channel.trySend(arg);
				if (kind === "tryReceive") return channel.tryReceive();
				if (kind === "close") return arg === 0 ? channel.close() : undefined;
				return channel.length;
			},
			lists: () => [channel.senders, channel.receivers],
		};
	},
});

agrees({
	name: "PriorityChannel",
	waits: { send: all, receive: all },
	calls: channelCalls,
	model: (size) => new ChannelModel(2 * size, true),
	real(stator, size) {
		const channel = new stator.PriorityChannel<number, undefined>(2 * size);
		const sends = each(() => new stator.PrioritySend<number>());
		const receives = each(() => new stator.Receive<number, undefined>());
		return {
			start: (kind, worker, arg) =>
				kind === "send" ? sends[worker].start(channel, arg, arg % 3) : receives[worker].start(channel),
			call(kind, arg) {
				if (kind === "trySend") return channel.trySend(arg, arg % 3);
				if (kind === "tryReceive") return channel.tryReceive();
				if (kind === "close") return arg === 0 ? channel.close() : undefined;
				return channel.length;
			},
			lists: () => [channel.senders, channel.receivers],
		};
	},
});

class ZeroCopyModel extends Model {
	readonly slots: number;
	filled = 0;
	head = 0;
	sending = false;
	receiving = false;

	constructor(slots: number) {
		super();
		this.slots = slots;
	}

	settle(): void {
		if (this.waiting.has(0) && this.filled < this.slots) {
			this.sending = true;
			this.finish(0, (this.head + this.filled) % this.slots);
		}
		if (this.waiting.has(1) && this.filled > 0) {
			this.receiving = true;
			this.finish(1, this.head);
		}
	}

	start(): void {
		this.settle();
	}

	drop(): void {}

	call(kind: string): unknown {
		if (kind === "sendDone") {
			if (!this.sending) return "throws";
			this.sending = false;
			this.filled++;
		} else if (kind === "receiveDone") {
			if (!this.receiving) return "throws";
			this.receiving = false;
			this.filled--;
			this.head = (this.head + 1) % this.slots;
		}
		this.settle();
		return this.filled;
	}
}

agrees({
	name: "ZeroCopyChannel",
	waits: { send: (worker) => worker === 0, receive: (worker) => worker === 1 },
	calls: ["sendDone", "receiveDone"],
	model: (size) => new ZeroCopyModel(size),
	real(stator, size) {
		const channel = new stator.ZeroCopyChannel(Array.from({ length: size }, (_, slot) => ({ slot })));
		const waits = each(() => new stator.SlotWait<{ slot: number }>());
		return {
			start: (kind, worker) => waits[worker].start(channel, kind === "send"),
			call(kind) {
				try {
					if (kind === "sendDone") channel.sendDone();
					else channel.receiveDone();
					return channel.length;
				} catch (error) {
					return error instanceof TypeError ? "throws" : error;
				}
			},
			lists: () => [channel.senders, channel.receivers],
			shown: (value) => (value as { slot: number }).slot,
		};
	},
});

/** Workers 0 and 1 subscribe, 2 and 3 publish. */
class PubSubModel extends Model {
	readonly capacity: number;
	unread: number[][] = [[], []];
	lagged = [0, 0];
	open = [true, true];
	publishers: { worker: number; value: number }[] = [];

	constructor(capacity: number) {
		super();
		this.capacity = capacity;
	}

	hasRoom(): boolean {
		return this.unread.every((values) => values.length < this.capacity);
	}

	put(value: number): void {
		this.unread.forEach((values, i) => {
			if (this.open[i]) values.push(value);
		});
	}

	settle(): void {
		for (;;) {
			const reader = [0, 1].find((worker) => this.waiting.has(worker) && this.unread[worker].length > 0);
			if (reader !== undefined) this.finish(reader, this.unread[reader].shift());
			else if (this.publishers.length > 0 && this.hasRoom()) {
				const { worker, value } = this.publishers.shift() as { worker: number; value: number };
				this.put(value);
				this.finish(worker);
			} else return;
		}
	}

	start(kind: string, worker: number, arg: number): void {
		if (kind === "publish") this.publishers.push({ worker, value: arg });
		this.settle();
	}

	drop(worker: number): void {
		this.publishers = this.publishers.filter((other) => other.worker !== worker);
	}

	call(kind: string, arg: number): unknown {
		const who = arg % 2;
		let result: unknown;
		if (kind === "tryNext") result = this.unread[who].shift();
		else if (kind === "tryPublish") {
			result = this.hasRoom();
			if (result) this.put(arg);
		} else if (kind === "publishNow") {
			this.unread.forEach((values, i) => {
				if (values.length < this.capacity) return;
				values.shift();
				this.lagged[i]++;
			});
			this.put(arg);
		} else if (kind === "toggle") {
			this.open[who] = !this.open[who];
			if (!this.open[who]) this.unread[who] = [];
		} else result = this.lagged[who];
		this.settle();
		return result;
	}
}

agrees({
	name: "PubSub",
	waits: { next: (worker) => worker < 2, publish: (worker) => worker >= 2 },
	calls: ["tryNext", "tryPublish", "publishNow", "tryNext", "lagged", "toggle"],
	model: (size) => new PubSubModel(size),
	real(stator, size) {
		const pubSub = new stator.PubSub<number>(size);
		const subscribers = [pubSub.subscriber(), pubSub.subscriber()];
		const nexts = each(() => new stator.NextPublished<number>());
		const publishes = each(() => new stator.Publish<number>());
		return {
			start: (kind, worker, arg) =>
				kind === "publish" ? publishes[worker].start(pubSub, arg) : nexts[worker].start(subscribers[worker]),
			call(kind, arg) {
				const who = subscribers[arg % 2];
				if (kind === "tryNext") return who.tryNext();
				if (kind === "tryPublish") return pubSub.tryPublish(arg);
				if (kind === "publishNow") return pubSub.publishNow(arg);
				if (kind === "toggle") return who.open ? who.unsubscribe() : who.subscribe();
				return who.lagged;
			},
			lists: () => [pubSub.readers, pubSub.publishers],
		};
	},
});

/** Worker 0 writes, worker 1 reads. */
class PipeModel extends Model {
	readonly capacity: number;
	held: number[] = [];
	closed = false;
	writing: { bytes: number[]; all: boolean; moved: number } | undefined;
	reading = 0;
	next = 0;

	constructor(capacity: number) {
		super();
		this.capacity = capacity;
	}

	take(count: number): number[] {
		return this.held.splice(0, count);
	}

	put(bytes: number[]): number {
		const moved = this.closed ? 0 : Math.min(bytes.length, this.capacity - this.held.length);
		this.held.push(...bytes.splice(0, moved));
		return moved;
	}

	settle(): void {
		for (;;) {
			const { writing } = this;
			if (writing !== undefined) {
				const moved = this.put(writing.bytes);
				writing.moved += moved;
				if (writing.bytes.length === 0 || this.closed || (!writing.all && writing.moved > 0)) {
					this.writing = undefined;
					this.finish(0, writing.moved);
				}
			}
			if (!this.waiting.has(1) || (this.held.length === 0 && this.reading > 0 && !this.closed)) return;
			this.finish(1, this.take(this.reading));
		}
	}

	start(kind: string, worker: number, arg: number): void {
		if (worker === 0) this.writing = { bytes: this.fresh(arg), all: kind === "writeAll", moved: 0 };
		else this.reading = arg;
		this.settle();
	}

	/** Bytes that tell where in the stream they belong. */
	fresh(count: number): number[] {
		return Array.from({ length: count }, () => this.next++ & 255);
	}

	drop(worker: number): void {
		if (worker === 0) this.writing = undefined;
	}

	call(kind: string, arg: number): unknown {
		let result: unknown;
		if (kind === "tryWrite") result = this.put(this.fresh(arg));
		else if (kind === "tryRead") result = this.take(arg);
		else if (kind === "close") this.closed ||= arg === 0;
		else result = this.held.length;
		this.settle();
		return result;
	}
}

agrees({
	name: "Pipe",
	waits: { write: (worker) => worker === 0, writeAll: (worker) => worker === 0, read: (worker) => worker === 1 },
	calls: ["tryWrite", "tryRead", "length", "close"],
	model: (size) => new PipeModel(size),
	real(stator, size) {
		const pipe = new stator.Pipe(size);
		const read = new stator.PipeRead();
		const write = new stator.PipeWrite();
		const into: number[] = new Array(12).fill(-1);
		let next = 0;
		const fresh = (count: number): number[] => [99, 99, ...Array.from({ length: count }, () => next++ & 255)];
		return {
			start: (kind, worker, arg) =>
				worker === 0 ? write.start(pipe, fresh(arg), 2, arg, kind === "writeAll") : read.start(pipe, into, 1, arg),
			call(kind, arg) {
				if (kind === "tryWrite") return pipe.tryWrite(fresh(arg), 2, arg);
				if (kind === "tryRead") return into.slice(2, 2 + pipe.tryRead(into, 2, arg));
				if (kind === "close") return arg === 0 ? pipe.close() : undefined;
				return pipe.length;
			},
			lists: () => [pipe.readers, pipe.writers],
			shown: (value, worker) => (worker === 0 ? value : into.slice(1, 1 + (value as number))),
		};
	},
});
