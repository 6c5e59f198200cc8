/** Digital on the simulated machine: levels, edges called back and awaited, closing, and what is refused. */
import { beforeEach, expect, test, vi } from "vitest";

async function machine() {
	vi.resetModules();
	return {
		...(await import("../../src/board.ts")),
		stator: await import("../../src/index.ts"),
		sim: await import("../../hal/sim/index.ts"),
	};
}

let m: Awaited<ReturnType<typeof machine>>;
beforeEach(async () => {
	m = await machine();
});

test("N8 an output shows what is written, an input its pull or what comes from outside", () => {
	const output = new m.Digital({ pin: "P1", mode: m.Digital.Output });
	expect([output.read(), m.sim.pinLevel("P1")]).toEqual([0, 0]);
	output.write(1);
	expect([output.read(), m.sim.pinLevel("P1")]).toEqual([1, 1]);
	output.write(0);
	expect(output.read()).toBe(0);
	expect(new m.Digital({ pin: "P2", mode: m.Digital.OutputOpenDrain }).read()).toBe(1);
	const input = new m.Digital({ pin: "P3", mode: m.Digital.InputPullUp });
	expect(input.read()).toBe(1);
	m.sim.pinEdge("P3", "falling");
	expect(input.read()).toBe(0);
	input.write(1);
	expect(input.read()).toBe(0);
	expect(new m.Digital({ pin: "P4", mode: m.Digital.InputPullDown }).read()).toBe(0);
});

test("N8 onReadable comes once for edges that came in one go, in a task of its own, and not after close", () => {
	const { Rising, Falling } = m.Digital;
	const trace: string[] = [];
	const input = new m.Digital({
		pin: "P5",
		mode: m.Digital.Input,
		edge: Rising | Falling,
		onReadable() {
			trace.push("level " + this.read());
			if (trace.length === 3) this.close();
		},
	});
	const edge = (ms: number, which: "rising" | "falling") => m.sim.after(ms, () => m.sim.pinEdge("P5", which));
	edge(1, "rising");
	edge(2, "falling");
	edge(3, "rising");
	edge(3, "falling");
	edge(4, "rising");
	// Somebody else lives on: the run does not end with the watcher.
	const pause = new m.stator.Sleep();
	const rest = m.stator.pollTask({ name: "rest" }, () => ({
		start: () => pause.start(10),
		poll: (id) => pause.poll(id),
	}));
	m.stator.spawnDetached(rest());
	m.stator.runFor(1000, 20);
	expect(m.stator.now()).toBe(10);
	expect(trace).toEqual(["level 1", "level 0", "level 0"]);
	expect(() => input.read()).toThrow(new TypeError("Digital: it is closed"));
	expect(m.sim.interruptWaiters(-1)).toBe(0);
});

test("N8 only the edges that were asked for; each awaited one counts those that came until the task looked", () => {
	const input = new m.Digital({ pin: "P6", mode: m.Digital.Input, edge: m.Digital.Rising });
	const came: number[] = [];
	const task = m.stator.pollTask({ name: "waits" }, () => {
		const edge = input.readable();
		return {
			poll(id) {
				while (edge.poll(id) === m.stator.READY) {
					came.push(edge.take());
					edge.start(input.pin, input.awaited());
				}
				return m.stator.PENDING;
			},
		};
	});
	m.stator.spawnDetached(task());
	m.sim.after(1, () => {
		for (const which of ["rising", "falling", "rising"] as const) m.sim.pinEdge("P6", which);
	});
	m.sim.after(2, () => m.sim.pinEdge("P6", "falling"));
	m.sim.after(3, () => m.sim.pinEdge("P6", "rising"));
	m.stator.runFor(1000, 10);
	expect(came).toEqual([2, 1]);
});

test("N8 a pin is one object's until it closes it; modes, pins and edges that are none are refused, and leave the pin free", () => {
	const { Digital } = m;
	const first = new Digital({ pin: "P7", mode: Digital.Input });
	expect(() => new Digital({ pin: "P7", mode: Digital.Output })).toThrow(
		new TypeError('Digital: pin "P7" is open already'),
	);
	expect(() => first.readable()).toThrow(new TypeError('Digital: pin "P7" was opened without edge'));
	first.close();
	first.close();
	expect(() => new Digital({ pin: "P7", mode: 5 })).toThrow(new RangeError('Digital: pin "P7" has no mode 5 here'));
	expect(() => new Digital({ pin: "P7", mode: Digital.Output, edge: Digital.Rising })).toThrow(
		new TypeError('Digital: pin "P7" is an output, and only inputs have edges'),
	);
	expect(() => new Digital({ pin: "P7", mode: Digital.Input, onReadable() {} })).toThrow(
		new RangeError('Digital: edge of pin "P7" is Digital.Rising, Digital.Falling or both, got undefined'),
	);
	expect(() => new Digital({ pin: "P16", mode: Digital.Input })).toThrow(/no pin "P16"/);
	new Digital({ pin: "P7", mode: Digital.Output }).close();
});
