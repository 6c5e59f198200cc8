/**
 * Tasks at two channels, in every way in which one can wait there: compiled (on XS one native call for each look), with the channel known when
 * the frame is made or only at the call, as frame objects of a pool, in `for await`, and by the waits' own methods inside `select`. What happens next is
 * chosen by a seed: spawning, cancelling, trying without waiting, closing. Every platform must log the same, so C does what TypeScript does.
 *
 * The sum of what went in is the sum of what came out, in the end.
 */
import { Channel, cancel, log, runFor, select, sleep, spawnDetached, task } from "stator";

const STEPS = 4000;

const one = new Channel<number, undefined>(1);
const many = new Channel<number, undefined>(3);
const channels = [one, many];

let seed = 20260101;
function below(limit: number): number {
	seed = (Math.imul(seed, 1103515245) + 12345) | 0;
	return ((seed >>> 16) & 0x7fff) % limit;
}

let hash = 0;
function note(value: number): void {
	hash = (Math.imul(hash, 31) + value) | 0;
}

let serial = 0;
let wentIn = 0;
let cameOut = 0;

function offer(): number {
	serial++;
	return serial;
}

function sent(value: number, done: boolean): void {
	if (done) wentIn += value;
	note(done ? value : -value);
}

function received(value: number | undefined): void {
	cameOut += value ?? 0;
	note(value ?? -1);
}

const sendsOne = task({ pool: 2 }, async (count: number) => {
	for (let i = 0; i < count; i++) {
		const value = offer();
		sent(value, await one.send(value));
	}
});

const sendsAny = task({ pool: 3 }, async (count: number) => {
	for (let i = 0; i < count; i++) {
		const channel = channels[below(2)];
		const value = offer();
		sent(value, await channel.send(value));
	}
});

/** The same value is offered, whatever becomes of the variable meanwhile. */
let latest = 0;
const sendsLatest = task(async (count: number) => {
	for (let i = 0; i < count; i++) {
		latest = offer();
		const value = latest;
		sent(value, await many.send(latest));
		await one.send(0);
	}
});

const receivesOne = task({ pool: 2 }, async (count: number) => {
	for (let i = 0; i < count; i++) received(await one.receive());
});

const receivesAny = task({ pool: 3 }, async (which: number, count: number) => {
	let channel = channels[which];
	for (let i = 0; i < count; i++) {
		received(await channel.receive());
		channel = channels[(which + i) % 2];
	}
});

async function loopOver(from: Channel<number, undefined>, count: number): Promise<void> {
	let left = count;
	for await (const value of from) {
		received(value);
		left--;
		if (left === 0) break;
	}
}

const loops = task({ pool: 2 }, async (which: number, count: number) => {
	await loopOver(channels[which], count);
	for await (const value of many) {
		received(value);
		break;
	}
});

const selects = task({ pool: 2 }, async (count: number) => {
	for (let i = 0; i < count; i++) {
		const first = await select(one.receive(), many.receive());
		received(first.value);
	}
});

const selectsSend = task({ pool: 2 }, async (count: number) => {
	for (let i = 0; i < count; i++) {
		const value = offer();
		const first = await select(many.send(value), sleep(1_000_000));
		if (first.index === 0) sent(value, first.value === true);
	}
});

const live: number[] = [];
for (let i = 0; i < 8; i++) live.push(-1);

/** A task that may begin; negative: none of its kind is free. */
function anyTask(): number {
	const count = 1 + below(4);
	switch (below(8)) {
		case 0:
			return sendsOne(count);
		case 1:
			return sendsAny(count);
		case 2:
			return sendsLatest(count);
		case 3:
			return receivesOne(count);
		case 4:
			return receivesAny(below(2), count);
		case 5:
			return loops(below(2), count);
		case 6:
			return selects(count);
		default:
			return selectsSend(count);
	}
}

function step(): void {
	const channel = channels[below(2)];
	switch (below(8)) {
		case 0:
		case 1:
		case 2: {
			const token = anyTask();
			if (token >= 0) live[below(8)] = spawnDetached(token);
			break;
		}
		case 3:
			cancel(live[below(8)]);
			break;
		case 4: {
			const value = offer();
			sent(value, channel.trySend(value));
			break;
		}
		case 5:
			received(channel.tryReceive());
			break;
		default:
			break;
	}
	note(runFor(1 + below(6), 0));
	note(one.length * 8 + many.length);
}

for (let i = 1; i <= STEPS; i++) {
	step();
	if (i % 500 === 0) log("hash", hash);
}

// Whoever waits still is let go by the ends of the channels.
one.close();
many.close();
runFor(2000, 0);
for (let i = 0; i < 2; i++) while (channels[i].length > 0) received(channels[i].tryReceive());
log("waiting", (one.receivers.first === undefined ? 0 : 1) + (many.senders.first === undefined ? 0 : 1));
log("lost", wentIn - cameOut);
log("hash", hash);
