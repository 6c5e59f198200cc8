/**
 * Device management over the board's serial line, with mcumgr or smpmgr: echo, tasks, pools, date, reset, statistics, a setting and a
 * shell with a command of its own. linux.ts is the same over UDP.
 */
import { log, run, spawnDetached } from "stator";
import { SerialLine, SmpServer, serveSerial } from "stator/smp";
import { access, blink, groups, statistics } from "./device.ts";

const server = new SmpServer({ groups, access });
const line = new SerialLine(server);
statistics.server = server;

run(async () => {
	log("ready");
	spawnDetached(blink());
	await serveSerial(line);
});
