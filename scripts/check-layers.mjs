/**
 * Who may import whom. The tree is the architecture (docs/DESIGN.md), and this keeps it so:
 *
 *   examples, bench, tests -> src            src -> hal/hal.ts, types only; its functions come through #hal
 *   hal/<platform> -> hal/hal.ts, hal/flash.ts, hal/io.ts, hal/threads.ts and native functions          native/<platform> -> native/abi, native/xs
 *   nothing -> tests, examples, bench, tools, docs
 *
 * `checkLayers` takes a map from path to text, so that it is tested without a file system
 * (tests/unit/scripts-layers.test.ts). Imports are read from TypeScript's own syntax tree, which also says whether an
 * import is of types only; C includes are read line by line. Run it with `node scripts/check-layers.mjs`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { extname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { isMain } from "./terminal.mjs";

const scriptKinds = new Set([".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"]);
const cKinds = new Set([".c", ".h", ".inc", ".def", ".S", ".s"]);
const sourceDirectories = [
	"src",
	"hal",
	"native",
	"compiler",
	"tools",
	"scripts",
	"renode",
	"tests",
	"examples",
	"bench",
	"docs",
];

// ---- layers ----

/** The layer of a path: its top directory, or hal/<platform>, native/<platform>; "root" for files beside package.json. */
export function layerOf(path) {
	const parts = path.split("/");
	if (parts.length === 1) return "root";
	if ((parts[0] === "hal" || parts[0] === "native") && parts.length > 2) return parts[0] + "/" + parts[1];
	return parts[0];
}

const within = (path, directory) => path.startsWith(directory + "/");
const isContract = (path) =>
	path === "hal/hal.ts" || path === "hal/flash.ts" || path === "hal/io.ts" || path === "hal/threads.ts";
const isBinding = (path) => path.endsWith(".js");

// ---- TypeScript and JavaScript ----

const bareNames = new Map([
	["stator", "src/index.ts"],
	["stator/board", "src/board.ts"],
	["stator/sim", "hal/sim/index.ts"],
	["stator/compiler", "compiler/index.ts"],
]);

/**
 * What a specifier means: `{ kind: "file", path }`, `{ kind: "hal" }` (#hal), `{ kind: "builtin" }`,
 * `{ kind: "package" }` or `{ kind: "outside" }` (an absolute path, or one that leaves the repository).
 */
export function resolveSpecifier(importer, specifier) {
	if (specifier === "#hal") return { kind: "hal" };
	if (specifier.startsWith("/") || specifier.startsWith("file:")) return { kind: "outside" };
	if (specifier === "." || specifier === ".." || specifier.startsWith("./") || specifier.startsWith("../")) {
		const path = posix.join(posix.dirname(importer), specifier);
		return path === ".." || path.startsWith("../") ? { kind: "outside" } : { kind: "file", path };
	}
	if (bareNames.has(specifier)) return { kind: "file", path: bareNames.get(specifier) };
	if (specifier.startsWith("stator/")) return { kind: "file", path: "src/" + specifier.slice(7) + "/index.ts" };
	return isBuiltin(specifier) ? { kind: "builtin" } : { kind: "package" };
}

/** Every import of a module: `{ specifier, line, typeOnly }`; re-exports, import(), require() and import types too. */
export function importsOf(path, text) {
	const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
	const found = [];
	const add = (specifier, position, typeOnly) => {
		found.push({ specifier, line: source.getLineAndCharacterOfPosition(position).line + 1, typeOnly });
	};
	const addLiteral = (node, typeOnly) => {
		if (node && ts.isStringLiteralLike(node)) add(node.text, node.getStart(source), typeOnly);
	};
	for (const reference of source.referencedFiles) {
		const relative = reference.fileName.startsWith(".") ? reference.fileName : "./" + reference.fileName;
		add(relative, reference.pos, true);
	}
	for (const reference of source.typeReferenceDirectives) add(reference.fileName, reference.pos, true);
	const visit = (node) => {
		if (ts.isImportDeclaration(node)) addLiteral(node.moduleSpecifier, node.importClause?.isTypeOnly === true);
		else if (ts.isExportDeclaration(node)) addLiteral(node.moduleSpecifier, node.isTypeOnly);
		else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
			addLiteral(node.moduleReference.expression, node.isTypeOnly);
		} else if (ts.isImportTypeNode(node)) {
			if (ts.isLiteralTypeNode(node.argument)) addLiteral(node.argument.literal, true);
		} else if (ts.isCallExpression(node)) {
			const { expression } = node;
			const imports = expression.kind === ts.SyntaxKind.ImportKeyword;
			const requires = ts.isIdentifier(expression) && expression.text === "require";
			if (imports || requires) addLiteral(node.arguments[0], false);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

const publicFace = (target) => within(target.path, "src");
const isSimulator = (target) => target.path === "hal/sim/index.ts";
const node = new Set(["builtin", "package"]);

/** Per layer: may this import stand, and the sentence that says what may. Own files always may (`checkScript`). */
const scriptRules = {
	src: {
		rule: "src imports its own files, #hal, and hal/hal.ts with `import type`",
		allows: (target, typeOnly) =>
			target.kind === "hal" || (target.kind === "file" && isContract(target.path) && typeOnly),
	},
	hal: {
		rule: "hal/*.ts imports only its neighbours in hal/ and #hal",
		allows: (target) => target.kind === "hal",
	},
	"hal/sim": {
		rule: "hal/sim imports hal/hal.ts, hal/shared, its own files and Node's modules",
		allows: (target) =>
			target.kind === "builtin" ||
			target.kind === "hal" ||
			(target.kind === "file" && (isContract(target.path) || within(target.path, "hal/shared"))),
	},
	"hal/shared": {
		rule: "hal/shared imports hal/hal.ts and its own files",
		allows: (target) => target.kind === "hal" || isContract(target.path ?? ""),
	},
	compiler: {
		rule: "compiler imports its own files, npm packages and Node's modules",
		allows: (target) => node.has(target.kind),
	},
	scripts: {
		rule: "scripts import their own files, npm packages and Node's modules",
		allows: (target) => node.has(target.kind),
	},
	tools: {
		rule: "tools import their own files, compiler, scripts, npm packages and Node's modules, and types of hal/sim",
		allows: (target, typeOnly) =>
			node.has(target.kind) ||
			(target.kind === "file" &&
				(["compiler", "scripts"].includes(layerOf(target.path)) || (typeOnly && within(target.path, "hal/sim")))),
	},
	tests: {
		rule: "tests import anything but examples, bench and docs",
		allows: (target) =>
			target.kind !== "outside" &&
			!(target.kind === "file" && ["examples", "bench", "docs"].includes(target.path.split("/")[0])),
	},
	examples: {
		rule: "examples import stator, stator/board, stator/sim and their own files",
		allows: (target) => target.kind === "file" && (publicFace(target) || isSimulator(target)),
	},
	docs: {
		rule: "docs import stator, stator/board, stator/sim and their own files",
		allows: (target) => target.kind === "file" && (publicFace(target) || isSimulator(target)),
	},
	bench: {
		rule: "bench imports stator, stator/board, stator/sim, #hal, its own files, npm packages and Node's modules",
		allows: (target) =>
			node.has(target.kind) ||
			target.kind === "hal" ||
			(target.kind === "file" && (publicFace(target) || isSimulator(target))),
	},
	root: {
		rule: "configuration files import compiler, tools, scripts, npm packages and Node's modules",
		allows: (target) =>
			node.has(target.kind) ||
			(target.kind === "file" && ["root", "compiler", "tools", "scripts"].includes(layerOf(target.path))),
	},
};

function scriptRule(layer) {
	if (scriptRules[layer]) return scriptRules[layer];
	const [top, platform] = layer.split("/");
	if (top === "hal") {
		return {
			rule:
				layer +
				" imports hal/hal.ts, its own files, hal/shared, hal/xs, and bindings (.js) of native/" +
				platform +
				" and native/xs",
			allows: (target) => {
				if (target.kind === "hal") return true;
				if (target.kind !== "file") return false;
				if (isContract(target.path) || within(target.path, "hal/shared") || within(target.path, "hal/xs")) return true;
				return (
					isBinding(target.path) && (within(target.path, "native/" + platform) || within(target.path, "native/xs"))
				);
			},
		};
	}
	if (top === "native") {
		const allowed = nativeReach(layer);
		return {
			rule: nativeSentence(layer, allowed),
			allows: (target) => target.kind === "file" && allowed.some((directory) => within(target.path, directory)),
		};
	}
	return { rule: layer + " imports only its own files", allows: () => false };
}

function checkScript(path, text, report) {
	const layer = layerOf(path);
	const { rule, allows } = scriptRule(layer);
	for (const { specifier, line, typeOnly } of importsOf(path, text)) {
		const target = resolveSpecifier(path, specifier);
		const own = target.kind === "file" && layerOf(target.path) === layer;
		if (!own && !allows(target, typeOnly)) report({ file: path, line, layer, target: specifier, rule });
	}
}

// ---- C ----

/** The directories of native/ whose headers a layer's C may include besides its own. */
function nativeReach(layer) {
	if (layer === "native/abi") return [];
	if (layer === "native/xs") return ["native/abi"];
	// It is the Linux host, too: memory and counters are the same.
	if (layer === "native/replay") return ["native/abi", "native/xs", "native/linux"];
	return ["native/abi", "native/xs"];
}

const nativeSentence = (layer, reach) => layer + " includes " + ["its own files", ...reach].join(", ");

/** `{ header, line }` of every `#include "…"` outside block comments. */
export function includesOf(text) {
	const code = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "));
	const found = [];
	code.split("\n").forEach((content, index) => {
		const match = /^\s*#\s*include\s+"([^"]+)"/.exec(content);
		if (match) found.push({ header: match[1], line: index + 1 });
	});
	return found;
}

/**
 * The files of ours that a header's name can mean. Beside the includer first, as the compiler does; then any file under
 * native/ whose path ends so, since the include path is the build's business. None: the engine's or the system's.
 */
function resolveHeader(importer, header, paths) {
	const beside = posix.join(posix.dirname(importer), header);
	if (paths.has(beside)) return [beside];
	const wanted = "/" + posix.normalize(header).replace(/^(\.\.\/)+/, "");
	return [...paths].filter((path) => within(path, "native") && path.endsWith(wanted));
}

/** Which of several alternatives a path belongs to: in native/cortex-m/chips/stm32f4/uart.c, of "chips", stm32f4. */
function memberOf(path, family) {
	return new RegExp("^native/[^/]+/" + family + "/([^/]+)/").exec(path)?.[1];
}

/** Why one file may not include another, or undefined. */
function includeComplaint(importer, target) {
	const layer = layerOf(importer);
	const own = layerOf(target) === layer;
	const top = layer.split("/")[0];
	if (top === "tests") return own || within(target, "native") ? undefined : "tests include their own files and native";
	if (top === "bench") return own || within(target, "native") ? undefined : "bench includes its own files and native";
	if (top === "tools") {
		const allowed = own || within(target, "native/abi") || within(target, "native/xs");
		return allowed ? undefined : top + " includes its own files, native/abi, native/xs";
	}
	if (top !== "native") return own ? undefined : layer + " includes only its own files";
	if (!own) {
		// The headers that native/xs finds in the platform that is built for: what #hal is to src.
		if (layer === "native/xs" && /^native\/[^/]+\/stator-(libc|cycles|memory|thread)\.h$/.test(target))
			return undefined;
		// Moddable's devices are Cortex-M, some of them: mcconfig gets the lock under a name of ours.
		if (importer === "native/moddable/objects/stator-lock-cortex-m.c" && target === "native/cortex-m/lock.c")
			return undefined;
		if (layer === "native/abi" && /^native\/[^/]+\/stator-slots\.h$/.test(target)) return undefined;
		const reach = nativeReach(layer);
		return reach.some((directory) => within(target, directory)) ? undefined : nativeSentence(layer, reach);
	}
	const chip = memberOf(importer, "chips");
	const board = memberOf(importer, "boards");
	const otherChip = memberOf(target, "chips");
	const otherBoard = memberOf(target, "boards");
	if (chip !== undefined && otherChip !== undefined && chip !== otherChip)
		return "a chip includes nothing of another chip";
	if (chip !== undefined && otherBoard !== undefined) return "boards include chips, not the other way round";
	if (board !== undefined && otherBoard !== undefined && board !== otherBoard)
		return "a board includes nothing of another board";
	return undefined;
}

function checkC(path, text, paths, report) {
	for (const { header, line } of includesOf(text)) {
		const complaints = resolveHeader(path, header, paths).map((target) => ({
			target,
			rule: includeComplaint(path, target),
		}));
		// Several files of one name are alternatives (one per chip); one that may be included is enough.
		if (complaints.length > 0 && complaints.every(({ rule }) => rule !== undefined)) {
			report({ file: path, line, layer: layerOf(path), target: complaints[0].target, rule: complaints[0].rule });
		}
	}
}

// ---- the check ----

/** Checks files given as a Map from repository path (with /) to text. */
export function checkLayers(files) {
	const violations = [];
	const paths = new Set(files.keys());
	const report = (violation) => violations.push(violation);
	let checked = 0;
	for (const [path, text] of files) {
		const kind = extname(path);
		if (scriptKinds.has(kind)) checkScript(path, text, report);
		else if (cKinds.has(kind)) checkC(path, text, paths, report);
		else continue;
		checked++;
	}
	violations.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
	return { files: checked, violations };
}

export const formatViolation = ({ file, line, layer, target, rule }) =>
	file + ":" + line + ": " + layer + " may not import " + target + ": " + rule;

/** Reads the sources of the repository at `root`. */
export function readTree(root) {
	const files = new Map();
	const skipped = new Set(["node_modules", "build", "dist", "__pycache__"]);
	const readIf = (path) => {
		const kind = extname(path);
		if (scriptKinds.has(kind) || cKinds.has(kind)) files.set(path, readFileSync(join(root, path), "utf8"));
	};
	const walk = (directory) => {
		for (const entry of readdirSync(join(root, directory), { withFileTypes: true })) {
			if (entry.name.startsWith(".") || skipped.has(entry.name)) continue;
			const path = directory + "/" + entry.name;
			if (entry.isDirectory()) walk(path);
			else if (entry.isFile()) readIf(path);
		}
	};
	for (const entry of readdirSync(root, { withFileTypes: true })) {
		if (entry.isFile()) readIf(entry.name);
		else if (entry.isDirectory() && sourceDirectories.includes(entry.name)) walk(entry.name);
	}
	return files;
}

function main() {
	const { files, violations } = checkLayers(readTree(fileURLToPath(new URL("..", import.meta.url))));
	for (const violation of violations) process.stdout.write(formatViolation(violation) + "\n");
	process.stdout.write("layers: " + files + " files, " + violations.length + " violations\n");
	return violations.length === 0 ? 0 : 1;
}

if (isMain(import.meta.url)) process.exitCode = main();
