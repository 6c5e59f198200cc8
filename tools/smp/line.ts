/** How a device is reached: UDP, or a serial port (a pseudo terminal is one) whose console carries text beside the messages. */
import { createSocket } from "node:dgram";
import { SerialPort } from "serialport";
import { UsageError, UserError } from "../report.ts";
import { ConsoleReader, frameOf } from "./frames.ts";

export interface Line {
	/** As people should see it. */
	readonly name: string;
	send(message: Uint8Array): void;
	/** Called with each message, and with each line of text that is none. */
	onMessage: (message: Buffer) => void;
	onText: (text: string) => void;
	/** Called once, when the line is gone. */
	onEnd: (error: Error) => void;
	close(): void;
}

const PORT = 1337;
const BAUD = 115200;

interface Place {
	udp?: string;
	serial?: string;
}

/** `--udp host[:port]` or `--serial device[:baud]`. */
export async function openLine({ udp, serial }: Place): Promise<Line> {
	if ((udp === undefined) === (serial === undefined))
		throw new UsageError(
			"say how the device is reached",
			"--udp <host[:port]>, or --serial <device[:baud]>: for instance --udp localhost, --serial /dev/ttyACM0",
		);
	return udp === undefined ? openSerial(serial as string) : openUdp(udp);
}

const silent = { onMessage: (): void => {}, onText: (): void => {}, onEnd: (): void => {} };

function openUdp(given: string): Promise<Line> {
	const [, host, port = String(PORT)] = /^(.*?)(?::(\d+))?$/.exec(given) as RegExpExecArray;
	const socket = createSocket("udp4");
	const line: Line = {
		...silent,
		name: host + ":" + port,
		send: (message) => socket.send(message),
		close: () => socket.close(),
	};
	return new Promise((resolve, reject) => {
		socket.on("message", (message) => line.onMessage(message));
		socket.on("error", (error: NodeJS.ErrnoException) => {
			const failure =
				error.code === "ECONNREFUSED"
					? new UserError(
							"nothing listens at " + line.name,
							"start the program that has an SMP server, or give its port: --udp <host>:<port>",
						)
					: new UserError(line.name + " cannot be reached: " + error.message, "see to the name and the network");
			reject(failure);
			line.onEnd(failure);
		});
		socket.connect(Number(port), host, () => resolve(line));
	});
}

function openSerial(given: string): Promise<Line> {
	const [, path, baud = String(BAUD)] = /^(.*?)(?::(\d+))?$/.exec(given) as RegExpExecArray;
	const port = new SerialPort({ path, baudRate: Number(baud), autoOpen: false });
	const line: Line = {
		...silent,
		name: path,
		send: (message) => void port.write(frameOf(message)),
		close: () => void (port.isOpen && port.close()),
	};
	const reader = new ConsoleReader(
		(message) => line.onMessage(message),
		(text) => line.onText(text),
	);
	port.on("data", (data: Buffer) => reader.take(data));
	port.on("close", () => line.onEnd(new UserError(path + " has gone", "plug the board in again")));
	return new Promise((resolve, reject) => {
		port.open((error) => {
			if (error === null) {
				port.on("error", (later) => line.onEnd(later));
				resolve(line);
			} else
				reject(
					new UserError(
						path + " cannot be opened: " + error.message.replace(/^Error: /, ""),
						"is the board plugged in, may you use it (group dialout), and does nothing else have it open?",
					),
				);
		});
	});
}
