/** The same without a pause between two requests, as often as the argument says: as many as a client asks in days. Linux. */
import { log, run, spawnDetached, yieldNow } from "stator";
import { programArguments } from "stator/io";
import { answer, SmpServer } from "stator/smp";
import { access, flooding, groups, statistics } from "./device.ts";

const ASKED = [8, 0, 0, 1, 0, 0, 7, 2, 0xa0];
const [given = "1000"] = programArguments();
const rounds = Number(given);
const server = new SmpServer({ groups, access });
statistics.server = server;

run(async () => {
	spawnDetached(flooding());
	for (let round = 0; round < rounds; round++) {
		for (let i = 0; i < ASKED.length; i++) server.bytes[server.requestAt + i] = ASKED[i];
		await answer(server, ASKED.length);
		await yieldNow();
	}
	log("requests:", server.requests);
	log("errors:", server.errors);
});
