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
