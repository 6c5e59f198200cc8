/** The server on UDP: its address, and the directory that clients see. */
import { log, run, spawnDetached } from "stator";
import { ioStatusText, programArguments } from "stator/io";
import { FileGroup, SMP_PORT, serveUdp, UdpPort, udpServer } from "stator/smp/linux";
import { access, flooding, groups, statistics } from "./device.ts";

const [host = "127.0.0.1", root = "."] = programArguments();
const server = udpServer({ groups: [...groups, new FileGroup(root)], access });
const port = new UdpPort(server, SMP_PORT, host);
statistics.server = server;

run(async () => {
	spawnDetached(flooding());
	log("ready");
	const status = await serveUdp(port);
	log(ioStatusText(status));
});
