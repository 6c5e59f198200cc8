/** A program that could do I/O, built without a ring. */
import { log, print, run, yieldNow } from "stator";
import { ioBuffer } from "stator/io";

try {
	print("made " + ioBuffer(64).length);
} catch (error) {
	print(String(error));
}

run(async () => {
	let sum = 0;
	for (let i = 0; i < 5; i++) {
		sum += i;
		await yieldNow();
	}
	log("computed", sum);
});
