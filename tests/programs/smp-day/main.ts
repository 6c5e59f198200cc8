/**
 * A server on the console's line and a client in the same machine, which asks for the task table once a second of the board's time, as often as
 * the shell command "poll" says. Its bytes come through the console's receive ring, its replies go out with everything else.
 */
import { log, run, Signal, sleep, spawn, task } from "stator";
import { SerialLine, type ShellCommand, ShellGroup, SmpServer, serveSerial } from "stator/smp";
import { access, groups, statistics } from "../smp/device.ts";
import { type } from "./line.native.js";
import { TASKS_ASKED } from "./request.ts";

const begin = new Signal<number>();
const poll: ShellCommand = {
	name: "poll",
	help: "ask for the task table so often, once a second",
	run(call) {
		begin.signal(call.number(1) ?? 0);
		return 0;
	},
};
const server = new SmpServer({ groups: [...groups.slice(0, -1), new ShellGroup([poll])], access });
const line = new SerialLine(server);
statistics.server = server;

const serving = task({ name: "serving" }, async () => {
	await serveSerial(line);
});

run(async () => {
	const served = spawn(serving());
	log("ready");
	const rounds = await begin.wait();
	let lost = 0;
	for (let round = 0; round < rounds; round++) {
		lost += type(TASKS_ASKED);
		await sleep(1000);
	}
	log("lost:", lost);
	log("requests:", server.requests);
	log("errors:", server.errors);
	log("dropped:", line.frames.dropped);
	served.cancel();
});
