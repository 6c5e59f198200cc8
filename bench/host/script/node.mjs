/** The workloads on Node: `node node.mjs <workload> <count> [argument]`. */
import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { createServer } from "node:net";
import vm from "node:vm";

const [workload, countText, rest] = process.argv.slice(2);
const count = Number(countText);
const cpuNs = () => {
	const { user, system } = process.cpuUsage();
	return (user + system) * 1000;
};
const wallNs = () => performance.now() * 1e6;
const resident = () => process.memoryUsage.rss();
const report = (text) => console.log(text);
const period = (i) => 50 + ((i * 37) % 101);

const BLOCK = 4096;
const DEPTH = 32;

async function reads() {
	const file = await open(rest, "r");
	let seed = 1;
	const run = async (number) => {
		let left = number;
		let did = 0;
		const reader = async () => {
			const buffer = Buffer.alloc(BLOCK);
			while (left > 0) {
				left--;
				seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
				const block = seed >>> 18;
				const { bytesRead } = await file.read(buffer, 0, BLOCK, block * BLOCK);
				if (bytesRead !== BLOCK || buffer.readUInt32LE(0) !== block) throw new Error("not the block asked for");
				did++;
			}
		};
		await Promise.all(Array.from({ length: DEPTH }, reader));
		return did;
	};
	await run(count / 10);
	const wall = wallNs();
	const cpu = cpuNs();
	const did = await run(count);
	report(JSON.stringify({ count: did, wall_ns: wallNs() - wall, cpu_ns: cpuNs() - cpu }));
	await file.close();
}

async function sleepers() {
	const buckets = new Uint32Array(100_001);
	let slept = 0;
	let max = 0;
	const wall = wallNs();
	const cpu = cpuNs();
	const end = wall + Number(rest) * 1e6;
	const sleeper = async (milliseconds) => {
		let now = wallNs();
		while (now < end) {
			const due = now + milliseconds * 1e6;
			await new Promise((resolve) => setTimeout(resolve, milliseconds));
			now = wallNs();
			const late = Math.max(0, Math.floor((now - due) / 1e3));
			buckets[Math.min(100_000, Math.floor(late / 10))]++;
			slept++;
			if (late > max) max = late;
		}
	};
	await Promise.all(Array.from({ length: count }, (_, i) => sleeper(period(i))));
	const took = { cpu_ns: cpuNs() - cpu, wall_ns: wallNs() - wall };
	let bucket = buckets.length - 1;
	for (let left = slept / 100; bucket > 0 && buckets[bucket] <= left; bucket--) left -= buckets[bucket];
	report(JSON.stringify({ count: slept, ...took, p99_us: (bucket + 1) * 10, max_us: max }));
}

async function idle() {
	await new Promise((resolve) => setTimeout(resolve, 1));
	const before = resident();
	let started = 0;
	const idles = async () => {
		started++;
		await new Promise((resolve) => setTimeout(resolve, 3_600_000));
	};
	for (let i = 0; i < count; i++) idles();
	report(JSON.stringify({ count: started, bytes: (resident() - before) / count }));
	process.exit(0);
}

function echo() {
	const server = createServer({ noDelay: true }, (socket) => {
		socket.on("data", (data) => socket.write(data));
		socket.on("error", () => socket.destroy());
	});
	server.listen(0, "127.0.0.1", () => report("listening at port " + server.address().port));
}

const own = { reads, sleepers, idle, echo };
if (own[workload]) await own[workload]();
else {
	// What needs nothing of Node is the same text as on QuickJS.
	Object.assign(globalThis, { cpuNs, wallNs, resident, report });
	const native = new URL("native.js", import.meta.url);
	vm.runInThisContext(readFileSync(native, "utf8"));
	globalThis[workload](count);
}
