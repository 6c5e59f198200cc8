/** The command line as people and shells meet it: help, documentation, exit statuses, colours, completion, doctor, tests of an application. */
import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { judge } from "../../tools/test-app.ts";

interface Ran {
	status: number;
	out: string;
	err: string;
}

const cli = path("tools/stator.mjs");
const ran = (command: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> =>
	new Promise((resolve) => {
		execFile(command, args, { cwd: path(), env: { ...process.env, ...env } }, (error, out, err) =>
			resolve({ status: error === null ? 0 : typeof error.code === "number" ? error.code : 1, out, err }),
		);
	});
const stator = (...args: string[]): Promise<Ran> => ran(process.execPath, [cli, ...args]);

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-line-");
	mkdirSync(folder + "/bin");
	symlinkSync(cli, folder + "/bin/stator");
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("help", () => {
	test("every command has examples, and every command and option stands in docs/command-line.md", async () => {
		const page = readFileSync(path("docs/command-line.md"), "utf8");
		const { out, status } = await stator("--help");
		expect(status).toBe(0);
		expect(out).toContain("Exit status:");
		const commands = [...out.matchAll(/^ {2}([a-z]+)(?: \[options\])?(?: [<[].*)?(?: {2}|$)/gm)].map(
			([, name]) => name,
		);
		expect(commands.length).toBeGreaterThan(14);
		for (const name of commands.filter((one) => one !== "help")) {
			const help = (await stator(name, "--help")).out;
			if (name !== "targets") expect(help, name).toContain("\nExamples:\n");
			expect(page, "stator " + name).toMatch(new RegExp("^\\| `stator " + name + "\\b", "m"));
			// The paragraph of the command: its options are those of its help.
			const paragraph = new RegExp("^`" + name + "`: ([^\\n]|\\n(?!`|\\n))*", "m").exec(page)?.[0] ?? "";
			const options = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option]) => option);
			for (const option of options.filter((one) => one !== "--help"))
				expect(paragraph, name + " " + option).toContain("`" + option);
			for (const [option] of paragraph.matchAll(/(?<=`)--[a-z-]+/g))
				expect(options, name + " has no " + option).toContain(option);
		}
	});

	test("status 2 for what makes no sense, with what to do; 1 for what cannot be done", async () => {
		const wrong: [string[], RegExp][] = [
			[["bild"], /unknown command 'bild'\n\(Did you mean build\?\)/],
			[["build"], /missing required argument 'app'/],
			[["run", "blinky", "--bord", "x"], /unknown option '--bord'\n\(Did you mean --board\?\)/],
			[["run", "blinky", "--board", "nano33"], /there is no board "nano33"\n {2}boards: linux, /],
			[["run", "no-such-app"], /there is no application "no-such-app"\n {2}give a directory/],
			[["flash", "blinky"], /linux is no board: .*\n {2}choose one: --board/],
			[["bench", "cake"], /there is no benchmark "cake"\n {2}benchmarks: board, host/],
			[["sim", "blinky", "--runs", "0"], /--runs must be a whole number/],
			[["doctor", "cake"], /there is no use "cake"\n {2}uses: build, /],
			[["completion", "tcsh"], /Allowed choices are zsh, bash, fish, powershell/],
		];
		for (const [args, text] of wrong) {
			const { status, err, out } = await stator(...args);
			expect([args, status]).toEqual([args, 2]);
			expect(err).toMatch(text);
			expect(out).toBe("");
		}
		const { status, err } = await stator("test", "blinky");
		expect(status).toBe(1);
		expect(err).toMatch(/blinky has no tests\n {2}write one: <name>\.test\.ts beside main\.ts/);
	});
});

/** Runs a command on a terminal of its own; what that shows. */
const TERMINAL = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)";

test("colours on a terminal, none with NO_COLOR, none where there is no terminal", async () => {
	const onTerminal = (env: NodeJS.ProcessEnv): Promise<Ran> =>
		ran("python3", ["-c", TERMINAL, process.execPath, cli, "targets"], env);
	expect((await onTerminal({ NO_COLOR: "" })).out).toContain("\u001b[1mlinux");
	expect((await onTerminal({ NO_COLOR: "1" })).out).not.toContain("\u001b");
	expect((await stator("targets")).out).not.toContain("\u001b");
});

describe("completion", () => {
	/** Completes the last of the words in bash. */
	function inBash(...words: string[]): Promise<string[]> {
		const script = [
			"source " + folder + "/completion.bash",
			"compopt() { :; }", // it works while readline asks only
			"COMP_WORDS=(" + words.map((word) => "'" + word + "'").join(" ") + ")",
			"COMP_CWORD=$((${#COMP_WORDS[@]} - 1))",
			"$(complete -p stator | sed 's/.*-F //;s/ .*//')",
			'printf "%s\\n" "${COMPREPLY[@]}"',
		].join("\n");
		return new Promise((resolve, reject) => {
			const bash = spawn("bash", ["--norc", "-c", script], {
				cwd: path(),
				env: { ...process.env, PATH: folder + "/bin:" + dirname(process.execPath) + ":" + process.env.PATH },
			});
			let out = "";
			bash.stdout.on("data", (data) => void (out += data));
			bash.on("error", reject);
			bash.on("close", () => resolve(out.trim().split("\n")));
		});
	}

	test("in bash: commands, options, boards and applications", async () => {
		writeFileSync(folder + "/completion.bash", (await stator("completion", "bash")).out);
		expect(await inBash("stator", "")).toEqual(
			expect.arrayContaining(["build", "flash", "top", "doctor", "completion"]),
		);
		expect(await inBash("stator", "de")).toEqual(["debug"]);
		expect(await inBash("stator", "map", "blinky", "--s")).toEqual(expect.arrayContaining(["--strip", "--svg"]));
		expect(await inBash("stator", "test", "x", "--board", "n")).toEqual(["netduinoplus2", "nrf52840dk"]);
		expect(await inBash("stator", "run", "but")).toEqual(["button-queue"]);
	});

	test.each(["zsh", "fish"])("a script for %s that calls stator", async (shell) => {
		const { status, out } = await stator("completion", shell);
		expect(status).toBe(0);
		expect(out).toMatch(/stator complete --/);
		expect(out).toMatch(shell === "zsh" ? /compdef .*stator/ : /complete -c stator/);
	});
});

describe("doctor", () => {
	test("where nothing is: what is missing for which use, how to get it, and status 3", async () => {
		const env = { PATH: folder + "/nothing" };
		const { status, out } = await ran(process.execPath, [cli, "doctor", "build", "flash"], env);
		expect(status).toBe(3);
		expect(out).toMatch(/^build +not ready/m);
		expect(out).toMatch(/missing {2}arm-none-eabi-gcc\n.*gcc-arm-none-eabi/);
		const json = JSON.parse((await ran(process.execPath, [cli, "doctor", "emulate", "--json"], env)).out);
		expect(json.missing).toEqual(["qemu-system-arm"]);
		expect(json.items.find(({ name }: { name: string }) => name === "node")).toMatchObject({ present: true });
		for (const item of json.items) expect(item.install, item.name).not.toBe("");
	});

	test("where all is that is usual: ready", async () => {
		const { status, out } = await stator("doctor");
		expect(out).toMatch(/^build +ready/m);
		expect(status).toBe(0);
	});
});

describe("stator test", () => {
	const app = "tests/programs/tested";

	const wrong = [
		{ name: "a task was there", passed: true },
		{ name: "this is wrong", passed: false, why: "Error: turns is 3, expected 4" },
		{ name: "nothing is thrown here", passed: false, why: "Error: nothing is thrown, expected x" },
	];

	test("runs each file and says which check failed why", async () => {
		const { status, out } = await stator("-q", "test", app, "--json");
		expect(status).toBe(3);
		const { files } = JSON.parse(out);
		expect(
			files.map(({ file, passed }: { file: string; passed: boolean }) => [file.replace(/.*tested\//, ""), passed]),
		).toEqual([
			["limit.test.ts", true],
			["tests/throws.test.ts", false],
			["tests/wrong.test.ts", false],
		]);
		expect(files[1].problem).toMatch(/RangeError: too far/);
		expect(files[2].checks).toEqual(wrong);
	});

	test("one file on the simulated machine, as text", async () => {
		const { status, out } = await stator("-q", "test", app + "/tests/wrong.test.ts", "--board", "sim");
		expect(status).toBe(3);
		expect(out).toMatch(/^failed {2}.*wrong\.test\.ts {2}\(1 of 3 checks, .* s\)$/m);
		for (const { name, why } of wrong) if (why !== undefined) expect(out).toContain("    " + name + ": " + why + "\n");
		expect(out).toMatch(/^0 passed, 1 failed$/m);
	});

	test("a file that ends well and checks nothing has failed", () => {
		expect(judge("x.test.ts", { output: "hello\n", problem: undefined }, 0)).toMatchObject({
			passed: false,
			problem: "it has no checks",
		});
	});
});

test("stator run --board sim prints what the program prints", async () => {
	const file = folder + "/hello.ts";
	writeFileSync(file, 'import { print, run, sleep } from "stator";\nrun(async () => sleep(5000));\nprint("slept");\n');
	const { status, out } = await stator("-q", "run", file, "--board", "sim");
	expect([status, out]).toEqual([0, "slept\n"]);
});
