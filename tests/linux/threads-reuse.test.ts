/** Executors on threads that listen at one port (tests/programs/threads-io/threads-io-reuse.ts): who answers, seen by clients. */
import { spawn } from "node:child_process";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { buildProgram } from "../programs/support.ts";
import { skipWithoutRing } from "./ring.ts";

const EXECUTORS = 4;
/** Of so many the kernel gives each executor some: that one of four has none is once in ten million runs. */
const CONNECTIONS = 60;

/** One connection: what is answered to four bytes. */
async function ask(port: number, text: string): Promise<Buffer> {
	const socket = connect(port, "127.0.0.1");
	const pieces: Buffer[] = [];
	socket.on("data", (data) => pieces.push(data));
	socket.write(text);
	await new Promise((resolve, reject) => socket.on("end", resolve).on("error", reject));
	socket.end();
	return Buffer.concat(pieces);
}

/** The executors that have answered, each once. */
async function askMany(port: number): Promise<number[]> {
	const texts = Array.from({ length: CONNECTIONS }, (_, i) => "?" + String(i).padStart(3, "0"));
	const answers = await Promise.all(texts.map((text) => ask(port, text)));
	expect(answers.map((answer) => answer.toString("latin1", 1))).toEqual(texts.map((text) => text.slice(1)));
	return [...new Set(answers.map(([executor]) => executor))].sort();
}

test("M8 A5 M16 four executors at one port with reusePort: connections are shared out, one is cancelled, SIGTERM ends the others", async (ctx) => {
	const built = await buildProgram("tests/programs/threads-io/threads-io-reuse.ts", "linux", { proof: true });
	const child = spawn(built.image, { stdio: ["ignore", "pipe", "inherit"] });
	let output = "";
	const waiting: { pattern: RegExp; done: (found: RegExpExecArray | undefined) => void }[] = [];
	const look = (ended: boolean): void => {
		for (const one of [...waiting]) {
			const found = one.pattern.exec(output);
			if (found === null && !ended) continue;
			waiting.splice(waiting.indexOf(one), 1);
			one.done(found ?? undefined);
		}
	};
	child.stdout.on("data", (data: Buffer) => {
		output += data;
		look(false);
	});
	const status = new Promise((resolve) => child.on("close", resolve));
	void status.then(() => look(true));
	const said = (pattern: RegExp): Promise<RegExpExecArray | undefined> =>
		new Promise((done) => {
			waiting.push({ pattern, done });
			look(false);
		});
	try {
		const port = Number((await said(/^\[.*\] port (\d+)$/m))?.[1]);
		skipWithoutRing(ctx, output);
		expect(output).toMatch(/^\[.*\] without the option -98$/m);
		expect(await askMany(port)).toEqual([0, 1, 2, 3]);
		child.kill("SIGUSR1");
		expect(await said(/^\[.*\] cancelled 1$/m)).toBeDefined();
		expect(output.match(/^cleaned up$/gm)).toHaveLength(1);
		expect(await askMany(port)).toEqual([0, 1, 2]);
		const idle = connect(port, "127.0.0.1"); // somebody's read is in flight
		await new Promise((resolve, reject) => idle.on("connect", resolve).on("error", reject));
		const closed = new Promise((resolve) => idle.on("close", resolve).on("error", () => {}));
		idle.resume();
		child.kill("SIGTERM");
		expect(await status).toBe(143);
		await closed;
		expect(output.match(/^cleaned up$/gm)).toHaveLength(EXECUTORS);
	} finally {
		child.kill("SIGKILL");
	}
});
