/** What `stator bench host` measures, and what is asked of it. */

/** A figure of a workload: how it is read from what a peer printed, and what ours is held against. */
export interface Figure {
	readonly key: string;
	readonly title: string;
	readonly unit: string;
	read(printed: Printed): number | undefined;
	/** What ours is to be at most, and at most how many times a peer's; undefined: it is only shown. */
	readonly limit?: number;
	readonly ratios?: readonly { peer: string; at: number }[];
}

/** The line of JSON that a peer prints. */
export type Printed = Record<string, number>;

export interface Workload {
	readonly name: "resume" | "ping" | "sleepers" | "reads" | "echo" | "idle";
	readonly title: string;
	/** How many operations, in full and with --quick. */
	readonly count: number;
	readonly quick: number;
	readonly figures: readonly Figure[];
	/** Whether what was printed says that all of it was done. */
	complete(printed: Printed, count: number): boolean;
	/** Seconds after which a peer is ended. */
	readonly timeoutSeconds: number;
}

const per = (key: string, unit: number) => (printed: Printed) =>
	printed[key] === undefined ? undefined : printed[key] / printed.count / unit;
const plain =
	(key: string, unit = 1) =>
	(printed: Printed) =>
		printed[key] === undefined ? undefined : printed[key] / unit;
const exact = (printed: Printed, count: number): boolean =>
	printed.count >= count && printed.count <= count * 1.01 + 64 && !printed.wrong;

/** How long the sleepers sleep, again and again. */
export const sleepersMs = (quick: boolean): number => (quick ? 500 : 5000);
/** Of the echo servers' client. */
export const CONNECTIONS = 32;
export const MESSAGE_BYTES = 64;
/** The file that is read. */
export const BLOCKS = 16_384;
export const BLOCK_BYTES = 4096;

export const workloads: readonly Workload[] = [
	{
		name: "resume",
		title: "Resume of one of 64 yielding tasks",
		count: 1_000_000,
		quick: 20_000,
		timeoutSeconds: 120,
		complete: exact,
		figures: [{ key: "ns", title: "processor time", unit: "ns", read: per("cpu_ns", 1), limit: 160 }],
	},
	{
		name: "ping",
		title: "Ping-pong over a channel of one slot, round trip",
		count: 100_000,
		quick: 2_000,
		timeoutSeconds: 120,
		complete: exact,
		figures: [{ key: "ns", title: "processor time", unit: "ns", read: per("cpu_ns", 1), limit: 1200 }],
	},
	{
		name: "sleepers",
		title: "10,000 sleepers (50 to 150 ms, again and again) for 5 s",
		count: 10_000,
		quick: 10_000,
		timeoutSeconds: 120,
		// Each sleeps at least once, and none more often than its time allows.
		complete: (printed, count) => printed.count >= count && printed.count <= count * 110,
		figures: [
			{ key: "cpu_ms", title: "processor time", unit: "ms", read: plain("cpu_ns", 1e6), limit: 350 },
			{ key: "late_p99_ms", title: "lateness, p99", unit: "ms", read: plain("p99_us", 1e3), limit: 1.2 },
			{ key: "late_max_ms", title: "lateness, latest", unit: "ms", read: plain("max_us", 1e3), limit: 5 },
		],
	},
	{
		name: "reads",
		title: "4 KiB reads from the page cache, 32 under way",
		count: 200_000,
		quick: 5_000,
		timeoutSeconds: 120,
		complete: exact,
		figures: [
			{
				key: "cpu_us",
				title: "processor time",
				unit: "us",
				read: per("cpu_ns", 1e3),
				ratios: [
					{ peer: "c", at: 1.8 },
					{ peer: "node", at: 1 / 7 },
				],
			},
			{ key: "wall_us", title: "wall time", unit: "us", read: per("wall_ns", 1e3) },
		],
	},
	{
		name: "echo",
		title: "TCP echo, 64 bytes, 32 connections: the server's processor time a request",
		count: 200_000,
		quick: 3_000,
		timeoutSeconds: 120,
		complete: (printed, count) => printed.count === count,
		figures: [
			{
				key: "cpu_us",
				title: "processor time",
				unit: "us",
				read: per("cpu_ns", 1e3),
				ratios: [
					{ peer: "c", at: 1.15 },
					{ peer: "node", at: 0.7 },
				],
			},
			{ key: "wall_us", title: "wall time", unit: "us", read: per("wall_ns", 1e3) },
		],
	},
	{
		name: "idle",
		title: "100,000 idle tasks, bytes each",
		count: 100_000,
		quick: 100_000,
		timeoutSeconds: 120,
		complete: (printed, count) => printed.count === count,
		figures: [{ key: "bytes", title: "resident memory", unit: "bytes", read: plain("bytes"), limit: 400 }],
	},
];
