/** What tests/programs/sync.ts logs, whatever the target. */
export const everyPrimitive = [
	"channel: 200",
	"priority channel: 19900",
	"watch: 199",
	"signal: 199",
	"news: 200",
	"news: 200",
	"account: 1200",
	"table: 400",
	"pipe: 1000",
	"permits: 2",
];

/** What tests/programs/combinators.ts logs. */
export const combined = [
	"numbers 40",
	"words 10",
	"pauses, many",
	"waiting 0",
	"timed out",
	"early 7",
	"both 1",
	"permits 0",
	"second 1",
	"permits 1",
];

/** The lines of `log`, without their times. */
export const logged = (output: string): string[] =>
	[...output.matchAll(/^\[ *\d+\.\d+\] (.*)$/gm)].map(([, text]) => text);

/** What tests/programs/stopping.ts logs. */
export const stopped = ["captured 3", "from within 3", "before 0", "by hand 0", "gave up 1", "free", "waiting 0"];

/** What tests/programs/group.ts logs. */
export const grouped = ["thrown by join 0", "cleaned 60", "sum 100"];

/** What tests/programs/policy-priority logs. */
export const byPriority = [
	"a 1",
	"urgent 1",
	"b 1",
	"urgent 2",
	"c 1",
	"urgent 3",
	"a 2",
	"b 2",
	"c 2",
	"a 3",
	"b 3",
	"c 3",
	"low",
	"changed",
	"low",
	"d 1",
	"urgent 4",
	"d 2",
	"d 3",
	"greedy, turns 50",
	"starved until now",
	"timer",
	"endless has stopped",
	"starved until now",
	"end",
];

/** What tests/programs/policy-deadline logs. */
export const byDeadline = [
	"a deadline before 0",
	"quick 1",
	"c 1",
	"slow 1",
	"a 1",
	"changed",
	"slow 2",
	"quick 2",
	"a 2",
	"c 2",
	"ended -3",
	"without",
	"x 1",
	"y 1",
	"x 2",
	"y 2",
	"x 3",
	"y 3",
	"low 1",
	"low 2",
	"end",
];
