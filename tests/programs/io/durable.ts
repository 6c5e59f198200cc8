/** Appends blocks for ever, and says of each when it is durable: the test ends it in the middle. */
import { log, run } from "stator";
import { ioBuffer, open } from "stator/io";

const BLOCK = 4096;
const block = ioBuffer(BLOCK);

run(async () => {
	await using file = await open("durable", "w");
	for (let number = 0; ; number++) {
		block.fill(number & 255);
		if ((await file.writeAll(block, { position: number * BLOCK })) < 0 || (await file.syncData()) < 0) return;
		log("durable", number);
	}
});
