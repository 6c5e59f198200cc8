/** What a bundle for the simulated machine has of timers; tests/qemu, tests/linux and tests/moddable look at images and manifests. */
import { relative } from "node:path";
import { rollup } from "rollup";
import { expect, test } from "vitest";
import { bundleOptions } from "../../tools/bundle.ts";
import { path, root } from "../../tools/paths.ts";

/** The library's files of which anything is left in a program's bundle. */
async function filesOf(main: string): Promise<string[]> {
	const bundle = await rollup(bundleOptions(path(main), "sim"));
	const { output } = await bundle.generate({ format: "es" });
	await bundle.close();
	return Object.entries(output[0].modules).flatMap(([file, { renderedLength }]) =>
		renderedLength > 0 ? [relative(root, file)] : [],
	);
}

const ofTime = (files: string[]): string[] =>
	files.filter((file) => /^(src\/time\/|hal\/sim\/(timers|ticks|wheel)\.ts)/.test(file));

test("E8 a program that does not wait for time carries no timer code", async () => {
	const without = await filesOf("tests/programs/no-timers.ts");
	expect(without).toContain("hal/sim/machine.ts");
	expect(ofTime(without)).toEqual([]);
	expect(ofTime(await filesOf("examples/blinky/main.ts"))).toEqual(
		expect.arrayContaining(["hal/sim/timers.ts", "hal/sim/wheel.ts"]),
	);
});
