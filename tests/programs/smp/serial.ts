/** The server on the console's line. */
import { log, run, spawnDetached } from "stator";
import { SerialLine, SmpServer, serveSerial } from "stator/smp";
import { access, flooding, groups, statistics } from "./device.ts";

const server = new SmpServer({ groups, access });
const line = new SerialLine(server);
statistics.server = server;

run(async () => {
	spawnDetached(flooding());
	log("ready");
	await serveSerial(line);
});
