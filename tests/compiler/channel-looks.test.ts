/** Awaits of `send` and `receive` as looks: one call a poll. What C does in it: tests/linux/channel-looks.test.ts. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prove } from "../../compiler/proof.ts";
import { bundle } from "../../tools/bundle.ts";
import { compileAndLoad, compileFiles, pathOf } from "./harness.ts";

const compiled = (body: string): string =>
	compileFiles({ "main.ts": 'import { Channel, run, task, yieldNow } from "stator";\n' + body }).code[
		pathOf("main.ts")
	];

let folder = "";
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-looks-");
});
afterAll(() => rmSync(folder, { recursive: true }));

async function provedErrors(body: string): Promise<string[]> {
	const file = folder + "/main.ts";
	writeFileSync(file, 'import { Channel, run } from "stator";\n' + body);
	const { code, map } = await bundle(file, "linux");
	return prove(code, map).errors.map(({ what }) => what);
}

test("N1 a loop around one await of a channel is one call a poll, without a state", () => {
	const text = compiled(`
const numbers = new Channel<number>(1);
export let sum = 0;
export const adds = task(async () => { for (;;) sum += await numbers.receive(); });
export const sends = task(async () => { for (let i = 0; ; i++) await numbers.send(i); });
`);
	expect(text).toMatch(/const \$leaf0 = \$channelReceiver\(new \$Receive\(\)\.start\(numbers\)\)/);
	expect(text).toMatch(/\$leaf0\(\);\n.*if \(\S+ === \$leaf0\)/);
	expect(text).toMatch(/if \(\$leaf0\(i\)\) \{/);
	expect(text).not.toMatch(/\.(poll|take)\(/);
	expect(text).not.toContain("let $state");
});

test("N1 a class that extends Channel is waited for by its own methods", () => {
	const body = `
class Counting extends Channel<number> {
	sent = 0;
	override trySend(value: number): boolean {
		this.sent++;
		return super.trySend(value);
	}
}
const numbers = new Counting(1);
export const seen: number[] = [];
run(async () => {
	await numbers.send(7);
	seen.push(await numbers.receive(), numbers.sent);
});
`;
	expect(compiled(body)).not.toContain("$channelSender");
	const source = 'import { Channel, run } from "stator";\n' + body;
	expect(compileAndLoad({ "main.ts": source }).exports.seen).toEqual([7, 1]);
});

test("N1 what is sent is what the variable was when the wait began; a channel from a variable is kept, too", () => {
	const { exports } = compileAndLoad({
		"main.ts": `import { Channel, run, spawn, task, yieldNow } from "stator";
const [first, second] = [new Channel<number>(1), new Channel<number>(1)];
export const seen: unknown[] = [];
let value = 1;
let channel = first;
const sends = task(async () => {
	seen.push(await channel.send(value));
	seen.push(await channel.send(5));
});
run(async () => {
	first.trySend(0);
	spawn(sends());
	await yieldNow();
	value = 2;
	channel = second;
	seen.push(await first.receive());
	seen.push(await first.receive());
	seen.push(await second.receive());
});
`,
	});
	expect(exports.seen).toEqual([0, true, true, 1, 5]);
});

test("N1 a channel of nothing, a channel from a parameter, a value from an expression", () => {
	const { exports } = compileAndLoad({
		"main.ts": `import { Channel, run, spawn, task } from "stator";
const beats = new Channel<void>(1);
export const seen: unknown[] = [];
let calls = 0;
const next = (): number => ++calls;
const beat = task(async (on: Channel<void>) => {
	for (let i = 0; i < 3; i++) seen.push(await on.send());
	seen.push("sent");
});
const counts = task({ pool: 20 }, async (on: Channel<number>) => {
	for (let i = 0; i < 3; i++) await on.send(next() * 2);
});
const numbers = new Channel<number>(1);
run(async () => {
	spawn(beat(beats));
	for (let i = 0; i < 3; i++) seen.push(await beats.receive());
	spawn(counts(numbers));
	for (let i = 0; i < 3; i++) seen.push(await numbers.receive());
	seen.push(calls);
});
`,
	});
	expect(exports.seen).toHaveLength(11);
	expect(exports.seen.filter((value: unknown) => value === true)).toHaveLength(3);
	expect(exports.seen.slice(-4)).toEqual([2, 4, 6, 3]);
});

test("X3 the proof follows values through looks: text that was sent as a number is text when it is received", async () => {
	const body = (sent: string): string => `
const numbers = new Channel<number>(1);
export let sum = 0;
run(async () => {
	await numbers.send(${sent});
	sum = (await numbers.receive()) + 1;
});
`;
	expect(await provedErrors(body("1"))).toEqual([]);
	expect(await provedErrors(body('"1" as unknown as number'))).not.toEqual([]);
});
