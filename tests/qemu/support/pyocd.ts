/** pyocd with our plugin and a probe that serves the memory of a run in QEMU: installed once into build/pyocd-test. */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Built } from "../../../tools/build.ts";
import { debug } from "../../../tools/debug.ts";
import { loadedParts } from "../../../tools/flash.ts";
import { path } from "../../../tools/paths.ts";
import { pythonWith } from "../../support/venv.ts";

const PACKAGES = ["pyocd==0.46.0", "setuptools==80.9.0", "wheel==0.45.1"];
const PLUGINS = [path("tools/pyocd-stator"), path("tests/qemu/support/fake-probe")];

/** The folder of its programs. */
export const installPyocd = (): Promise<string> => pythonWith("pyocd-test", PACKAGES, PLUGINS);

export interface Dump {
	/** For $STATOR_FAKE_PROBE. */
	probe: string;
	/** What `info stator` said at that moment. */
	said: string;
}

/** Runs a program in QEMU to a breakpoint, and dumps the board: all of its RAM, what is loaded, the registers. */
export async function dumpRun(built: Built, breakpoint: string): Promise<Dump> {
	const folder = built.folder + "/dump";
	mkdirSync(folder, { recursive: true });
	const ramAt = 0x20000000;
	const { output } = await debug(built, {
		commands: [
			"break " + breakpoint,
			"continue",
			"info stator",
			"dump binary memory " + folder + "/ram.bin " + ramAt + " " + (ramAt + (built.target.ramBytes ?? 0)),
			"info registers",
			"kill",
		],
		timeoutSeconds: 200,
	});
	const registers: Record<string, number> = {};
	for (const [, name, value] of output.matchAll(/^(r\d+|sp|lr|pc|xpsr) +0x([0-9a-f]+)/gm))
		registers[name] = Number.parseInt(value, 16);
	const memory: object[] = [{ address: ramAt, file: "ram.bin" }];
	for (const [index, { address, data }] of loadedParts(readFileSync(built.image)).entries()) {
		writeFileSync(folder + "/" + index + ".bin", data);
		memory.push({ address, file: index + ".bin" });
	}
	const probe = folder + "/probe.json";
	writeFileSync(probe, JSON.stringify({ memory, registers }));
	return { probe, said: output };
}

/** A board without a program: zeros. What is written stands in `written` afterwards. */
export function emptyBoard(folder: string): { probe: string; written: string } {
	mkdirSync(folder, { recursive: true });
	const probe = folder + "/probe.json";
	writeFileSync(folder + "/empty.bin", Buffer.alloc(1 << 20));
	writeFileSync(
		probe,
		JSON.stringify({ memory: [{ address: 0, file: "empty.bin" }], registers: {}, written: "written.bin" }),
	);
	return { probe, written: folder + "/written.bin" };
}

/** `stator …` with that probe, and pyocd on the path. */
export async function statorWithProbe(
	probe: string | undefined,
	args: readonly string[],
): Promise<{ status: number; out: string; err: string }> {
	const env: NodeJS.ProcessEnv = { ...process.env, PATH: (await installPyocd()) + ":" + process.env.PATH };
	if (probe !== undefined) env.STATOR_FAKE_PROBE = probe;
	return new Promise((resolve, reject) => {
		const child = spawn("node", [path("tools/stator.mjs"), ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
		let out = "";
		let err = "";
		child.stdout.on("data", (data: Buffer) => void (out += data));
		child.stderr.on("data", (data: Buffer) => void (err += data));
		child.on("error", reject);
		child.on("close", (code) => resolve({ status: code ?? 1, out, err }));
	});
}
