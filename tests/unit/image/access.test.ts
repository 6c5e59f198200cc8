/** N9 Who may change images: closed until somebody has shown that he may, and for a time. */
import { sign } from "node:crypto";
import { expect, test, vi } from "vitest";
import { newKey } from "./images.ts";

async function fresh() {
	vi.resetModules();
	const sim = await import("stator/sim");
	return { sim, stator: await import("stator"), image: await import("../../../src/image/index.ts") };
}

test("N9 closed for good, and closed at first", async () => {
	const { image } = await fresh();
	expect(image.closed.unlocked()).toBe(false);
	expect(new image.TimedAccess(1000).unlocked()).toBe(false);
	for (const ms of [0, -1, Number.NaN, 86_400_001]) expect(() => new image.TimedAccess(ms)).toThrow(RangeError);
});

test("N9 open for its time, from the last opening on; then closed, however long nobody asks", async () => {
	const { stator, image } = await fresh();
	const access = new image.TimedAccess(1000);
	const seen: boolean[] = [];
	const look = (): void => void seen.push(access.unlocked());
	const open = (): void => {
		access.open();
		look();
	};
	const steps: [ms: number, action: () => void][] = [
		[0, look],
		[1, open],
		[999, open],
		[999, look],
		[2, look],
		[1, open],
		[1, () => access.close()],
		[1, look],
		[1, () => access.open()],
		// Where 32 bits of milliseconds have come round: a clock that is merely compared would show it open again.
		...Array.from({ length: 49 }, (): [number, () => void] => [86_400_000, () => {}]),
		[4_294_967_296 - 49 * 86_400_000 + 500, look],
	];
	const pause = new stator.Sleep();
	let next = 0;
	const visitor = stator.pollTask({ name: "visitor" }, () => ({
		start: () => void pause.start(steps[0][0]),
		poll(id) {
			while (pause.poll(id) === 0) {
				steps[next++][1]();
				if (next === steps.length) return 0;
				pause.start(steps[next][0]);
			}
			return 1;
		},
	}));
	stator.spawn(visitor());
	stator.run();
	expect(seen).toEqual([false, true, true, true, false, true, false, false]);
});

test("N9 a signed challenge opens once; a wrong, a stale and an old answer do not", async () => {
	const { image } = await fresh();
	const key = newKey();
	let counter = 0;
	const access = new image.ChallengeAccess(1000, key.text, (bytes) => bytes.fill(++counter));
	const challenge = new Uint8Array(image.CHALLENGE_BYTES);
	const answer = (to: Uint8Array, by = key, purpose = "stator unlock:"): Uint8Array =>
		sign(null, Buffer.concat([Buffer.from(purpose), to]), by.secret);

	expect(access.answer(answer(challenge))).toBe(false); // nothing was asked
	access.ask(challenge);
	expect(access.answer(answer(challenge, newKey()))).toBe(false);
	expect(access.answer(answer(challenge)), "one answer for one challenge").toBe(false);
	access.ask(challenge);
	expect(access.answer(answer(challenge, key, ""))).toBe(false);
	access.ask(challenge);
	expect(access.answer(new Uint8Array(63))).toBe(false);
	expect(access.unlocked()).toBe(false);
	const recorded = answer(challenge);
	expect(access.answer(recorded)).toBe(true);
	expect(access.unlocked()).toBe(true);
	access.close();
	expect(access.answer(recorded)).toBe(false);
	access.ask(challenge);
	expect(access.answer(recorded)).toBe(false);
	expect(access.unlocked()).toBe(false);
});
