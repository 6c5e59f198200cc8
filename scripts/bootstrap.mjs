/**
 * Makes a fresh clone ready to build: the Debian packages (cross compiler, QEMU, liburing, build tools) and the npm
 * packages. `npm start` and `npm test` call it first, so it runs before `npm ci` and uses nothing but Node.
 *
 * Everything is checked before anything is done; with nothing to do it costs about 0.1 s. What apt and npm print goes to
 * build/setup-*.log, whose tail is shown when a step fails. Where packages are missing and cannot be installed (no
 * root rights, no apt), it prints the command to run and exits with 1.
 *
 * The upper half decides (pure, tested in tests/unit/scripts-bootstrap.test.ts), the lower half acts.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
	accessSync,
	closeSync,
	constants,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { duration, isMain, red, tail } from "./terminal.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The oldest Node whose version satisfies every development dependency (vite asks for 20.19). */
export const nodeMinimum = [20, 19];

/**
 * What a build needs: the Debian package, and how to see on any other system that the tool is there.
 * A probe is `{ any: [executables] }` or `{ run: [command, ...arguments], expect?: regexp on its output }`.
 * libc6-dev is named because `gcc` only recommends it, and recommendations are not installed.
 */
export const requirements = [
	{ package: "gcc", tool: "gcc", probe: { any: ["gcc"] } },
	{
		package: "libc6-dev",
		tool: "C library headers",
		probe: { run: ["gcc", "-E", "-include", "stdio.h", "-xc", "/dev/null"] },
	},
	{ package: "gcc-arm-none-eabi", tool: "arm-none-eabi-gcc", probe: { any: ["arm-none-eabi-gcc"] } },
	{
		package: "libnewlib-arm-none-eabi",
		tool: "newlib for arm-none-eabi (nano.specs)",
		// The compiler answers with a full path when the file exists, else with the bare name.
		probe: { run: ["arm-none-eabi-gcc", "-print-file-name=nano.specs"], expect: /\/nano\.specs/ },
	},
	{ package: "qemu-system-arm", tool: "qemu-system-arm", probe: { any: ["qemu-system-arm"] } },
	{ package: "gdb-multiarch", tool: "gdb-multiarch", probe: { any: ["gdb-multiarch", "arm-none-eabi-gdb"] } },
	{
		package: "liburing-dev",
		tool: "liburing.h",
		probe: { run: ["gcc", "-E", "-include", "liburing.h", "-xc", "/dev/null"] },
	},
	{ package: "valgrind", tool: "valgrind", probe: { any: ["valgrind"] } },
	{ package: "clang", tool: "clang", probe: { any: ["clang"] } },
	{
		// libFuzzer and the sanitizers' runtimes for it: clang only recommends them.
		package: "libclang-rt-dev",
		tool: "clang's libFuzzer",
		probe: {
			run: ["clang", "-print-file-name=libclang_rt.fuzzer-" + (process.arch === "arm64" ? "aarch64" : "x86_64") + ".a"],
			expect: /^\//, // as with nano.specs
		},
	},
	{ package: "cmake", tool: "cmake", probe: { any: ["cmake"] } },
	{ package: "ninja-build", tool: "ninja", probe: { any: ["ninja"] } },
	{ package: "util-linux", tool: "flock", probe: { any: ["flock"] } },
	{ package: "pkg-config", tool: "pkg-config", probe: { any: ["pkg-config", "pkgconf"] } },
	{
		// For Robot Framework, which checks the suites of tests/renode; it brings Python with it.
		package: "python3-venv",
		tool: "python3 with venv and pip",
		probe: { run: ["python3", "-c", "import ensurepip, venv"] },
	},
];

/** Names of the packages that `dpkg-query -W -f='${Package} ${Status}\n'` does not report as installed. */
export function missingPackages(packages, dpkgOutput) {
	const installed = new Set();
	for (const line of dpkgOutput.split("\n")) {
		const [name, , , state] = line.trim().split(/\s+/);
		if (state === "installed") installed.add(name);
	}
	return packages.filter((name) => !installed.has(name));
}

/** The command a person would type to install the packages. */
export function installCommand(packages, { sudo }) {
	const prefix = sudo ? "sudo " : "";
	const install = "apt-get install -y --no-install-recommends " + packages.join(" ");
	return prefix + "apt-get update && " + prefix + install;
}

/**
 * What to do about missing packages: nothing, install them (with or without sudo), or refuse, and why.
 * `rights` is "root", "sudo" (works without a password) or "none".
 */
export function planInstall({ missing, hasApt, rights }) {
	if (missing.length === 0) return { action: "nothing" };
	if (!hasApt) return { action: "refuse", why: "This system has no apt-get, so nothing was installed." };
	if (rights === "none")
		return { action: "refuse", why: "Installing needs root rights, and sudo asks for a password or is absent." };
	return { action: "install", sudo: rights === "sudo" };
}

/** What is printed when packages are missing and stay so. */
export function refusalMessage({ missing, why, purpose, hasApt, rights }) {
	const tools = missing.map((name) => {
		const tool = requirements.find((entry) => entry.package === name)?.tool ?? name;
		return tool === name ? name : name + " (" + tool + ")";
	});
	const command = installCommand(missing, { sudo: rights !== "root" });
	return [
		"[setup] Missing, and needed " + purpose + ": " + tools.join(", "),
		"[setup] " + why,
		hasApt
			? "[setup] Run this once, then try again:"
			: "[setup] Install them with this system's package manager. On Debian it would be:",
		"    " + command,
	].join("\n");
}

/** Why this Node cannot be used, or undefined. */
export function nodeComplaint(version) {
	const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
	const [needMajor, needMinor] = nodeMinimum;
	if (major > needMajor || (major === needMajor && minor >= needMinor)) return undefined;
	return "[setup] Node.js " + nodeMinimum.join(".") + " or newer is needed; this is " + version.replace(/^v/, "") + ".";
}

/**
 * Does the tree that npm last installed (node_modules/.package-lock.json) hold what package-lock.json asks for?
 * Optional packages may be absent: they are binaries for other machines.
 */
export function lockMatches(wanted, installed) {
	const have = installed?.packages ?? {};
	const want = wanted?.packages ?? {};
	for (const [path, entry] of Object.entries(want)) {
		if (path === "") continue;
		const found = have[path];
		if (found === undefined) {
			if (entry.optional === true || entry.devOptional === true) continue;
			return false;
		}
		if (found.version !== entry.version || found.integrity !== entry.integrity) return false;
	}
	return Object.keys(have).every((path) => path in want);
}

/** The stamp inside node_modules: the lock file it was installed from, and the kind of machine the binaries are for. */
export function stampFor(lockText, platform = process.platform, arch = process.arch) {
	return createHash("sha256").update(lockText).digest("hex") + " " + platform + "-" + arch + "\n";
}

// ---- from here on things happen ----

const logDirectory = join(root, "build");

function fail(message) {
	process.stderr.write(message + "\n");
	process.exit(1);
}

/** Whether the PATH has a program. */
export function onPath(executable) {
	return (process.env.PATH ?? "").split(delimiter).some((directory) => {
		if (directory === "") return false;
		try {
			accessSync(join(directory, executable), constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

/** Whether what a requirement's probe looks for is there. */
export function probe({ any, run, expect }) {
	if (any) return any.some(onPath);
	const [command, ...args] = run;
	const result = spawnSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
	return result.status === 0 && (expect === undefined || expect.test(result.stdout));
}

const absentTools = (names) =>
	requirements.filter((entry) => names.includes(entry.package) && !probe(entry.probe)).map((entry) => entry.package);

function rightsHere() {
	if (process.getuid?.() === 0) return "root";
	return onPath("sudo") && spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status === 0 ? "sudo" : "none";
}

/** Runs a command with its output appended to the log; resolves to its exit code (127 when it could not be started). */
function logged(command, args, log, env = {}) {
	const fd = openSync(log, "a");
	writeFileSync(fd, "$ " + [command, ...args].join(" ") + "\n");
	return new Promise((resolve) => {
		const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", fd, fd] });
		child.once("error", (error) => {
			writeFileSync(fd, String(error) + "\n");
			closeSync(fd);
			resolve(127);
		});
		child.once("close", (code) => {
			closeSync(fd);
			resolve(code ?? 1);
		});
	});
}

function newLog(name) {
	mkdirSync(logDirectory, { recursive: true });
	const log = join(logDirectory, "setup-" + name + ".log");
	writeFileSync(log, "");
	return log;
}

/** One progress line around an action that resolves to true (done) or false (failed). */
async function step(title, action) {
	process.stdout.write("[setup] " + title);
	const start = performance.now();
	const good = await action();
	process.stdout.write(" ... " + (good ? "done" : red("failed")) + " (" + duration(performance.now() - start) + ")\n");
	return good;
}

/** Makes sure of the system packages; true when something was installed. */
async function ensurePackages(purpose) {
	const names = requirements.map((entry) => entry.package);
	const hasApt = onPath("dpkg-query") && onPath("apt-get");
	let missing;
	if (hasApt) {
		// Exit code 1 only says that some are unknown; the known ones are printed all the same.
		const query = spawnSync("dpkg-query", ["-W", "-f=${Package} ${Status}\n", ...names], { encoding: "utf8" });
		missing = missingPackages(names, query.stdout ?? "");
	} else {
		missing = absentTools(names);
	}
	if (missing.length === 0) return false;

	const rights = rightsHere();
	const plan = planInstall({ missing, hasApt, rights });
	if (plan.action === "refuse") {
		// A toolchain installed by hand serves as well; only what is absent in fact is asked for.
		missing = absentTools(missing);
		if (missing.length === 0) return false;
		fail(refusalMessage({ missing, why: plan.why, purpose, hasApt, rights }));
	}

	const log = newLog("debian");
	const aptGet = (...args) => {
		// The timeout waits for another apt (a machine just booted runs its own) in place of failing at once.
		const command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300", ...args];
		if (plan.sudo) command.unshift("sudo", "-n");
		return logged(command[0], command.slice(1), log);
	};
	const good = await step("Debian packages: installing " + missing.join(", "), async () => {
		// A list that cannot be refreshed may still be good enough: what counts is the installation.
		await aptGet("update", "-qq");
		return (await aptGet("install", "-y", "-qq", "--no-install-recommends", ...missing)) === 0;
	});
	if (!good) {
		fail(
			tail(log) +
				"\n" +
				refusalMessage({
					missing,
					why: "apt-get failed; the whole log is build/setup-debian.log.",
					purpose,
					hasApt,
					rights,
				}),
		);
	}
	return true;
}

function readJson(path) {
	try {
		return JSON.parse(readFileSync(path, "utf8"));
	} catch {
		return undefined;
	}
}

/** Makes sure of node_modules; true when something was installed. */
async function ensureModules() {
	const lockPath = join(root, "package-lock.json");
	const hiddenLock = join(root, "node_modules", ".package-lock.json");
	const stampPath = join(root, "node_modules", ".stator-stamp");
	if (!existsSync(lockPath))
		fail("[setup] package-lock.json is missing; get it back with: git checkout package-lock.json");
	const lockText = readFileSync(lockPath, "utf8");
	const stamp = stampFor(lockText);
	if (existsSync(hiddenLock)) {
		const old = existsSync(stampPath) ? readFileSync(stampPath, "utf8") : undefined;
		if (old === stamp) return false;
		const sameMachine = old === undefined || old.split(" ")[1] === stamp.split(" ")[1];
		if (sameMachine && lockMatches(readJson(lockPath), readJson(hiddenLock))) {
			try {
				writeFileSync(stampPath, stamp);
			} catch {
				// A tree that is only readable is compared again next time.
			}
			return false;
		}
	}
	const log = newLog("npm");
	// Everything here is a development dependency, so NODE_ENV=production must not leave it out.
	const good = await step(
		"npm packages: npm ci",
		async () => (await logged("npm", ["ci", "--include=dev", "--no-progress"], log)) === 0,
	);
	if (!good) {
		// npm prints all its options after the error, so the end of its log says nothing.
		const excerpt = tail(log, { from: /^npm (error|ERR!)/ });
		fail(excerpt + "\n[setup] npm ci failed; the whole log is build/setup-npm.log. To try again:\n    npm ci");
	}
	writeFileSync(stampPath, stamp);
	return true;
}

/**
 * Makes the tree ready, or explains what is missing and exits with 1.
 * `purpose` completes the sentence "needed …", for example "to run the tests".
 */
export async function bootstrap({ purpose }) {
	const start = performance.now();
	const complaint = nodeComplaint(process.versions.node);
	if (complaint !== undefined) fail(complaint);
	await ensurePackages(purpose);
	await ensureModules();
	process.stdout.write("[setup] ready (" + duration(performance.now() - start) + ")\n");
}

if (isMain(import.meta.url)) await bootstrap({ purpose: "to build" });
