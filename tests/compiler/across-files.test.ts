/**
 * Programs of several files: what is refused is refused at its own place, whichever file that is in and by whatever way it was
 * imported; and tasks that are members of objects and classes. X2.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ProofResult, prove } from "../../compiler/proof.ts";
import { bundle } from "../../tools/bundle.ts";

interface Case {
	readonly name: string;
	/** `file:line:column what` of each refusal, in the order of the proof. */
	readonly refused: readonly string[];
	/** The functions that a comment lifts, with their files. */
	readonly lifted?: readonly string[];
	/** The file task.ts exports `t`, the task that is run, and `out`, which somebody reads. */
	readonly files: Readonly<Record<string, string>>;
}

const DEEP = `import { sleep } from "stator";
export async function good(n: number): Promise<number> {
	await sleep(n);
	return n;
}
export async function bad(n: number): Promise<number> {
	await sleep(n);
	return [n].length;
}
export default async function other(n: number): Promise<number> {
	await sleep(n);
	return { n }.n;
}
`;

const ARRAY = "deep.ts:8:9 array literal";
const OBJECT = "deep.ts:12:9 object literal";

/** A task that adds what expressions yield, in one file. */
const task = (imports: string, ...values: string[]): string =>
	'import { task } from "stator";\n' +
	imports +
	"\nexport let out = 0;\nexport const t = task(async () => {\n" +
	values.map((value) => "\tout += " + value + ";\n").join("") +
	"});\n";

/** A function that is called, with a comment above it. */
const report = (comment: string): string =>
	comment + "\nexport function report(n: number): number {\n\treturn [n].length;\n}\n";

/** A file whose tasks stand where `members` puts them; `t` runs the one that `call` is. */
const member = (members: string, call: string): Record<string, string> => ({
	"task.ts":
		'import { sleep, spawn, task } from "stator";\nexport let out = 0;\n' +
		members +
		"\nexport const t = task(async () => {\n\tawait spawn(" +
		call +
		").join();\n});\n",
});

const spin = (statement: string): string =>
	"task({ pool: 2 }, async (n: number) => {\n\tawait sleep(n);\n\t" + statement + "\n})";

const cases: readonly Case[] = [
	{
		name: "helpers of another file",
		refused: [],
		files: { "deep.ts": DEEP, "task.ts": task('import { good } from "./deep.ts";', "await good(1)") },
	},
	{
		name: "an allocation in a helper of another file",
		refused: [ARRAY],
		files: {
			"deep.ts": DEEP,
			"task.ts": task('import { bad, good } from "./deep.ts";', "await good(1)", "await bad(1)"),
		},
	},
	{
		name: "a default import",
		refused: [OBJECT],
		files: {
			"deep.ts": DEEP,
			"task.ts": task('import one, { good } from "./deep.ts";', "await good(1)", "await one(1)"),
		},
	},
	{
		name: "two files that export again, with stars and names, and nothing wrong is called",
		refused: [],
		files: {
			"deep.ts": DEEP,
			"middle.ts": 'export { good, bad as renamed, default as other } from "./deep.ts";\n',
			"index.ts": 'export * from "./middle.ts";\n',
			"task.ts": task('import { good } from "./index.ts";', "await good(1)"),
		},
	},
	{
		name: "two files that export again under other names",
		refused: [ARRAY, OBJECT],
		files: {
			"deep.ts": DEEP,
			"middle.ts": 'export { good, bad as renamed, default as other } from "./deep.ts";\n',
			"index.ts": 'export * from "./middle.ts";\n',
			"task.ts": task('import { other, renamed } from "./index.ts";', "await renamed(1)", "await other(1)"),
		},
	},
	{
		name: "a namespace, imported",
		refused: [ARRAY],
		files: {
			"deep.ts": DEEP,
			"task.ts": task('import * as all from "./deep.ts";', "await all.good(1)", "await all.bad(1)"),
		},
	},
	{
		name: "a namespace, exported again",
		refused: [ARRAY],
		files: {
			"deep.ts": DEEP,
			"index.ts": 'export * as inner from "./deep.ts";\n',
			"task.ts": task('import { inner } from "./index.ts";', "await inner.good(1)", "await inner.bad(1)"),
		},
	},
	{
		name: "allows-allocation with a reason, in another file",
		refused: [],
		lifted: ["report.ts:2 report: once a day"],
		files: {
			"report.ts": report("// stator: allows-allocation once a day"),
			"index.ts": 'export * from "./report.ts";\n',
			"task.ts": task('import { report } from "./index.ts";', "report(1)"),
		},
	},
	{
		name: "allows-allocation without a reason",
		refused: ["report.ts:1:1 allows-allocation without a reason", "report.ts:3:9 array literal"],
		files: {
			"report.ts": report("// stator: allows-allocation"),
			"index.ts": 'export * from "./report.ts";\n',
			"task.ts": task('import { report } from "./index.ts";', "report(1)"),
		},
	},
	{
		name: "allows-allocation where a function is exported again: it belongs to the function",
		refused: ["report.ts:3:9 array literal"],
		files: {
			"report.ts": report(""),
			"index.ts": '// stator: allows-allocation once a day\nexport { report } from "./report.ts";\n',
			"task.ts": task('import { report } from "./index.ts";', "report(1)"),
		},
	},
	{
		name: "a task of an object in another file, exported again",
		refused: ["tasks.ts:6:10 array literal"],
		files: {
			"tasks.ts":
				'import { sleep, task } from "stator";\nexport let sum = 0;\nexport const tasks = {\n\tspin: task(async (n: number) => {\n\t\tawait sleep(n);\n\t\tsum += [n].length;\n\t}),\n};\n',
			"index.ts": 'export { sum, tasks as all } from "./tasks.ts";\n',
			"task.ts":
				'import { spawn, task } from "stator";\nimport { all, sum } from "./index.ts";\nexport let out = 0;\nexport const t = task(async () => {\n\tawait spawn(all.spin(1)).join();\n\tout += sum;\n});\n',
		},
	},
	...[
		["an object", "const tasks = { spin: SPIN, other: task(async () => { await sleep(1); }) };", "tasks.spin(1)"],
		["an array", "const tasks = [SPIN];", "tasks[0](1)"],
		["instances of a class", "class Motor { readonly spin = SPIN; }\nconst motor = new Motor();", "motor.spin(1)"],
		["a class itself", "class Motor { static readonly spin = SPIN; }", "Motor.spin(1)"],
	].flatMap(([whose, members, call]): Case[] => [
		{
			name: "a task that is a member of " + whose,
			refused: [],
			files: member(members.replace("SPIN", spin("out += n;")), call),
		},
		{
			name: "a task that is a member of " + whose + ", and allocates",
			refused: ["task.ts:5:9 array literal"],
			files: member(members.replace("SPIN", spin("out += [n].length;")), call),
		},
	]),
	{
		name: "a task of an object that keeps its state beside it",
		refused: ["task.ts:7:17 array literal"],
		files: member(
			"class Motor {\n\tcount = 0;\n\treadonly spin = task(async (n: number) => {\n\t\tawait sleep(n);\n\t\tthis.count += [n].length;\n\t\tout += this.count;\n\t});\n}\nconst motor = new Motor();",
			"motor.spin(1)",
		),
	},
];

const folderOf = (number: number): string => "case" + number;

let folder: string;
let result: ProofResult;
beforeAll(async () => {
	folder = mkdtempSync(tmpdir() + "/stator-across-");
	let imports = 'import { log, run, spawn } from "stator";\n';
	let runs = "";
	let reads = "";
	cases.forEach(({ files }, i) => {
		mkdirSync(folder + "/" + folderOf(i));
		for (const [name, text] of Object.entries(files)) writeFileSync(folder + "/" + folderOf(i) + "/" + name, text);
		imports += "import { out as out" + i + ", t as t" + i + ' } from "./' + folderOf(i) + '/task.ts";\n';
		runs += "\tawait spawn(t" + i + "()).join();\n";
		reads += 'log("out", out' + i + ");\n"; // what nobody reads would be left out of the bundle
	});
	writeFileSync(folder + "/main.ts", imports + "run(async () => {\n" + runs + "});\n" + reads);
	const { code, map } = await bundle(folder + "/main.ts", "linux");
	result = prove(code, map, {});
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** What is said of one case's files, without the case's folder. */
const shortened = (file: string, number: number): string | undefined => file.split("/" + folderOf(number) + "/")[1];

cases.forEach(({ name, refused, lifted = [] }, i) => {
	test("X2 " + (refused.length > 0 ? "refused: " : "accepted: ") + name, () => {
		const said = result.errors.flatMap(({ file, line, column, what }) => {
			const short = shortened(file, i);
			return short === undefined ? [] : [short + ":" + line + ":" + column + " " + what];
		});
		expect(said).toEqual(refused);
		const allowed = result.allowed.flatMap(({ file, line, function: of, reason }) => {
			const short = shortened(file, i);
			return short === undefined ? [] : [short + ":" + line + " " + of + ": " + reason];
		});
		expect(allowed).toEqual(lifted);
	});
});

/** Programs that the compiler itself refuses: what its message says. */
async function refusal(files: Record<string, string>): Promise<string> {
	const place = mkdtempSync(tmpdir() + "/stator-across-");
	try {
		for (const [name, text] of Object.entries(files)) writeFileSync(place + "/" + name, text);
		await bundle(place + "/task.ts", "linux");
		return "accepted";
	} catch (error) {
		return (error as Error).message;
	} finally {
		rmSync(place, { recursive: true });
	}
}

test("X2 refused: recursion through async helpers of two files, with the circle", async () => {
	const message = await refusal({
		"ping.ts":
			'import { pong } from "./pong.ts";\nexport async function ping(n: number): Promise<number> {\n\treturn n > 0 ? await pong(n - 1) : 0;\n}\n',
		"pong.ts":
			'import { sleep } from "stator";\nimport { ping } from "./ping.ts";\nexport async function pong(n: number): Promise<number> {\n\tawait sleep(1);\n\treturn 1 + (await ping(n));\n}\n',
		"task.ts": task('import { ping } from "./ping.ts";', "await ping(3)"),
	});
	expect(message).toMatch(/\/pong\.ts:5:14: error: recursion through async calls: ping -> pong -> ping; its depth/);
});

test("X2 refused: a method that is made a task", async () => {
	const message = await refusal({
		"task.ts":
			'import { sleep, task } from "stator";\nclass Motor {\n\tasync spin(n: number): Promise<void> {\n\t\tawait sleep(n);\n\t}\n}\nconst motor = new Motor();\nexport const t = task(motor.spin);\n',
	});
	expect(message).toMatch(/\/task\.ts:8:18: error: task\(…\) of something that is no async function known here/);
	expect(message).toContain("fix: write task(async (…) => { … })");
});

test("files that import each other: the circle is shown", async () => {
	const message = await refusal({
		"one.ts":
			'import { half } from "./two.ts";\nexport function whole(n: number): number {\n\treturn half(n);\n}\nexport function twice(n: number): number {\n\treturn n * 2;\n}\n',
		"two.ts":
			'import { twice } from "./one.ts";\nexport function half(n: number): number {\n\treturn twice(n) / 4;\n}\n',
		"task.ts": task('import { whole } from "./one.ts";', "whole(1)"),
	});
	expect(message).toMatch(/Circular dependency: \S+\/one\.ts -> \S+\/two\.ts -> \S+\/one\.ts/);
});
