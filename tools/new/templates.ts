/** What `stator new` writes: a blinky that blinks for ever, and what tools need to understand it. */

export interface Wanted {
	/** The application's name: that of its folder. */
	name: string;
	/** From the application to Stator's root, as a path. */
	stator: string;
	/** For Moddable's mcconfig, too. */
	moddable: boolean;
}

/** A file of the application. */
export type Template = readonly [file: string, text: string];

const json = (value: unknown): string => JSON.stringify(value, undefined, "\t") + "\n";

const main = `/** One task that toggles the board's light every 500 ms. */
import { log, run, sleep } from "stator";
import { led } from "stator/board";

run(async () => {
	for (;;) {
		await sleep(500);
		led.toggle();
		log(led.lit ? "led on" : "led off");
	}
});
`;

const tsconfig = ({ stator }: Wanted): unknown => ({
	compilerOptions: {
		strict: true,
		noEmit: true,
		target: "ES2022",
		lib: ["ES2023", "ESNext.Disposable"],
		module: "ESNext",
		moduleResolution: "bundler",
		allowImportingTsExtensions: true,
		skipLibCheck: true,
		types: [],
		paths: {
			stator: [stator + "/src/index.ts"],
			"stator/board": [stator + "/src/board.ts"],
			"stator/*": [stator + "/src/*/index.ts"],
			"#hal": [stator + "/hal/hal-module.d.ts"],
		},
	},
	include: ["*.ts"],
});

const packageJson = ({ name, stator, moddable }: Wanted): unknown => {
	const command = (text: string): string => "node " + stator + "/tools/stator.mjs " + text;
	return {
		name: name.toLowerCase(),
		private: true,
		type: "module",
		scripts: {
			start: command("run ."),
			build: command(moddable ? "moddable ." : "build . --board netduinoplus2"),
		},
	};
};

const readme = ({ name, stator, moddable }: Wanted): string => `# ${name}

\`\`\`sh
npm start                                               # on this machine, until Ctrl-C
node ${stator}/tools/stator.mjs run . --board netduinoplus2    # on an emulated board
\`\`\`
${
	moddable
		? `
With Moddable's SDK, for any board that it knows (\`dist/\` is what \`npm run build\` makes of \`main.ts\`):

\`\`\`sh
npm run build
mcconfig -m -p pico -t build
\`\`\`
`
		: ""
}`;

export function templates(wanted: Wanted): Template[] {
	const files: Template[] = [
		["main.ts", main],
		["manifest.json", json(wanted.moddable ? { include: ["./dist/manifest.json"] } : {})],
		["tsconfig.json", json(tsconfig(wanted))],
		["package.json", json(packageJson(wanted))],
		["README.md", readme(wanted)],
	];
	if (wanted.moddable) files.push([".gitignore", "build/\n"]);
	return files;
}
