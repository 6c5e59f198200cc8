/** Every group, with images in RAM, and a shell command that floods the console. */
import { log, sleep, task } from "stator";
import {
	Counters,
	ExecutorStatistics,
	ImageGroup,
	OsGroup,
	ServerStatistics,
	Setting,
	SettingsGroup,
	type ShellCommand,
	ShellGroup,
	StatGroup,
	WallClock,
} from "stator/smp";
import { RamStore } from "../../smp/ram-store.ts";

const SLOT_BYTES = 24_576;

export const statistics = new ServerStatistics();
export const access = { unlocked: () => true };
let lines = 0;
let over = false;

const flood: ShellCommand = {
	name: "flood",
	help: "print so many lines; 0: no more",
	run(call) {
		lines = call.number(1) ?? 0;
		over = lines === 0;
		return 0;
	},
};

/** Prints as long as there is something to print, several lines a turn. */
export const flooding = task({ name: "flooding" }, async () => {
	for (;;) {
		for (let i = 0; i < 3 && lines > 0; i++) {
			log("a line of the flood, which has to stay whole:", lines);
			lines--;
		}
		if (over) log("the flood is over");
		over = false;
		await sleep(5);
	}
});

export const groups = [
	new OsGroup({ clock: new WallClock(), info: { version: "1.0.0" }, bootLoader: "none" }),
	new ImageGroup(new RamStore(SLOT_BYTES)),
	new StatGroup([new ExecutorStatistics(), statistics, new Counters("app", ["a"])]),
	new SettingsGroup([new Setting("number", 4)]),
	new ShellGroup([flood]),
];
