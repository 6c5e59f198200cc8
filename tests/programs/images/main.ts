/** The image store over a platform's own flash and the device's own cryptography: what is taken, what is refused, and what both cost. */
import { log, run } from "stator";
import { FlashImages } from "stator/image";
import { IMAGE_OK, SlotState } from "stator/smp";
import { bytesOf, KEY, NEWER, OLDER } from "./data.ts";

const images = new FlashImages({ keys: [KEY], file: "build/test-images.bin", areaBytes: 65536 });
const newer = bytesOf(NEWER);
const older = bytesOf(OLDER);
const forged = bytesOf(NEWER);
forged[forged.length - 1] ^= 1;
const hash = bytesOf(NEWER).slice(104, 136);
const state = new SlotState();
const PIECE = 50;

async function upload(bytes: Uint8Array): Promise<number> {
	let status = await images.begin(bytes.length, hash, 0, false);
	let at = 0;
	while (status === IMAGE_OK && at < bytes.length) {
		const end = Math.min(at + PIECE, bytes.length);
		status = await images.write(bytes, at, end, at);
		at = end;
	}
	return status === IMAGE_OK ? await images.finish() : status;
}

run(async function main() {
	log("erased", await images.erase(1));
	log("forged", await upload(forged));
	log("no image", images.state(1, state));
	log("newer", await upload(newer));
	log("image", images.state(1, state));
	log("version", state.major * 100 + state.minor * 10 + state.build);
	log("marked", await images.setTest(hash));
	images.state(1, state);
	log("pending", state.pending ? 1 : 0);
	log("in use", await upload(older));
});
