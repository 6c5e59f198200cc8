/**
 * N9 A client that looks at the task table once a second of virtual time, over the line, for STATOR_SOAK seconds (a day is 86400): every reply is
 * there and whole, and Node's heap has not grown. What the engine of a device says to the same is tests/qemu/smp.test.ts's.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test, vi } from "vitest";
import { deviceOf } from "../../smp/device.ts";
import { contentOf, framed, request } from "../../smp/messages.ts";

const SECONDS = Number(process.env.STATOR_SOAK ?? 3600);
const ASKED = framed(request(0, 2, {}, { sequence: 7 }));
/** What Node itself may keep more of in the second half. */
const GROWTH_BYTES = 2 ** 20;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
function inUse(): number {
	collect();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

test("N9 a client polls for " + SECONDS + " seconds of virtual time: nothing grows", async () => {
	vi.resetModules();
	const sim = await import("stator/sim");
	const { PENDING, pollTask, READY, run, Sleep, spawnDetached } = await import("stator");
	const { FrameReader } = await import("../../../src/smp/console-frames.ts");
	const { server } = deviceOf(await import("stator/smp"));
	const reader = new FrameReader(server.bytes, server.requestAt, server.bufferBytes);
	let [rounds, warm] = [0, 0];
	const client = pollTask({ name: "client" }, () => {
		const sleep = new Sleep();
		let asleep = false;
		return {
			poll(id) {
				if (asleep && sleep.poll(id) === PENDING) return PENDING;
				for (let i = 0; i < ASKED.length; i++) {
					const length = reader.accept(ASKED.charCodeAt(i));
					if (length === 0) continue;
					expect(server.begin(length)).toBe(false);
					rounds++;
				}
				if (rounds === Math.floor(SECONDS / 2)) warm = inUse();
				if (rounds === SECONDS) return READY;
				asleep = true;
				sleep.start(1000);
				return sleep.poll(id);
			},
		};
	});
	spawnDetached(client());
	run();
	expect([rounds, server.requests, server.errors, server.dropped]).toEqual([SECONDS, SECONDS, 0, 0]);
	expect(sim.now()).toBe((SECONDS - 1) * 1000);
	const reply = server.bytes.subarray(server.replyAt, server.replyAt + server.replyLength);
	expect(contentOf(reply)).toMatchObject({ tasks: { client: { state: 1 } } });
	const grown = inUse() - warm;
	console.log(rounds + " polls, heap " + (grown < 0 ? "" : "+") + grown + " bytes in the second half");
	expect(grown).toBeLessThan(GROWTH_BYTES);
}, 3_600_000);
