/** A server with every group that needs no machine of its own, for tests: its images are in RAM. */
import type { Access, Counters, Setting, ShellCommand, SmpServerOptions } from "stator/smp";
import { RamStore } from "./ram-store.ts";

export const SLOT_BYTES = 4096;

/** What the tests of one server look at besides its replies. */
export interface Device {
	server: import("stator/smp").SmpServer;
	store: RamStore;
	counters: Counters;
	settings: Setting[];
	clock: import("stator/smp").WallClock;
	access: { open: boolean } & Access;
	/** What the callbacks were called with. */
	calls: string[];
}

export type Smp = typeof import("stator/smp");

export function deviceOf(smp: Smp, more: Partial<SmpServerOptions> = {}): Device {
	const access = {
		open: true,
		unlocked() {
			return this.open;
		},
	};
	const store = new RamStore(SLOT_BYTES);
	const counters = new smp.Counters("app", ["a", "b"]);
	const clock = new smp.WallClock();
	const calls: string[] = [];
	const note = (what: string) => () => {
		calls.push(what);
		return what !== "load";
	};
	const settings = [
		new smp.Setting("number", 4),
		new smp.Setting("key", 32, { secret: true }),
		new smp.Setting("serial", 8, { fixed: true }),
	];
	settings[2].bytes.set([1, 2, 3]);
	settings[2].length = 3;
	const add: ShellCommand = {
		name: "add",
		help: "the sum of numbers",
		run(call) {
			let sum = 0;
			for (let i = 1; i < call.count; i++) {
				const number = call.number(i);
				if (number === undefined) {
					call.printArgument(i);
					call.print(": no number");
					return -22;
				}
				sum += number;
			}
			call.printNumber(sum);
			return 0;
		},
	};
	const statistics = new smp.ServerStatistics();
	const server = new smp.SmpServer({
		groups: [
			new smp.OsGroup({
				clock,
				info: { release: "1.2.3", version: "4", board: "here", build: "today" },
				bootLoader: "MCUboot",
				bootLoaderMode: 3,
				pools: [{ name: "blocks", blockBytes: 64, count: 10, free: () => 7, least: () => 2 }],
				mayReset: (force) => {
					calls.push("reset " + force);
					return force || calls.length > 1;
				},
			}),
			new smp.ImageGroup(store),
			new smp.StatGroup([counters, statistics]),
			new smp.SettingsGroup(settings, { commit: note("commit"), load: note("load"), save: note("save") }),
			new smp.ShellGroup([add]),
		],
		access,
		...more,
	});
	statistics.server = server;
	return { server, store, counters, settings, clock, access, calls };
}
