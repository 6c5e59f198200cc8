/**
 * The peers: how each is built or found, and the command that runs a workload on it. What cannot be had is missing with its reason; the
 * others run. Builds go to build/bench-host.
 */
import { existsSync, mkdirSync } from "node:fs";
import { findApp } from "../app.ts";
import { build } from "../build.ts";
import { path } from "../paths.ts";
import { UserError } from "../report.ts";
import { findTarget } from "../targets.ts";
import { runBounded } from "./process.ts";
import type { Workload } from "./workloads.ts";

export const folder = path("build/bench-host");

export type WorkloadName = Workload["name"];

export interface Peer {
	readonly name: string;
	readonly title: string;
	readonly workloads: readonly WorkloadName[];
	/** Builds it, or finds out that it is there; gives its version. Throws with the reason when it cannot be had. */
	prepare(): Promise<string>;
	/** The program and its first arguments: workload and count follow. */
	command(workload: WorkloadName): readonly string[];
}

async function output(command: string, args: string[], seconds: number, cwd?: string): Promise<string> {
	const { code, stdout, stderr } = await runBounded(command, args, { seconds, ...(cwd && { cwd }) });
	if (code !== 0) throw new UserError(command + " " + args[0] + ": " + (stderr.trim().split("\n").at(-1) || "failed"));
	return stdout.trim();
}

const images = new Map<string, string>();

function onXs(name: string, title: string, place: string, names: readonly WorkloadName[], quick: boolean): Peer {
	return {
		name,
		title,
		workloads: names,
		async prepare() {
			for (const workload of names) {
				const main = workload === "echo" ? path("examples/echo-server") : path("bench/host", place, workload + ".ts");
				const app = findApp(main);
				const built = await build(
					{
						...app,
						name: "bench-host-" + name + "-" + workload,
					},
					findTarget("linux"),
				);
				images.set(name + " " + workload, built.image);
			}
			return quick ? "" : await output("git", ["describe", "--always", "--dirty"], 20, path(".")).catch(() => "");
		},
		command: (workload) => [images.get(name + " " + workload) ?? "", ...(workload === "echo" ? ["0"] : [])],
	};
}

/** The C programs: the reads and the server, and the client of all the servers, which is always needed. */
export async function buildC(program: string): Promise<void> {
	mkdirSync(folder, { recursive: true });
	const args = ["-O2", "-Wall", "-Wextra", "-o", folder + "/" + program, path("bench/host/c", program + ".c")];
	await output("gcc", [...args, "-l:liburing.a"], 120);
}

const c: Peer = {
	name: "c",
	title: "C on liburing",
	workloads: ["reads", "echo"],
	async prepare() {
		await buildC("uring");
		const version = await output("gcc", ["-dumpfullversion"], 20);
		const uring = await output("pkg-config", ["--modversion", "liburing"], 20).catch(() => "?");
		return "gcc " + version + ", liburing " + uring;
	},
	command: (workload) => [folder + "/uring", workload],
};

/** Cargo builds all of the Rust peers at once. */
let cargo: Promise<void> | undefined;
function buildRust(seconds: number): Promise<void> {
	const target = folder + "/rust";
	cargo ??= output(
		"cargo",
		["build", "--release", "--locked", "--quiet", "--target-dir", target],
		seconds,
		path("bench/host/rust"),
	).then(() => undefined);
	return cargo;
}

async function crateVersion(crate: string): Promise<string> {
	const lock = await output("cat", [path("bench/host/rust/Cargo.lock")], 5);
	return crate + " " + (new RegExp('name = "' + crate + '"\nversion = "(.+)"').exec(lock)?.[1] ?? "?");
}

function rust(
	name: string,
	title: string,
	crate: string,
	binary: string,
	names: readonly WorkloadName[],
	seconds: number,
): Peer {
	return {
		name,
		title,
		workloads: names,
		async prepare() {
			await buildRust(seconds);
			return crateVersion(crate);
		},
		command: (workload) => [folder + "/rust/release/" + binary, workload],
	};
}

const node: Peer = {
	name: "node",
	title: "Node",
	workloads: ["resume", "ping", "sleepers", "reads", "echo", "idle"],
	prepare: async () => "Node " + process.versions.node,
	command: (workload) => [process.execPath, path("bench/host/script/node.mjs"), workload],
};

const python: Peer = {
	name: "cpython",
	title: "CPython asyncio",
	workloads: ["resume", "ping", "sleepers", "reads", "echo", "idle"],
	prepare: async () => (await output("python3", ["--version"], 20)).replace("Python", "CPython"),
	command: (workload) => ["python3", path("bench/host/python/peer.py"), workload],
};

/** Ours first. `quick`: ours alone. Of our programs only those of the wanted workloads are built. */
export function peersOf(quick: boolean, buildSeconds: number, wanted?: readonly string[]): Peer[] {
	const those = (names: readonly WorkloadName[]): readonly WorkloadName[] =>
		wanted === undefined ? names : names.filter((name) => wanted.includes(name));
	const ours = onXs(
		"stator",
		"Stator",
		"stator",
		those(["resume", "ping", "sleepers", "reads", "echo", "idle"]),
		quick,
	);
	if (quick) return [ours];
	return [
		ours,
		c,
		rust("tokio", "tokio", "tokio", "tokio", ["resume", "ping", "sleepers", "echo", "idle"], buildSeconds),
		rust("tokio-uring", "tokio-uring", "tokio-uring", "tokio_uring", ["reads", "echo"], buildSeconds),
		rust(
			"embassy",
			"Embassy (std)",
			"embassy-executor",
			"embassy",
			["resume", "ping", "sleepers", "idle"],
			buildSeconds,
		),
		node,
		rust("quickjs", "QuickJS (rquickjs)", "rquickjs", "quickjs", ["resume", "ping", "idle"], buildSeconds),
		python,
		onXs("xs", "native async on XS", "xs", those(["resume", "ping"]), quick),
	];
}

/** QuickJS gets its script as an argument. */
export function argumentsAfter(peer: Peer, rest: string[]): string[] {
	return peer.name === "quickjs" ? [path("bench/host/script/native.js"), ...rest] : rest;
}

/** Whether what a peer's command names is there: builds may have been left out. */
export function isBuilt(command: readonly string[]): boolean {
	return !command[0].includes("/") || existsSync(command[0]);
}
