/**
 * The proof comes to an end (compiler/proof.ts): what it tells apart is finite, whatever a program builds in circles. The programs are
 * proven in a process of their own, which is ended when it takes longer than all of them could.
 */
import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";

const LIMIT_MS = 40_000;

/** Proves the bundles of a JSON list; of each, as soon as it is done, its name and errors as a line of JSON. */
const PROVE = `
import { json } from "node:stream/consumers";
import { prove } from ${JSON.stringify(path("compiler/proof.ts"))};
for (const [name, code] of await json(process.stdin)) {
	const errors = prove(code, undefined).errors.map(({ line, what }) => line + ": " + what);
	console.log(JSON.stringify([name, errors]));
}`;

const WAITS = `class Listen { constructor() { this.all = false; } start(all, backlog) { this.all = all; return backlog; } }
class Accept { start(list, id) { for (let entry = list.first; entry !== undefined; entry = entry.next) entry.wake(id); return id; } }
const list = { first: { next: undefined, wake() {} } };
`;
const WAITED = "function main(id) { a.start(true, id); b.start(list, id); }\n";

/** Each name gets its own. */
const APART = {
	"a declaration": "const [a, b] = [new Listen(), new Accept()];\n",
	"an assignment": "let a, b;\n([a, b] = [new Listen(), new Accept()]);\n",
	"a pattern in a pattern": "const [[a], [, b]] = [[new Listen()], [list, new Accept()]];\n",
	defaults: "const [a = new Listen(), b = list] = [undefined, new Accept()];\n",
	"an object": "const { a, b } = { a: new Listen(), b: new Accept() };\n",
};

/** Any of them may be any of both. */
const MIXED = {
	"items of an array": "const all = [new Listen(), new Accept()];\nconst a = all[0], b = all[1];\n",
	"a pattern for an array": "const all = [new Listen(), new Accept()];\nconst [a, b] = all;\n",
	"what a function returns": "const all = () => [new Listen(), new Accept()];\nconst [a, b] = all();\n",
	"a spread array": "const all = [new Listen(), new Accept()];\nconst [a, b] = [...all];\n",
	"an array in an object": "const { all: [a, b] } = { all: [new Listen(), new Accept()] };\n",
	"one variable": "let a = new Listen(), b = a;\na = b = new Accept();\n",
};

/** x is made in a circle. */
const CIRCLES = {
	"a list that is not in the program": "let x = config;\nwhile (x) x = x.next;\n",
	"members of text, numbers and objects of the engine":
		'let x;\nfor (x of [5, "a", true, [], new Map(), /a/]) while (x) x = x.next;\n',
	"members of members of functions": "let x = Math.max;\nwhile (x) x = x.call;\nwhile (x) x = x.bind;\n",
	"a class that extends the one before":
		"const mix = (Base) => class extends Base {};\nlet C = class { set v(v) {} };\nfor (;;) C = mix(C);\nconst x = new C();\nx.v = 1;\nx.w = x.none;\nx[x.w] = 1;\n",
	"objects made of the one before": "let x = null;\nfor (;;) x = { next: [x] };\n",
	"functions made of the one before": "let x = () => x;\nfor (;;) {\n\tconst before = x;\n\tx = () => before();\n}\n",
	"a constructor that makes its own class":
		"class Node {\n\tconstructor(next) {\n\t\tthis.next = next;\n\t\tthis.more = new Node(this);\n\t}\n}\nlet x = new Node();\n",
};

const found = new Map<string, string[]>();

beforeAll(() => {
	const programs: [string, string][] = [];
	const add = (set: string, bodies: Record<string, string>, above: string, main: string): void => {
		for (const [name, body] of Object.entries(bodies))
			programs.push([
				set + name,
				above +
					body +
					main +
					"function pollTask(options, make) { make(); }\npollTask({}, () => ({ poll(id) { main(id); return 0; } }));\n",
			]);
	};
	add("apart: ", APART, WAITS, WAITED);
	add("mixed: ", MIXED, WAITS, WAITED);
	add("circle: ", CIRCLES, "", "function main(id) { x.absent(id); }\n");
	const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", PROVE], {
		cwd: path(""),
		input: JSON.stringify(programs),
		timeout: LIMIT_MS,
		encoding: "utf8",
	});
	expect(stderr).toBe("");
	for (const line of stdout.split("\n").filter((line) => line !== "")) {
		const [name, errors] = JSON.parse(line);
		found.set(name, errors);
	}
});

describe("X2: objects of several classes", () => {
	test.each(Object.keys(APART))("are told apart: %s", (name) => expect(found.get("apart: " + name)).toEqual([]));

	// The boolean is a list as well then, and a boolean's member is read.
	test.each(Object.keys(MIXED))("are not told apart: %s", (name) =>
		expect(found.get("mixed: " + name)).toContainEqual(expect.stringMatching(/ of a boolean$/)),
	);
});

test.each(Object.keys(CIRCLES))("X2: the proof ends: %s", (name) => expect(found.get("circle: " + name)).toBeDefined());
