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

/** The lines of `log`, without their times. */
export const logged = (output: string): string[] =>
	[...output.matchAll(/^\[ *\d+\.\d+\] (.*)$/gm)].map(([, text]) => text);
