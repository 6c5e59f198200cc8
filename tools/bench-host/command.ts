/**
 * `stator bench host`: the workloads on this machine, ours and the peers' side by side. Every run goes once through all peers before the
 * next begins, so that what else the machine does falls on all of them. Figures are the least and the median of the runs.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { note, UserError } from "../report.ts";
import { argumentsAfter, buildC, folder, isBuilt, type Peer, peersOf } from "./peers.ts";
import { runBounded, withServer } from "./process.ts";
import {
	BLOCK_BYTES,
	BLOCKS,
	CONNECTIONS,
	MESSAGE_BYTES,
	type Printed,
	sleepersMs,
	type Workload,
	workloads,
} from "./workloads.ts";

export interface HostOptions {
	/** Ours alone, once, with few operations: whether everything still runs. */
	quick?: boolean;
	runs?: number;
	/** For the build of the Rust peers. */
	buildSeconds?: number;
	/** Only these peers and workloads; default all. */
	peers?: string[];
	workloads?: string[];
}

export interface Series {
	min: number;
	median: number;
	runs: number[];
}

/** Nothing of the benchmark runs meanwhile, so what is busy is others'; a load average would have its own preparations in it. 0 to 1. */
async function usedByOthers(): Promise<number> {
	const sum = (): { idle: number; all: number } => {
		const times = cpus().map(({ times }) => times);
		const idle = times.reduce((total, { idle }) => total + idle, 0);
		return { idle, all: idle + times.reduce((total, { user, nice, sys, irq }) => total + user + nice + sys + irq, 0) };
	};
	const start = sum();
	await pause(2000);
	const end = sum();
	return 1 - (end.idle - start.idle) / Math.max(1, end.all - start.all);
}

export interface HostFigures {
	machine: { processor: string; cores: number; memory_bytes: number; kernel: string };
	date: string;
	/** The part of the machine's processors that others used in two seconds before and after; loaded: more than a quarter before. */
	load: { before: number; after: number; loaded: boolean };
	runs: number;
	quick: boolean;
	versions: Record<string, string>;
	missing: { peer: string; workload?: string; reason: string }[];
	/** By workload, peer and figure. */
	workloads: Record<string, Record<string, Record<string, Series>>>;
	/** Of ours, the worst run of each workload. */
	growth: Record<string, { slots: number; bytes: number; collections: number }>;
	/** What ours is held against. */
	targets: { what: string; value: number; limit: number; met: boolean }[];
}

function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Each block begins with its number. */
function writeBlocks(): string {
	mkdirSync(folder, { recursive: true });
	const file = folder + "/blocks";
	const all = Buffer.alloc(BLOCKS * BLOCK_BYTES);
	for (let i = 0; i < BLOCKS; i++) all.writeUInt32LE(i, i * BLOCK_BYTES);
	writeFileSync(file, all);
	return file;
}

function parse(text: string, what: string): Printed {
	const line = text.split("\n").find((one) => one.startsWith("{"));
	if (line === undefined) throw new UserError(what + " printed no figures:\n" + text);
	return JSON.parse(line);
}

async function measure(peer: Peer, workload: Workload, quick: boolean, blocks: string): Promise<Printed> {
	const what = peer.name + " " + workload.name;
	const count = quick ? workload.quick : workload.count;
	const command = peer.command(workload.name);
	if (!isBuilt(command)) throw new UserError(command[0] + " is not there");
	const bounds = { seconds: workload.timeoutSeconds };
	let printed: Printed;
	if (workload.name === "echo") {
		const args = peer.name === "stator" ? command : [...command, "0"];
		const { result, output } = await withServer(args, async (port, process) => {
			const load = [port, process, CONNECTIONS, MESSAGE_BYTES, count].map(String);
			const { code, stdout, stderr } = await runBounded(folder + "/load", load, bounds);
			if (code !== 0) throw new UserError(what + ": " + stderr.trim());
			return parse(stdout, what);
		});
		// The server itself says at its end what became of its heap.
		const grown = /growth since start-up (-?\d+) slots, (-?\d+) bytes; collections (\d+)/.exec(output);
		printed = result;
		if (grown) {
			printed.growth_slots = Number(grown[1]);
			printed.growth_bytes = Number(grown[2]);
			printed.collections = Number(grown[3]);
		}
	} else {
		const rest = workload.name === "sleepers" ? [String(sleepersMs(quick))] : workload.name === "reads" ? [blocks] : [];
		const args = [...command.slice(1), String(count)];
		const { code, stdout, stderr } = await runBounded(command[0], [...args, ...argumentsAfter(peer, rest)], bounds);
		if (code !== 0) throw new UserError(what + " ended with " + code + ": " + (stderr + stdout).trim().slice(-500));
		printed = parse(stdout, what);
	}
	if (!workload.complete(printed, count))
		throw new UserError(what + " did not do what was asked: " + JSON.stringify(printed));
	return printed;
}

export async function benchHost(options: HostOptions = {}): Promise<HostFigures> {
	const quick = options.quick === true;
	const runs = options.runs ?? (quick ? 1 : 5);
	const say = (text: string): void => note("bench", text);
	const asked = (given: string[] | undefined, name: string): boolean => given === undefined || given.includes(name);
	const all = peersOf(quick, options.buildSeconds ?? 1800, options.workloads);
	for (const name of options.peers ?? [])
		if (!all.some((peer) => peer.name === name))
			throw new UserError('there is no peer "' + name + '"', "peers: " + all.map((peer) => peer.name).join(", "));
	for (const name of options.workloads ?? [])
		if (!workloads.some((workload) => workload.name === name))
			throw new UserError(
				'there is no workload "' + name + '"',
				"workloads: " + workloads.map((workload) => workload.name).join(", "),
			);

	const blocks = writeBlocks();
	await buildC("load");
	const missing: HostFigures["missing"] = [];
	const versions: HostFigures["versions"] = {};
	const peers: Peer[] = [];
	for (const peer of all.filter((one) => asked(options.peers, one.name))) {
		try {
			say("preparing " + peer.title);
			versions[peer.name] = await peer.prepare();
			peers.push(peer);
		} catch (error) {
			if (peer.name === "stator") throw error;
			missing.push({ peer: peer.name, reason: (error as Error).message });
			say(peer.title + " is missing: " + (error as Error).message);
		}
	}

	const before = await usedByOthers();
	const found: HostFigures["workloads"] = {};
	const growth: HostFigures["growth"] = {};
	const failed = new Set<string>();
	for (const workload of workloads.filter((one) => asked(options.workloads, one.name))) {
		found[workload.name] = {};
		for (let run = 0; run < runs; run++) {
			for (const peer of peers.filter((one) => one.workloads.includes(workload.name))) {
				if (failed.has(peer.name + workload.name)) continue;
				let printed: Printed;
				try {
					printed = await measure(peer, workload, quick, blocks);
				} catch (error) {
					if (peer.name === "stator") throw error;
					failed.add(peer.name + workload.name);
					missing.push({ peer: peer.name, workload: workload.name, reason: (error as Error).message });
					delete found[workload.name][peer.name];
					say((error as Error).message);
					continue;
				}
				found[workload.name][peer.name] ??= {};
				for (const figure of workload.figures) {
					const value = figure.read(printed);
					if (value === undefined) continue;
					found[workload.name][peer.name][figure.key] ??= { min: 0, median: 0, runs: [] };
					found[workload.name][peer.name][figure.key].runs.push(Math.round(value * 1000) / 1000);
				}
				if (peer.name === "stator") {
					const worst = growth[workload.name];
					growth[workload.name] = {
						slots: Math.max(worst?.slots ?? 0, printed.growth_slots),
						bytes: Math.max(worst?.bytes ?? 0, printed.growth_bytes),
						collections: Math.max(worst?.collections ?? 0, printed.collections),
					};
				}
			}
			say(workload.name + ", run " + (run + 1) + " of " + runs);
		}
		for (const figures of Object.values(found[workload.name]))
			for (const series of Object.values(figures)) {
				series.min = Math.min(...series.runs);
				series.median = median(series.runs);
			}
	}
	const after = await usedByOthers();
	return {
		machine: {
			processor: cpus()[0]?.model ?? "?",
			cores: cpus().length,
			memory_bytes: totalmem(),
			kernel: "Linux " + release(),
		},
		date: new Date().toISOString().slice(0, 10),
		load: { before, after, loaded: before > 0.25 },
		runs,
		quick,
		versions,
		missing,
		workloads: found,
		growth,
		targets: quick ? [] : targetsOf(found),
	};
}

/** By medians of this run. */
function targetsOf(found: HostFigures["workloads"]): HostFigures["targets"] {
	const targets: HostFigures["targets"] = [];
	for (const { name, figures } of workloads) {
		for (const { key, title, unit, limit, ratios } of figures) {
			const ours = found[name]?.stator?.[key]?.median;
			if (ours === undefined) continue;
			if (limit !== undefined)
				targets.push({ what: name + ": " + title + ", " + unit, value: ours, limit, met: ours <= limit });
			for (const { peer, at } of ratios ?? []) {
				const theirs = found[name]?.[peer]?.[key]?.median;
				if (theirs === undefined) continue;
				const value = ours / theirs;
				targets.push({ what: name + ": " + title + ", times " + peer, value, limit: at, met: value <= at });
			}
		}
	}
	return targets;
}
