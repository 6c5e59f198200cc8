/**
 * The proof (compiler/proof.ts), by example. Each file of proof-cases/ is two programs: one that must be refused, and one
 * beside it that must be accepted. Of the blocks labelled `refused` and `accepted` each program has one; the other's lines
 * are left empty. `// ! text` marks the line that it stands behind, or the one above when it has a line of its own: it must
 * be refused, with that text in what is said or why; no other line may be.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { declaredNatives, formatProof, type ProofError, type ProofResult, prove } from "../../compiler/proof.ts";
import { bundle } from "../../tools/bundle.ts";
import { path } from "../../tools/paths.ts";

const cases = path("tests/compiler/proof-cases");

let folder = "";
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-proof-");
});
afterAll(() => rmSync(folder, { recursive: true }));

let programs = 0;

/** Bundles a program and proves it. */
async function proveProgram(source: string, natives?: Record<string, string>): Promise<ProofResult> {
	const place = folder + "/" + ++programs;
	mkdirSync(place);
	writeFileSync(place + "/main.ts", source);
	const { code, map } = await bundle(place + "/main.ts", "linux");
	return prove(code, map, natives === undefined ? {} : { natives });
}

/** A case's program without the block of a label. */
function without(source: string, label: string): string {
	let inside = false;
	return source
		.split("\n")
		.map((line) => {
			if (line === label + ": {") inside = true;
			const shown = inside ? "" : line;
			if (line === "}") inside = false;
			return shown;
		})
		.join("\n");
}

function expected(source: string): { line: number; text: string }[] {
	const marks: { line: number; text: string }[] = [];
	source.split("\n").forEach((line, i) => {
		const match = /\/\/ ! (.*)$/.exec(line);
		if (match !== null) marks.push({ line: line.trim().startsWith("//") ? i : i + 1, text: match[1] });
	});
	return marks;
}

/** A program of one task; `body` is its poll function's. */
function program(body: string, above = "", imports = ""): string {
	return `import { done, log, pollTask, READY, run${imports} } from "stator";
${above}
const task = pollTask({ name: "only" }, () => {
	let state = 0;
	return {
		poll(id) {
			${body}
			return done(state);
		},
	};
});
run(task());
`;
}

/** Cases that share a bundle: each is a module of its own; bundling them one by one would take minutes. */
const TOGETHER = 18;

describe("programs that allocate after start-up, and programs near them that do not", () => {
	const names = readdirSync(cases)
		.filter((name) => name.endsWith(".ts"))
		.map((name) => name.replace(/\.ts$/, ""));
	const batches = new Map<string, Promise<ProofResult>>();

	/** The errors of a case's program, bundled with its neighbours in the list. */
	async function errorsOf(name: string, dropped: "refused" | "accepted"): Promise<ProofError[]> {
		const first = names.indexOf(name) - (names.indexOf(name) % TOGETHER);
		const key = dropped + first;
		let batch = batches.get(key);
		if (batch === undefined) {
			const place = folder + "/" + key;
			mkdirSync(place);
			const members = names.slice(first, first + TOGETHER);
			for (const member of members) {
				const source = readFileSync(cases + "/" + member + ".ts", "utf8");
				writeFileSync(place + "/" + member + ".ts", without(source, dropped));
			}
			writeFileSync(place + "/all.ts", members.map((member) => 'import "./' + member + '.ts";\n').join(""));
			batch = bundle(place + "/all.ts", "linux").then(({ code, map }) => prove(code, map));
			batches.set(key, batch);
		}
		return (await batch).errors.filter(({ file }) => file.endsWith("/" + name + ".ts"));
	}

	test("there are at least 60 of each", () => expect(names.length).toBeGreaterThanOrEqual(60));

	test.each(names)("%s", async (name) => {
		const errors = await errorsOf(name, "accepted");
		const found = errors.map(({ line, what, why }) => line + ": " + what + ": " + why);
		const marks = expected(readFileSync(cases + "/" + name + ".ts", "utf8"));
		expect(marks.length, "marks").toBeGreaterThan(0);
		for (const { line, text } of marks)
			expect(
				found.filter((message) => message.startsWith(line + ": ") && message.includes(text)),
				"line " + line + ": " + text + "\nfound:\n" + found.join("\n"),
			).not.toEqual([]);
		const lines = marks.map(({ line }) => line);
		expect(errors.filter(({ line }) => !lines.includes(line)).map(({ line, what }) => line + ": " + what)).toEqual([]);
		expect((await errorsOf(name, "refused")).map(({ line, what }) => line + ": " + what)).toEqual([]);
	});

	test("nothing is refused outside the programs themselves", async () => {
		await Promise.all(names.map((name) => errorsOf(name, "refused")));
		for (const [key, batch] of batches) {
			const { errors } = await batch;
			expect(errors.filter(({ file }) => !file.includes("/" + key + "/"))).toEqual([]);
			if (key.startsWith("refused")) expect(formatProof({ ...(await batch), allowed: [] })).toBe("");
		}
	});
});

describe("what is said", () => {
	test("place, source line, reason, remedy and the way there", async () => {
		const result = await proveProgram(
			program(
				"state = outer(id);",
				"function outer(x: number): number {\n\treturn inner(x) + 1;\n}\nfunction inner(x: number): number {\n\treturn [x].length;\n}",
			),
		);
		expect(
			formatProof(result)
				.replace(/^.*main\.ts/, "main.ts")
				.split("\n"),
		).toEqual([
			"main.ts:6:9: error: array literal",
			"        return [x].length;",
			"               ^",
			"  why: each evaluation makes a new array: two slots and a chunk for the items",
			"  instead: make the array once at start-up and write its items by index",
			"  reached from: task only → outer → inner",
			"",
		]);
	});

	test("what the library allocates is told at the call of the library", async () => {
		const result = await proveProgram(program("state = yieldNow().poll(id);", "", ", yieldNow"));
		expect(result.errors).toHaveLength(1);
		expect(result.errors[0]).toMatchObject({ line: 7, column: 12, path: "task only → yieldNow" });
		expect(result.errors[0].what).toMatch(
			/^call of yieldNow, which allocates \(new YieldNow, src\/executor\/yield-now\.ts:\d+\)$/,
		);
		expect(result.errors[0].fix).toBe("make a YieldNow at start-up, in the task's factory, and start it");
	});

	test("a place is told once, however often it is reached", async () => {
		const result = await proveProgram(
			program("state = make(id) + make(id);", "function make(x: number): number {\n\treturn [x].length;\n}"),
		);
		expect(result.errors.map(({ line }) => line)).toEqual([3]);
	});

	test("without a source map the bundle's own lines", () => {
		const code =
			"const task = pollTask({}, () => ({ poll() { return []; } }));\nfunction pollTask(options, create) { create(); }\n";
		const result = prove(code, undefined, { fileName: "bundle.js" });
		expect(result.errors.map(({ file, line, what }) => [file, line, what])).toEqual([
			["bundle.js", 1, "array literal"],
		]);
	});
});

describe("what is let pass, and counted", () => {
	test("lifted functions, with their reasons", async () => {
		const result = await proveProgram(
			program(
				"state = report(id);",
				"/** Report.\n * stator: allows-allocation not here: this is another comment's line */\n// stator: allows-allocation once a day\nexport function report(x: number): number {\n\treturn [x].length;\n}\n// stator: allows-allocation never reached\nexport function unused(): number[] {\n\treturn [];\n}",
			),
		);
		expect(result.errors).toEqual([]);
		expect(result.allowed.map(({ function: name, line, reason }) => [name, line, reason])).toEqual([
			["report", 5, "once a day"],
		]);
		expect(formatProof(result)).toMatch(/main\.ts:5: allowed: report may allocate: once a day\n$/);
	});

	test("a whole task", async () => {
		const source = program("state = [id].length;").replace(
			"const task",
			"// stator: allows-allocation a test\nconst task",
		);
		const result = await proveProgram(source);
		expect(result.errors).toEqual([]);
		expect(result.allowed).toHaveLength(1);
	});

	test("a comment without a reason lifts nothing and is refused", async () => {
		const result = await proveProgram(
			program(
				"state = report(id);",
				"// stator: allows-allocation\nfunction report(x: number): number {\n\treturn [x].length;\n}",
			),
		);
		expect(result.errors.map(({ line, what }) => [line, what])).toEqual([
			[2, "allows-allocation without a reason"],
			[4, "array literal"],
		]);
		expect(result.allowed).toEqual([]);
	});

	test("what a lifted function calls is still refused where another way leads to it", async () => {
		const result = await proveProgram(
			program(
				"state = report(id) + make(id);",
				"// stator: allows-allocation a test\nfunction report(x: number): number {\n\treturn make(x);\n}\nfunction make(x: number): number {\n\treturn [x].length;\n}",
			),
		);
		expect(result.errors.map(({ line }) => line)).toEqual([7]);
	});

	test("throw sites", async () => {
		const result = await proveProgram(
			program(
				'if (id < 0) throw new RangeError("id " + id + [1, 2].join());\nif (id > 9) throw new TypeError(`${id}`);',
			),
		);
		expect(result.errors).toEqual([]);
		expect(result.throwSites).toBe(2);
	});
});

describe("compiled tasks", () => {
	const source = (lift: string): string => `import { log, run, sleep } from "stator";

${lift}
async function report(n: number): Promise<number> {
	const list = [n, 2];
	await sleep(list[0]);
	return list.length;
}

run(async () => {
	let text = "";
	for (let i = 0; i < 3; i++) {
		await sleep(i);
		text += "x";
		log("round", (await report(i)) + 1);
	}
	return text;
});
`;

	test("are refused at the lines of their source", async () => {
		const { errors } = await proveProgram(source(""));
		expect(errors.map(({ line, column, what }) => [line, column, what])).toEqual([
			[5, expect.any(Number), "array literal"],
			[14, 3, "string concatenation"],
		]);
	});

	test("frame objects of different tasks do not mix, and what a poll does with its own is seen", async () => {
		const program = (last: string): string => `import { log, run, sleep, spawn, task } from "stator";
const words = task({ pool: 20 }, async (value: string) => {
	for (let i = 0; i < 2; i++) {
		await sleep(1);
		log(value);
	}
	${last}
});
const numbers = task({ pool: 20 }, async (value: number) => {
	await sleep(1);
	log("twice", value + value);
});
run(async () => {
	await spawn(words("one")).join();
	await spawn(numbers(2)).join();
});
`;
		expect((await proveProgram(program(""))).errors).toEqual([]);
		const { errors } = await proveProgram(program("log(value + value);"));
		expect(new Set(errors.map(({ line, path: way }) => line + " " + way))).toEqual(new Set(["7 task words"]));
	});

	test("numbers and text of different helpers do not mix", async () => {
		const { errors } = await proveProgram(`import { log, run, sleep } from "stator";

async function text(n: number): Promise<string> {
	await sleep(n);
	return n > 1 ? "many" : "few";
}

async function double(n: number): Promise<number> {
	await sleep(n);
	return 2 * n;
}

run(async () => {
	let sum = 0;
	let last = "";
	for (let i = 0; i < 3; i++) {
		last = (await text(i)) === last ? "same" : await text(i);
		log(last, (await double(i)) + (await double(1)));
		sum += await double(i);
		sum += (await text(i)) === "many" ? 1 : 2;
		log(last + (await text(i)));
	}
	return sum;
});
`);
		expect(errors.map(({ line, what }) => [line, what])).toEqual([[21, "string concatenation"]]);
	});

	test("a lifted helper is lifted inside the task that it is embedded in", async () => {
		const { errors, allowed } = await proveProgram(source("// stator: allows-allocation twice a day"));
		expect(errors.map(({ line }) => line)).toEqual([14]);
		expect(allowed.map(({ function: name, line, reason }) => [name, line, reason])).toEqual([
			["report", 4, "twice a day"],
		]);
	});
});

describe("native functions of the program's own", () => {
	const source = program("state = probe(id);", 'import { probe } from "./probe.native.js";');
	const binding = 'export function probe(x) @ "xs_probe";\n';
	const proven = async (text: string): Promise<ProofResult> => {
		const place = folder + "/" + ++programs;
		mkdirSync(place);
		writeFileSync(place + "/main.ts", source);
		writeFileSync(place + "/probe.native.js", text);
		const { code, map } = await bundle(place + "/main.ts", "linux");
		return prove(code, map, { natives: declaredNatives(text) });
	};

	test("are refused", async () => {
		const { errors } = await proven(binding);
		expect(errors.map(({ line, what }) => [line, what])).toEqual([[7, "call of the native function probe"]]);
	});

	test("are accepted when their binding says why they do not allocate", async () => {
		expect((await proven("// stator: no-allocation reads a register\n" + binding)).errors).toEqual([]);
		expect((await proven("// stator: no-allocation\n" + binding)).errors).toHaveLength(1);
	});
});

describe("the project's own programs", () => {
	test.each(["blinky", "line-echo"])("examples/%s allocates nothing after start-up", async (name) => {
		const { code, map } = await bundle(path("examples", name, "main.ts"), "linux");
		expect(formatProof({ ...prove(code, map), allowed: [] })).toBe("");
	});

	test.each(["linux", "cortex-m"])("nor does any part of the library that tasks may use, on %s", async (platform) => {
		const { code, map } = await bundle(path("tests/compiler/proof-cases/library/main.ts"), platform);
		const result = prove(code, map);
		expect(formatProof(result)).toBe("");
		expect(result.reachable).toBeGreaterThan(40);
	});
});

describe("the bound of the XS stack", () => {
	/** What ten more calls within calls take, where `call` calls the outermost. */
	const tenMore = async (above: (call: string) => string, natives?: Record<string, string>): Promise<number> => {
		const [twenty, thirty] = await Promise.all(
			[20, 30].map(async (depth) => {
				const chain = Array.from(
					{ length: depth },
					(_, i) =>
						"function f" + i + "(x: number): number { return " + (i === 0 ? "x" : "f" + (i - 1) + "(x) + 1") + "; }\n",
				).join("");
				const { stackSlots } = await proveProgram(chain + above("f" + (depth - 1)), natives);
				return stackSlots ?? Number.NaN;
			}),
		);
		return thirty - twenty;
	};
	const polled = (call: string): string => program("state = " + call + "(id);");

	test("E1 calls of a poll count once: the executor's C, which has the polls, calls them from the round", async () => {
		const once = await tenMore((call) => 'import { log } from "stator";\nlog("x", ' + call + "(1));\n");
		expect(once).toBeGreaterThan(10 * 6);
		expect(await tenMore(polled)).toBe(once);
		// A native function of the application may call what it was given at any time.
		const given = (call: string): string => 'import { keep } from "./keep.js";\nkeep(' + call + ");\n" + polled(call);
		writeFileSync(folder + "/keep.js", 'export function keep(f) @ "xs_keep";\n');
		const lent = (call: string): string => given(call).replace("./keep.js", "../keep.js");
		expect(await tenMore(lent, { xs_keep: "keeps what it is given" })).toBe(2 * once);
	});
});
