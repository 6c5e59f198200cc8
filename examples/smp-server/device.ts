/** What the device can do, whichever line it is reached by. */
import { sleep, task } from "stator";
import { led } from "stator/board";
import {
	Counters,
	ExecutorStatistics,
	OsGroup,
	ServerStatistics,
	Setting,
	SettingsGroup,
	type ShellCommand,
	ShellGroup,
	StatGroup,
	WallClock,
} from "stator/smp";

const period = new Setting("blink/period", 2);
const counters = new Counters("blink", ["toggles"]);
export const statistics = new ServerStatistics();
let locked = true;

/** Setting something needs an unlock: here whoever has the line may give it. A product asks for a button or a signature. */
export const access = { unlocked: () => !locked };

const unlock: ShellCommand = {
	name: "unlock",
	help: "allow commands that change something",
	harmless: true,
	run(call) {
		locked = call.is(1, "off");
		call.print(locked ? "locked" : "unlocked");
		return 0;
	},
};

export const groups = [
	new OsGroup({ clock: new WallClock(), info: { version: "1.0.0", board: "example" } }),
	new StatGroup([new ExecutorStatistics(), statistics, counters]),
	new SettingsGroup([period]),
	new ShellGroup([unlock]),
];

export const blink = task({ name: "blink" }, async () => {
	for (;;) {
		led.toggle();
		counters.add(0);
		await sleep(period.length > 0 ? period.number : 500);
	}
});
