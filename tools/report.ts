/** What the command line tells people: steps with their time, and failures that say what to do. */
const paint = (stream: { isTTY?: boolean }, code: number, text: string): string =>
	stream.isTTY === true && !process.env.NO_COLOR ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;

/** In results: on standard output. */
export const bold = (text: string): string => paint(process.stdout, 1, text);
/** In what is said while a command works: on standard error. */
export const dim = (text: string): string => paint(process.stderr, 2, text);
export const red = (text: string, stream: { isTTY?: boolean } = process.stderr): string => paint(stream, 31, text);
export const green = (text: string): string => paint(process.stdout, 32, text);

/** How a command ends. A program that is run, and GDB, give their own. */
export const EXIT = {
	ok: 0,
	/** It could not be done. */
	failed: 1,
	/** The command line makes no sense. */
	usage: 2,
	/** It was done, and what was looked for was found: a failing run, a failing test, something missing. */
	found: 3,
} as const;

/** A failure that is the user's to mend: printed as it stands, without a stack. */
export class UserError extends Error {
	override name = "UserError";
	readonly hint: string | undefined;

	constructor(message: string, hint?: string) {
		super(message);
		this.hint = hint;
	}
}

/** A failure of what was typed. */
export class UsageError extends UserError {}

let quiet = false;

export function setQuiet(on: boolean): void {
	quiet = on;
}

export function isQuiet(): boolean {
	return quiet;
}

/** A line that stands on the terminal until the next one takes its place: what is being done just now. */
const CLEAR_LINE = "\r\u001b[K";
const pending = (text: string): void => {
	if (!quiet && process.stderr.isTTY) process.stderr.write(CLEAR_LINE + dim(text));
};
const said = (text: string): void => {
	if (!quiet) console.error((process.stderr.isTTY ? CLEAR_LINE : "") + text);
};

/** What a command says while it works. */
export function note(who: string, text: string): void {
	said(dim("[" + who + "] " + text));
}

/** What does not stop a command, and should not be. */
export function warning(text: string): void {
	said(red("warning: ") + text);
}

/** Runs one step and prints a line with what it was and how long it took; on a terminal what it is, too, while it runs. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
	const start = performance.now();
	pending("[build] " + what + " …");
	try {
		const result = await work();
		said(dim("[build] ") + what + dim(" (" + ((performance.now() - start) / 1000).toFixed(1) + " s)"));
		return result;
	} catch (error) {
		said(dim("[build] ") + what + " " + red("failed"));
		throw error;
	}
}
