/** What the bootstrap decides before it does anything: which packages are missing, what may be done, what is said. */
import { describe, expect, test } from "vitest";
import {
	installCommand,
	lockMatches,
	missingPackages,
	nodeComplaint,
	planInstall,
	refusalMessage,
	requirements,
	stampFor,
} from "../../scripts/bootstrap.mjs";

describe("missing packages", () => {
	test("are those that dpkg does not call installed", () => {
		const output = "gcc install ok installed\ncmake deinstall ok config-files\nninja-build hold ok installed\n";
		expect(missingPackages(["gcc", "cmake", "ninja-build", "gdb-multiarch"], output)).toEqual([
			"cmake",
			"gdb-multiarch",
		]);
	});
	test("half-installed is not installed", () => {
		expect(missingPackages(["gcc"], "gcc install ok half-installed\n")).toEqual(["gcc"]);
	});
	test("one architecture of several is enough", () => {
		expect(
			missingPackages(["libc6-dev"], "libc6-dev unknown ok not-installed\nlibc6-dev install ok installed\n"),
		).toEqual([]);
	});
	test("no answer means that all are missing", () => {
		expect(missingPackages(["gcc", "cmake"], "")).toEqual(["gcc", "cmake"]);
	});
	test("every requirement names a package once and can be probed", () => {
		const names = requirements.map((entry) => entry.package);
		expect(new Set(names).size).toBe(names.length);
		expect(names).toEqual(
			expect.arrayContaining(["gcc-arm-none-eabi", "libnewlib-arm-none-eabi", "qemu-system-arm", "liburing-dev"]),
		);
		for (const { probe } of requirements)
			expect("any" in probe ? probe.any.length : probe.run.length).toBeGreaterThan(0);
	});
});

describe("plan", () => {
	test("does nothing when nothing is missing, whatever the rights", () => {
		expect(planInstall({ missing: [], hasApt: false, rights: "none" })).toEqual({ action: "nothing" });
	});
	test("installs as root, or through sudo", () => {
		expect(planInstall({ missing: ["gcc"], hasApt: true, rights: "root" })).toEqual({ action: "install", sudo: false });
		expect(planInstall({ missing: ["gcc"], hasApt: true, rights: "sudo" })).toEqual({ action: "install", sudo: true });
	});
	test("refuses without apt and without rights, and says which", () => {
		expect(planInstall({ missing: ["gcc"], hasApt: false, rights: "root" })).toMatchObject({
			action: "refuse",
			why: expect.stringContaining("apt-get"),
		});
		expect(planInstall({ missing: ["gcc"], hasApt: true, rights: "none" })).toMatchObject({
			action: "refuse",
			why: expect.stringContaining("root rights"),
		});
	});
});

describe("what is said", () => {
	const refusal = { missing: ["liburing-dev", "cmake"], why: "Because.", purpose: "to run the tests" };

	test("the exact command, with sudo for people and without for root", () => {
		expect(installCommand(["cmake", "gcc"], { sudo: true })).toBe(
			"sudo apt-get update && sudo apt-get install -y --no-install-recommends cmake gcc",
		);
		expect(installCommand(["cmake"], { sudo: false })).toBe(
			"apt-get update && apt-get install -y --no-install-recommends cmake",
		);
	});
	test("on Debian without rights", () => {
		expect(refusalMessage({ ...refusal, hasApt: true, rights: "none" }).split("\n")).toEqual([
			"[setup] Missing, and needed to run the tests: liburing-dev (liburing.h), cmake",
			"[setup] Because.",
			"[setup] Run this once, then try again:",
			"    sudo apt-get update && sudo apt-get install -y --no-install-recommends liburing-dev cmake",
		]);
	});
	test("elsewhere the Debian names are only a hint", () => {
		const lines = refusalMessage({ ...refusal, hasApt: false, rights: "root" }).split("\n");
		expect(lines[2]).toContain("package manager");
		expect(lines[3]).toBe("    apt-get update && apt-get install -y --no-install-recommends liburing-dev cmake");
	});
});

test("an old Node is refused with both versions named", () => {
	expect(nodeComplaint("20.19.0")).toBeUndefined();
	expect(nodeComplaint("v24.1.0")).toBeUndefined();
	expect(nodeComplaint("20.18.3")).toContain("20.18.3");
	expect(nodeComplaint("18.20.4")).toBe("[setup] Node.js 20.19 or newer is needed; this is 18.20.4.");
});

describe("installed npm packages", () => {
	const lock = {
		packages: {
			"": {},
			"node_modules/a": { version: "1.0.0", integrity: "x" },
			"node_modules/b-other-machine": { version: "2.0.0", integrity: "y", optional: true },
		},
	};
	const a = { version: "1.0.0", integrity: "x" };

	test("match with and without optional ones", () => {
		expect(lockMatches(lock, { packages: { "node_modules/a": a } })).toBe(true);
		expect(
			lockMatches(lock, {
				packages: { "node_modules/a": a, "node_modules/b-other-machine": { version: "2.0.0", integrity: "y" } },
			}),
		).toBe(true);
	});
	test("do not match when absent, of another version, with other contents, or too many", () => {
		expect(lockMatches(lock, undefined)).toBe(false);
		expect(lockMatches(lock, { packages: {} })).toBe(false);
		expect(lockMatches(lock, { packages: { "node_modules/a": { ...a, version: "1.0.1" } } })).toBe(false);
		expect(lockMatches(lock, { packages: { "node_modules/a": { ...a, integrity: "z" } } })).toBe(false);
		expect(lockMatches(lock, { packages: { "node_modules/a": a, "node_modules/c": a } })).toBe(false);
	});
	test("the stamp changes with the lock file and the machine", () => {
		const stamp = stampFor("lock", "linux", "x64");
		expect(stampFor("lock", "linux", "x64")).toBe(stamp);
		expect(stampFor("lock2", "linux", "x64")).not.toBe(stamp);
		expect(stampFor("lock", "linux", "arm64")).not.toBe(stamp);
	});
});
