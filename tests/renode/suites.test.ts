/**
 * The suites in Renode, on the images that QEMU runs too: each test case of a .robot file is a test here. Where `renode-test` is not on
 * PATH each counts as skipped, with the reason. X4, E3.
 *
 * renode-test takes port and temporary files for itself, so the boards run one after another. Its output is in build/renode/<board>.
 */
import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { buildProgram } from "../programs/support.ts";
import { checkNames } from "../suite/names.ts";
import { buildSuite } from "../suite/on-target.ts";
import { type RobotResult, readResults, suiteFile, suiteNames, testsOf } from "./support/robot.ts";

const MINUTES_MOST = 20;

function onPath(executable: string): boolean {
	return (process.env.PATH ?? "").split(delimiter).some((folder) => {
		try {
			accessSync(join(folder, executable), constants.X_OK);
			return folder !== "";
		} catch {
			return false;
		}
	});
}

const absent = onPath("renode-test")
	? undefined
	: "renode-test is not on PATH: docs/renode.md says how to install Renode";

async function buildImages(board: string): Promise<void> {
	for (const example of ["blinky", "line-echo", "button-queue"]) await buildProgram("examples/" + example, board);
	// In full the loops take a quarter of an hour of virtual time, and Renode ten minutes; QEMU runs them in full.
	await buildSuite(board, "short");
}

/** Runs renode-test; resolves to what it printed. Its process group ends with it, Renode included. */
function renodeTest(board: string, results: string): Promise<string> {
	const args = ["-r", results, "--variable", "STATOR_BUILD:" + path("build")];
	args.push("--variable", "CHECKS:" + checkNames().length, suiteFile(board));
	return new Promise((resolve, reject) => {
		const child = spawn("renode-test", args, { cwd: path(), detached: true, stdio: ["ignore", "pipe", "pipe"] });
		let output = "";
		const end = (): void => {
			try {
				process.kill(-(child.pid as number), "SIGKILL");
			} catch {
				// It has ended.
			}
		};
		const timer = setTimeout(() => {
			output += "\nended by us after " + MINUTES_MOST + " minutes\n";
			end();
		}, MINUTES_MOST * 60_000);
		process.once("exit", end);
		for (const stream of [child.stdout, child.stderr])
			stream.on("data", (data: Buffer) => {
				output += data;
			});
		child.on("error", reject);
		child.on("close", () => {
			clearTimeout(timer);
			process.off("exit", end);
			resolve(output);
		});
	});
}

describe.each(suiteNames())("%s", (board) => {
	const reason = absent;
	let results = new Map<string, RobotResult>();
	let output = "";

	beforeAll(
		async () => {
			if (reason !== undefined) return;
			await buildImages(board);
			const folder = path("build/renode", board);
			rmSync(folder, { recursive: true, force: true });
			mkdirSync(folder, { recursive: true });
			output = await renodeTest(board, folder);
			const file = folder + "/robot_output.xml";
			if (existsSync(file)) results = readResults(readFileSync(file, "utf8"));
		},
		(MINUTES_MOST + 15) * 60_000,
	);

	for (const name of testsOf(readFileSync(suiteFile(board), "utf8")))
		test("X4 " + name, (context) => {
			if (reason !== undefined) return context.skip(reason);
			const result = results.get(name) ?? { status: "not run", message: output.split("\n").slice(-40).join("\n") };
			expect(result.status, result.message).toBe("PASS");
		});
});
