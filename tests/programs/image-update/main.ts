/** A device whose firmware is updated over its line: images in flash, changes only after an unlock, which a button would give. */
import { log, run } from "stator";
import { FlashImages } from "stator/image";
import { ImageGroup, OsGroup, SerialLine, type ShellCommand, ShellGroup, SmpServer, serveSerial } from "stator/smp";
import { boot } from "./boot.ts";
import { KEY } from "./key.ts";

const booted = boot();
/** Not for a time, as TimedAccess is: while this board waits for its line, its emulated clock leaps from timer to timer. */
let locked = true;
const access = { unlocked: () => !locked };
const unlock: ShellCommand = {
	name: "unlock",
	help: "stands for a button at the device",
	harmless: true,
	run(call) {
		locked = false;
		call.print("unlocked");
		return 0;
	},
};
const groups = [new OsGroup({}), new ImageGroup(new FlashImages({ keys: [KEY] })), new ShellGroup([unlock])];
const line = new SerialLine(new SmpServer({ groups, access }));

run(async () => {
	log(booted);
	await serveSerial(line);
});
