/**
 * `stator bench host` in its short form: every workload of ours runs, does all that was asked, and gives every figure. What the figures are
 * is no part of it: the machine may be busy.
 */
import { expect, test } from "vitest";
import { benchHost } from "../../tools/bench-host/command.ts";
import { pageOf, pictureOf } from "../../tools/bench-host/page.ts";
import { setQuiet } from "../../tools/report.ts";

setQuiet(true);

test("bench host, in short: each workload of ours gives every figure, nothing grows, and the page names what is missing", async () => {
	const figures = await benchHost({ quick: true });
	const keys = Object.fromEntries(
		Object.entries(figures.workloads).map(([name, peers]) => [name, Object.keys(peers.stator)]),
	);
	expect(keys).toEqual({
		resume: ["ns"],
		ping: ["ns"],
		sleepers: ["cpu_ms", "late_p99_ms", "late_max_ms"],
		reads: ["cpu_us", "wall_us"],
		echo: ["cpu_us", "wall_us"],
		idle: ["bytes"],
	});
	for (const peers of Object.values(figures.workloads))
		for (const { runs, min, median } of Object.values(peers.stator)) {
			expect(runs).toHaveLength(1);
			expect([min, median]).toEqual([runs[0], runs[0]]);
			expect(runs[0]).toBeGreaterThanOrEqual(0);
		}
	for (const name of ["resume", "ping", "sleepers", "reads", "idle"])
		expect(figures.growth[name], name).toEqual({ slots: 0, bytes: 0, collections: 0 });
	expect(figures.load.before).toBeGreaterThanOrEqual(0);

	const page = pageOf({ ...figures, missing: [{ peer: "tokio", reason: "cargo is not installed" }] }, "picture.svg");
	expect(page).toContain("- tokio: cargo is not installed");
	for (const name of Object.keys(keys)) expect(page).toContain("| " + name + " | 0 | 0 | 0 |");
	expect(pictureOf(figures)).toContain("<rect");
	await expect(benchHost({ quick: true, peers: ["nobody"] })).rejects.toThrow('there is no peer "nobody"');
}, 240_000);
