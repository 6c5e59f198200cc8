/** A client that asks for the task table once a second, in the program itself: nothing may grow, however long it goes on. */
import { log, run, sleep, spawnDetached } from "stator";
import { answer, SmpServer } from "stator/smp";
import { access, flooding, groups, statistics } from "./device.ts";

const ASKED = [8, 0, 0, 1, 0, 0, 7, 2, 0xa0];
const ROUNDS = 600;
const server = new SmpServer({ groups, access });
statistics.server = server;

run(async () => {
	spawnDetached(flooding());
	let bytes = 0;
	for (let round = 0; round < ROUNDS; round++) {
		for (let i = 0; i < ASKED.length; i++) server.bytes[server.requestAt + i] = ASKED[i];
		bytes = await answer(server, ASKED.length);
		await sleep(1000);
	}
	log("bytes of the last reply:", bytes);
	log("requests:", server.requests);
	log("errors:", server.errors);
});
