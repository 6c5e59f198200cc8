/** A client on a board's line, for programs in QEMU: it takes frames out of what the board prints, and asks when a reply is there. */
import { contentOf, framed, request, WRITE } from "./messages.ts";

type Ask = (group: number, id: number, content: unknown) => void;

/**
 * `act` is called when the board says that it is ready, and with the content of each reply; it may ask (op WRITE). What it gives are
 * options of `run`.
 */
export function lineClient(act: (ask: Ask, content: unknown) => void): {
	onOutput: (text: string) => void;
	onInput: (type: (text: string) => void) => void;
} {
	let type: (text: string) => void = () => {};
	let rest = "";
	let frame = "";
	const ask: Ask = (group, id, content) => type(framed(request(group, id, content, { op: WRITE })));
	const take = (line: string): void => {
		if (line.endsWith("ready")) act(ask, undefined);
		const [first] = line;
		if (first !== "\x06" && first !== "\x04") return;
		frame = first === "\x06" ? line.slice(2) : frame + line.slice(2);
		const message = Buffer.from(frame, "base64");
		if (message.length === message.readUInt16BE(0) + 2) act(ask, contentOf(message.subarray(2, -2)));
	};
	return {
		onInput: (typist) => {
			type = typist;
		},
		onOutput: (text) => {
			const lines = (rest + text).split("\n");
			rest = lines.pop() ?? "";
			for (const line of lines) take(line);
		},
	};
}
