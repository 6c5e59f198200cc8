/**
 * `stator flash`: an image onto a board, through pyocd: stop the board at its reset, write what differs, compare every byte, reset. One session of pyocd's commander, so that the
 * board does not run in between.
 */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { quoted } from "./debug.ts";
import { chipOf, explainPyocd, needPyocd, pyocdConfiguration, writeConfiguration } from "./pyocd.ts";
import { dim, isQuiet, UserError } from "./report.ts";
import type { Image } from "./run.ts";

export interface FlashOptions {
	/** The program; default: from the PATH, or build/pyocd. */
	pyocd?: string;
	/** Of several probes, this one. */
	uid?: string;
	/** false: nothing is compared afterwards. */
	verify: boolean;
	/** false: the board stays as it is, stopped. */
	reset: boolean;
}

export interface FlashPlan {
	configuration: { file: string; text: string };
	command: [string, string[]];
	/** What is compared: files beside the image, and where they belong. */
	parts: { file: string; address: number; data: Uint8Array }[];
}

export interface Flashed {
	board: string;
	target: string;
	bytes: number;
	verified: boolean;
	seconds: number;
}

const ELF_PROGRAM_HEADER = 32;
const LOADED = 1;

/** What of an ELF file of 32 bits is loaded where: physical addresses. */
export function loadedParts(elf: Buffer): { address: number; data: Uint8Array }[] {
	if (elf.readUInt32BE(0) !== 0x7f454c46 || elf[4] !== 1) throw new UserError("the image is no ELF file of 32 bits");
	const start = elf.readUInt32LE(28);
	const parts: { address: number; data: Uint8Array }[] = [];
	for (let index = 0; index < elf.readUInt16LE(44); index++) {
		const at = start + index * ELF_PROGRAM_HEADER;
		const [type, offset, , address, size] = [0, 4, 8, 12, 16].map((field) => elf.readUInt32LE(at + field));
		if (type === LOADED && size > 0) parts.push({ address, data: elf.subarray(offset, offset + size) });
	}
	return parts;
}

/** What will be done. pyocd need not be there. */
export function flashPlan(image: Image, options: FlashOptions, pyocd: string): FlashPlan {
	const configuration = pyocdConfiguration(image, "under-reset");
	const parts = loadedParts(readFileSync(image.image)).map((part, index) => ({
		...part,
		file: image.image.replace(/\.elf$/, "") + "." + index + ".bin",
	}));
	// Without a probe: fail, do not wait for one.
	const args = ["commander", "--config", configuration.file, "--no-wait"];
	if (options.uid !== undefined) args.push("--uid", options.uid);
	const say = (command: string): void => void args.push("--command", command);
	say("reset halt");
	say("load " + quoted(image.image));
	if (options.verify)
		for (const { address, file } of parts) say("compare 0x" + address.toString(16) + " " + quoted(file));
	if (options.reset) say("reset");
	return { configuration, command: [pyocd, args], parts };
}

/** Does it; what pyocd says is shown as it comes. */
export async function flash(image: Image, options: FlashOptions): Promise<Flashed> {
	const plan = flashPlan(image, options, needPyocd(options.pyocd));
	writeConfiguration(plan.configuration);
	for (const { file, data } of plan.parts) writeFileSync(file, data);
	const began = performance.now();
	const { code, output } = await watch(plan.command);
	const { target } = image;
	const bytes = plan.parts.reduce((sum, { data }) => sum + data.length, 0);
	const matched = output.match(/^All \d+ bytes match/gm)?.length ?? 0;
	const different = /^Mismatched byte at (0x[0-9a-f]+)/m.exec(output);
	if (different !== null)
		throw new UserError(
			"the board does not hold what was written: the first difference is at " + different[1],
			"flash it again; when it stays, the chip's flash is protected or worn: pyocd erase --chip",
		);
	if (code !== 0 || (options.verify && matched !== plan.parts.length))
		throw (
			explainPyocd(output, target) ??
			new UserError(
				"pyocd ended with status " + code + ":\n" + output.trimEnd().split("\n").slice(-12).join("\n"),
				"the command was " + [plan.command[0], ...plan.command[1].map(quoted)].join(" "),
			)
		);
	return {
		board: target.name,
		target: chipOf(target).target,
		bytes,
		verified: options.verify,
		seconds: Math.round((performance.now() - began) / 100) / 10,
	};
}

function watch([command, args]: [string, string[]]): Promise<{ code: number; output: string }> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
		let output = "";
		const take = (data: Buffer): void => {
			output += data;
			if (!isQuiet()) process.stderr.write(dim(data.toString()));
		};
		child.stdout.on("data", take);
		child.stderr.on("data", take);
		child.on("error", reject);
		child.on("close", (code) => resolve({ code: code ?? 1, output }));
	});
}
