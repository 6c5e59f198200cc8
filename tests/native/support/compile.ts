/**
 * Compiles a C test program on the host, under sanitizers and with every warning an error, and runs it. The programs
 * (tests/native/*.c) include the project's own headers and are linked with the units under test alone: what a unit
 * needs of a platform, the program defines.
 *
 * `STATOR_VALGRIND=1` runs all of them under valgrind in place of the sanitizers; tests/native/valgrind.test.ts does so with some.
 */
import { execFile, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

export const root = fileURLToPath(new URL("../../../", import.meta.url));
const native = join(root, "native");
const output = join(root, "build", "native-tests");

export interface Program {
	/** The program's source, in tests/native, without ".c". */
	name: string;
	/** Units under test, in native/xs, without ".c". */
	units: string[];
	/** More C files, from the project's root, and libraries (-l options). */
	sources?: string[];
	libraries?: string[];
	/** "address,undefined" unless told; "none": for valgrind; with "fuzzer" it is a target of libFuzzer's, which clang has. */
	sanitize?: "address,undefined" | "thread" | "none" | "fuzzer,address,undefined";
	/** More folders of headers, from the project's root, before all others. */
	includes?: string[];
	/** Headers that all sources begin with, from the project's root: in place of those of the same guard in a source's own folder. */
	preludes?: string[];
	/** -D options. STATOR_SLOT_BITS is that of the simulated machine unless told. */
	defines?: Record<string, string | number>;
}

/** The host compiler's command, or undefined when there is none. */
export const compiler = process.env.CC ?? "gcc";

/** Memcheck: silent when there is nothing to say, status 99 when there is. What platforms keep for good is not lost: nobody gives it back. */
export const MEMCHECK = ["valgrind", "--quiet", "--error-exitcode=99", "--leak-check=no"];

/** Why nothing can be run under it; undefined when it is there. */
export function withoutValgrind(): string | undefined {
	const { error } = spawnSync(MEMCHECK[0], ["--version"], { stdio: "ignore" });
	return error === undefined ? undefined : "valgrind does not start: " + error.message;
}

const everythingUnderValgrind = process.env.STATOR_VALGRIND === "1";

/** How often threads hand something over: valgrind runs one at a time, and who spins for another spins its turn to the end. */
export const handovers = (count: number): number => (everythingUnderValgrind ? Math.ceil(count / 100) : count);

/** Compiles; returns the executable's path. Throws with the compiler's messages. */
export async function compile(program: Program): Promise<string> {
	const fuzzed = program.sanitize === "fuzzer,address,undefined";
	const sanitize = everythingUnderValgrind && !fuzzed ? "none" : (program.sanitize ?? "address,undefined");
	const defines = { STATOR_SLOT_BITS: 17, ...program.defines };
	const suffix = [sanitize.split(",")[0], ...Object.values(program.defines ?? {})].join("-");
	const executable = join(output, program.name + "-" + suffix);
	mkdirSync(output, { recursive: true });
	const args = [
		...["-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-fno-omit-frame-pointer"],
		...(sanitize === "none" ? [] : ["-fsanitize=" + sanitize, "-fno-sanitize-recover=all"]),
		// Not each comparison: one over all bytes of a sector would take longer than everything else.
		...(fuzzed ? ["-fno-sanitize-coverage=trace-cmp"] : []),
		...Object.entries(defines).map(([name, value]) => "-D" + name + "=" + value),
		...(program.includes ?? []).map((folder) => "-I" + join(root, folder)),
		...(program.preludes ?? []).flatMap((header) => ["-include", join(root, header)]),
		...[
			"-I" + join(native, "abi"),
			"-I" + join(native, "xs"),
			"-I" + join(native, "xs", "exclusive"),
			"-I" + join(native, "linux"),
		],
		join(root, "tests", "native", program.name + ".c"),
		...program.units.map((unit) => join(native, "xs", unit + ".c")),
		...(program.sources ?? []).map((source) => join(root, source)),
		...["-pthread", "-o", executable, ...(program.libraries ?? [])],
	];
	await run(fuzzed ? "clang" : compiler, args);
	return executable;
}

export interface Ended {
	code: number | null;
	signal: string | null;
	stdout: string;
	stderr: string;
}

/** Runs a program to its end with this input, in this directory; `wrapper`: the command that runs it. */
export function execute(
	executable: string,
	input = "",
	args: string[] = [],
	wrapper: string[] = everythingUnderValgrind ? MEMCHECK : [],
	directory?: string,
): Promise<Ended> {
	const [command, ...rest] = [...wrapper, executable, ...args];
	return new Promise((resolve, reject) => {
		const child = spawn(command, rest, {
			cwd: directory,
			stdio: ["pipe", "pipe", "pipe"],
			env: {
				...process.env,
				ASAN_OPTIONS: "abort_on_error=0:detect_leaks=0",
				UBSAN_OPTIONS: "print_stacktrace=1",
				TSAN_OPTIONS: "halt_on_error=1",
			},
		});
		let stdout = "";
		let stderr = "";
		child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
		child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
		child.stdin.on("error", () => {}); // it ended early: the exit code says so
		child.once("error", reject);
		child.once("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
		child.stdin.end(input);
	});
}

/**
 * Runs a ThreadSanitizer program. Kernels that place mappings with much randomness make the sanitizer refuse to start;
 * then again without randomness. A reason to skip, when neither works.
 */
export async function executeThreaded(
	executable: string,
	args: string[],
	directory?: string,
): Promise<Ended | { skip: string }> {
	const refused = (ended: Ended) => ended.stderr.includes("unexpected memory mapping");
	const plain = await execute(executable, "", args, [], directory);
	if (!refused(plain)) return plain;
	if (!existsSync("/usr/bin/setarch"))
		return { skip: "ThreadSanitizer does not start on this kernel, and setarch is missing" };
	const fixed = await execute(executable, "", args, ["setarch", "-R"], directory);
	if (refused(fixed) || fixed.stderr.includes("failed to set personality"))
		return { skip: "ThreadSanitizer does not start on this kernel, with or without address randomness" };
	return fixed;
}

/** A small generator of random numbers, repeatable from its seed. */
export function random(seed: number): (below: number) => number {
	let state = seed >>> 0 || 1;
	return (below) => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) % below;
	};
}

/** The seed of this run: STATOR_SEED, or a fixed one. Printed by the tests that use it. */
export function seedOf(test: string): number {
	const seed = Number(process.env.STATOR_SEED ?? 20_260_101);
	console.log(test + ": seed " + seed + " (STATOR_SEED=" + seed + " repeats it)");
	return seed;
}
