/** A program that mcconfig compiles itself, with the library and its types from the repository's manifest.json. */
import { Channel, log, run, sleep } from "stator";

const numbers = new Channel<number, undefined>(1);

async function produce(): Promise<string> {
	for (let i = 1; i <= 3; i++) {
		await sleep(10);
		await numbers.send(i);
	}
	numbers.close();
	return "all sent";
}

run(async () => {
	const producer = produce();
	for await (const number of numbers) log("got " + number);
	log(await producer);
});
