/** The same device over UDP, on Linux; the port stands behind `--`, 1337 unless told. */
import { log, run, spawnDetached } from "stator";
import { ioStatusText, programArguments } from "stator/io";
import { serveUdp, UdpPort, udpServer } from "stator/smp/linux";
import { access, blink, groups, statistics } from "./device.ts";

const server = udpServer({ groups, access });
const [port = "1337"] = programArguments();
const socket = new UdpPort(server, Number(port));
statistics.server = server;

run(async () => {
	spawnDetached(blink());
	log("ready");
	const status = await serveUdp(socket);
	log("the port cannot be had:", status);
	log(ioStatusText(status));
});
