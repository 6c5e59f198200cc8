/** The example of an echo server as a process, for the tests that are its clients. */
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import type { TestContext } from "vitest";
import { buildProgram } from "../programs/support.ts";
import { skipWithoutRing } from "./ring.ts";

export const nothingGrew = "heap growth since start-up 0 slots, 0 bytes; collections 0";

export interface Server {
	child: ChildProcess;
	port: number;
	output: () => string;
	ended: Promise<number | null>;
	/** How many it has open. */
	descriptors: () => number;
	/** What it takes of the machine's memory. */
	residentBytes: () => number;
}

/** `descriptors`: how many it may have. */
export async function startServer(ctx: TestContext, descriptors?: number): Promise<Server> {
	const { image } = await buildProgram("examples/echo-server", "linux");
	const limit = descriptors === undefined ? [] : ["prlimit", "--nofile=" + descriptors + ":" + descriptors];
	const [command, ...args] = [...limit, image, "0"];
	const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
	let output = "";
	const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
	const port = await new Promise<number>((resolve, reject) => {
		child.stdout.on("data", (data: Buffer) => {
			output += data;
			const found = /listening at port (\d+)/.exec(output);
			if (found) resolve(Number(found[1]));
		});
		child.on("close", () => reject(new Error("the server ended: " + output)));
	}).catch((error: Error) => {
		skipWithoutRing(ctx, output);
		throw error;
	});
	return {
		child,
		port,
		output: () => output,
		ended,
		descriptors: () => readdirSync("/proc/" + child.pid + "/fd").length,
		residentBytes: () => {
			const status = readFileSync("/proc/" + child.pid + "/status", "utf8");
			return 1024 * Number(/VmRSS:\s*(\d+) kB/.exec(status)?.[1]);
		},
	};
}
