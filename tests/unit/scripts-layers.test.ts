/** The layer check on trees of a few lines: what stands, what falls, and the line and sentence it falls with. */
import { describe, expect, test } from "vitest";
import { checkLayers, formatViolation, importsOf, includesOf, resolveSpecifier } from "../../scripts/check-layers.mjs";

/** Violations of a tree given as `{ path: text }`, as printed lines without the rule. */
function violations(tree: Record<string, string>): string[] {
	return checkLayers(new Map(Object.entries(tree))).violations.map(
		(v) => `${v.file}:${v.line} ${v.layer} -> ${v.target}`,
	);
}

describe("imports of TypeScript", () => {
	const allowed: [string, string][] = [
		["src/executor/loop.ts", 'import { Wheel } from "../time/wheel.ts";'],
		["src/executor/loop.ts", 'import { idle } from "#hal";'],
		["src/executor/loop.ts", 'import type { Hal } from "../../hal/hal.ts";'],
		["src/index.ts", 'export type { Hal } from "../hal/hal.ts";'],
		["hal/hal-module.d.ts", 'import type { Hal } from "./hal.ts";'],
		["hal/pins.ts", 'export { led } from "#hal";'],
		[
			"hal/sim/index.ts",
			'import { performance } from "node:perf_hooks"; import type { Hal } from "../hal.ts"; import "./clock.ts";',
		],
		[
			"hal/cortex-m/index.ts",
			'import { idle } from "../../native/cortex-m/irq.js"; import { boot } from "../../native/xs/machine.js";',
		],
		[
			"hal/linux/index.ts",
			'import { ring } from "../../native/linux/ring.js"; import { words } from "../shared/words.ts"; import type { Hal } from "../hal.ts";',
		],
		["hal/moddable/index.ts", 'import { pend } from "../../native/moddable/pend.js"; import "./own.ts";'],
		["compiler/index.ts", 'import ts from "typescript"; import { readFileSync } from "fs"; import "./lower.ts";'],
		[
			"tools/build.ts",
			'import { compile } from "../compiler/index.ts"; import { bootstrap } from "../scripts/bootstrap.mjs"; import "rollup";',
		],
		["tools/stator.mjs", 'import "./build.ts";'],
		["scripts/check.mjs", 'import ts from "typescript"; import "./terminal.mjs";'],
		[
			"tests/unit/a.test.ts",
			'import "../../src/index.ts"; import "stator"; import "../../hal/sim/index.ts"; import "../../compiler/index.ts"; import "../../tools/build.ts"; import "../../scripts/check.mjs"; import "#hal"; import "vitest"; import "../help.ts";',
		],
		[
			"examples/blinky/main.ts",
			'import { task } from "stator"; import { led } from "stator/board"; import { sleep } from "stator/time"; import "./pins.ts";',
		],
		[
			"bench/wake.ts",
			'import { task } from "stator"; import "../src/executor/loop.ts"; import "#hal"; import "stator/sim"; import "node:os";',
		],
		["vitest.config.ts", 'import { defineConfig } from "vitest/config"; import { plugin } from "./compiler/index.ts";'],
		["rollup.config.js", 'const { bundleOptions } = await import("./tools/bundle.ts");'],
		["hal/sim/index.ts", 'import { words } from "../shared/words.ts";'],
		["hal/linux/index.ts", 'export * from "../xs/index.ts";'],
		["hal/xs/index.ts", 'export { ring } from "../../native/xs/ring.js";'],
		["native/cortex-m/irq.js", 'import "../xs/machine.js";'],
	];
	test.each(allowed)("%s may: %s", (path, text) => {
		expect(violations({ [path]: text })).toEqual([]);
	});

	const refused: [string, string, string][] = [
		["src/a.ts", 'import { Hal } from "../hal/hal.ts";', "../hal/hal.ts"],
		["src/a.ts", 'import { type Hal } from "../hal/hal.ts";', "../hal/hal.ts"],
		["src/a.ts", 'import type { Board } from "../hal/board.ts";', "../hal/board.ts"],
		["src/a.ts", 'import type { Sim } from "../hal/sim/index.ts";', "../hal/sim/index.ts"],
		["src/a.ts", 'import { readFileSync } from "node:fs";', "node:fs"],
		["src/a.ts", 'import type { Stats } from "fs";', "fs"],
		["src/a.ts", 'import ts from "typescript";', "typescript"],
		["src/a.ts", 'import { compile } from "stator/compiler";', "stator/compiler"],
		["src/a.ts", 'export * from "../compiler/index.ts";', "../compiler/index.ts"],
		["src/a.ts", 'const late = () => import("../tests/help.ts");', "../tests/help.ts"],
		["src/a.ts", 'let x: import("../tools/build.ts").Options;', "../tools/build.ts"],
		["src/a.ts", 'const fs = require("node:fs");', "node:fs"],
		["src/a.ts", 'import idle from "../native/cortex-m/irq.js";', "../native/cortex-m/irq.js"],
		["src/a.ts", '/// <reference types="node" />', "node"],
		["src/a.ts", 'import "/opt/lib.ts";', "/opt/lib.ts"],
		["src/a.ts", 'import "../../elsewhere/lib.ts";', "../../elsewhere/lib.ts"],
		["hal/hal.ts", 'import type { Task } from "../src/index.ts";', "../src/index.ts"],
		["hal/pins.ts", 'import { led } from "./sim/index.ts";', "./sim/index.ts"],
		["hal/sim/index.ts", 'import "typescript";', "typescript"],
		["hal/sim/index.ts", 'import "../linux/index.ts";', "../linux/index.ts"],
		["hal/cortex-m/index.ts", 'import { ring } from "../../native/linux/ring.js";', "../../native/linux/ring.js"],
		["hal/cortex-m/index.ts", 'import { x } from "../../native/cortex-m/irq.ts";', "../../native/cortex-m/irq.ts"],
		["hal/cortex-m/index.ts", 'import { x } from "../sim/index.ts";', "../sim/index.ts"],
		["hal/linux/index.ts", 'import { open } from "node:fs";', "node:fs"],
		["hal/linux/index.ts", 'import { task } from "stator";', "stator"],
		["hal/shared/words.ts", 'import "../sim/index.ts";', "../sim/index.ts"],
		["hal/sim/index.ts", 'export * from "../xs/index.ts";', "../xs/index.ts"],
		["compiler/index.ts", 'import "../src/index.ts";', "../src/index.ts"],
		["compiler/index.ts", 'import "../tools/build.ts";', "../tools/build.ts"],
		["tools/build.ts", 'import "../src/index.ts";', "../src/index.ts"],
		["tools/build.ts", 'import "../tests/help.ts";', "../tests/help.ts"],
		["scripts/check.mjs", 'import "../tools/build.ts";', "../tools/build.ts"],
		["tests/unit/a.test.ts", 'import "../../examples/blinky/main.ts";', "../../examples/blinky/main.ts"],
		["tests/unit/a.test.ts", 'import "../../bench/wake.ts";', "../../bench/wake.ts"],
		["examples/blinky/main.ts", 'import "../../hal/hal.ts";', "../../hal/hal.ts"],
		["examples/blinky/main.ts", 'import "#hal";', "#hal"],
		["examples/blinky/main.ts", 'import "node:fs";', "node:fs"],
		["bench/wake.ts", 'import "../tests/help.ts";', "../tests/help.ts"],
		["bench/wake.ts", 'import "../hal/cortex-m/index.ts";', "../hal/cortex-m/index.ts"],
		["vitest.config.ts", 'import "./src/index.ts";', "./src/index.ts"],
		["native/linux/ring.js", 'import "../cortex-m/irq.js";', "../cortex-m/irq.js"],
		["native/linux/ring.js", 'import "../../src/index.ts";', "../../src/index.ts"],
	];
	test.each(refused)("%s may not: %s", (path, text, target) => {
		const found = checkLayers(new Map([[path, text]])).violations;
		expect(found.map((v) => [v.file, v.target])).toEqual([[path, target]]);
	});

	test("imports inside strings and comments are none", () => {
		expect(
			violations({ "src/a.ts": "// import 'node:fs';\nconst s = `import x from \"node:fs\"`;\nexport { s };" }),
		).toEqual([]);
	});

	test("native bindings parse in spite of their own syntax", () => {
		const text =
			'import "../../src/index.ts";\nclass Irq @ "xs_irq_destroy" {\n\tstatic idle() @ "xs_irq_idle";\n}\nexport default Irq;\n';
		expect(violations({ "native/cortex-m/irq.js": text })).toEqual([
			"native/cortex-m/irq.js:1 native/cortex-m -> ../../src/index.ts",
		]);
	});

	test("lines and types are told", () => {
		const text = 'import type { A } from "./a.ts";\nimport {\n\tB,\n} from "./b.ts";\nexport { C } from "./c.ts";\n';
		expect(importsOf("src/x.ts", text)).toEqual([
			{ specifier: "./a.ts", line: 1, typeOnly: true },
			{ specifier: "./b.ts", line: 4, typeOnly: false },
			{ specifier: "./c.ts", line: 5, typeOnly: false },
		]);
	});

	test("package names lead to the files they stand for", () => {
		expect(resolveSpecifier("examples/a/main.ts", "stator")).toEqual({ kind: "file", path: "src/index.ts" });
		expect(resolveSpecifier("examples/a/main.ts", "stator/board")).toEqual({ kind: "file", path: "src/board.ts" });
		expect(resolveSpecifier("examples/a/main.ts", "stator/time")).toEqual({ kind: "file", path: "src/time/index.ts" });
		expect(resolveSpecifier("src/a.ts", "../..")).toEqual({ kind: "outside" });
	});
});

describe("includes of C", () => {
	const headers = {
		"native/abi/stator-abi.h": "",
		"native/xs/xsPlatform.h": '#include "stator-abi.h"\n#include "xs.h"\n',
		"native/cortex-m/irq.h": '#include "stator-abi.h"\n',
		"native/cortex-m/chips/stm32f4/chip.h": '#include "irq.h"\n',
		"native/cortex-m/chips/mps2/chip.h": '#include "irq.h"\n',
		"native/cortex-m/boards/netduinoplus2/board.h": '#include "../../chips/stm32f4/chip.h"\n',
		"native/linux/ring.h": '#include <liburing.h>\n#include "stator-abi.h"\n',
	};

	test("the tree as designed stands", () => {
		const good = {
			"native/cortex-m/irq.c": '#include "irq.h"\n#include "chip.h"\n#include "xsPlatform.h"\n',
			"native/cortex-m/chips/stm32f4/uart.c": '#include "chip.h"\n#include "../../irq.h"\n',
			"native/linux/ring.c": '#include "ring.h"\n#include "../xs/xsPlatform.h"\n',
			"native/cortex-m/start.S": '#include "stator-abi.h"\n',
			"tests/native/ring_test.c": '#include "../../native/linux/ring.h"\n#include "stator-abi.h"\n',
			"tools/rom/main.c": '#include "xsPlatform.h"\n#include "xsAll.h"\n',
		};
		expect(violations({ ...headers, ...good })).toEqual([]);
	});

	const refused: [string, string, string][] = [
		["native/abi/words.h", '#include "xsPlatform.h"', "native/xs/xsPlatform.h"],
		["native/xs/heap.c", '#include "../linux/ring.h"', "native/linux/ring.h"],
		["native/linux/clock.c", '#include "../cortex-m/irq.h"', "native/cortex-m/irq.h"],
		["native/cortex-m/irq.c", '#include "ring.h"', "native/linux/ring.h"],
		["native/cortex-m/chips/mps2/uart.c", '#include "../stm32f4/chip.h"', "native/cortex-m/chips/stm32f4/chip.h"],
		[
			"native/cortex-m/chips/mps2/uart.c",
			'#include "boards/netduinoplus2/board.h"',
			"native/cortex-m/boards/netduinoplus2/board.h",
		],
		[
			"native/cortex-m/boards/mps2/board.c",
			'#include "../netduinoplus2/board.h"',
			"native/cortex-m/boards/netduinoplus2/board.h",
		],
		["tools/rom/main.c", '#include "irq.h"', "native/cortex-m/irq.h"],
		["src/fast.c", '#include "stator-abi.h"', "native/abi/stator-abi.h"],
	];
	test.each(refused)("%s may not: %s", (path, text, target) => {
		const found = checkLayers(new Map(Object.entries({ ...headers, [path]: "\n" + text + "\n" }))).violations;
		expect(found.map((v) => [v.file, v.line, v.target])).toEqual([[path, 2, target]]);
	});

	test("commented and angled includes are passed over", () => {
		const text = '/*\n#include "a.h"\n*/\n#include <b.h>\n// #include "c.h"\n#  include "d.h"\n';
		expect(includesOf(text)).toEqual([{ header: "d.h", line: 6 }]);
	});
});

test("counts code, sorts, and prints file, line and rule", () => {
	const { files, violations: found } = checkLayers(
		new Map([
			["src/b.ts", '\nimport "node:fs";'],
			["src/a.ts", 'import "typescript";\nimport "node:os";'],
			["README.md", 'import "node:fs";'],
		]),
	);
	expect(files).toBe(2);
	expect(found.map((v) => `${v.file}:${v.line}`)).toEqual(["src/a.ts:1", "src/a.ts:2", "src/b.ts:2"]);
	expect(formatViolation(found[2])).toBe(
		"src/b.ts:2: src may not import node:fs: src imports its own files, #hal, and hal/hal.ts with `import type`",
	);
});
