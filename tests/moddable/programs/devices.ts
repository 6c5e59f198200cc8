/** N8: what `stator/board` has, over ECMA-419's classes. Uses promises, to act outside of tasks; so it is not proven. */

import { run, sleep, spawn, TIMEOUT, task, withTimeout } from "stator";
import { button, led, pin, serial } from "stator/board";
import { change, receive } from "./device.ts";
import { note } from "./note.ts";

const other = pin("GP3");

const echo = task(async () => {
	for (let i = 0; i < 3; i++) serial.write((await serial.receive()) + 1);
});

run(async () => {
	led.on();
	led.off();
	change(15, 1);
	note("falling " + (await button.edge("falling")));
	change(15, 1);
	note("rising " + (await button.edge("rising")));
	change(3, 2);
	note("both " + (await other.edge("both")));
	const none = await withTimeout(other.edge("falling"), 20);
	note(none === TIMEOUT ? "nobody" : "somebody");
	const bytes = spawn(echo());
	await sleep(5);
	receive(65, 66);
	await sleep(5);
	receive(67);
	await bytes.join();
});
