/** What the command line tells people: steps with their time, and failures that say what to do. */
const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
const paint = (code: number, text: string): string => (colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text);

export const bold = (text: string): string => paint(1, text);
export const dim = (text: string): string => paint(2, text);
export const red = (text: string): string => paint(31, text);

/** A failure that is the user's to mend: printed as it stands, without a stack. */
export class UserError extends Error {
	override name = "UserError";
	readonly hint: string | undefined;

	constructor(message: string, hint?: string) {
		super(message);
		this.hint = hint;
	}
}

let quiet = false;

export function setQuiet(on: boolean): void {
	quiet = on;
}

/** What a command says while it works. */
export function note(who: string, text: string): void {
	if (!quiet) console.error(dim("[" + who + "] " + text));
}

/** Runs one step and prints a line with what it was and how long it took. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
	const start = performance.now();
	try {
		const result = await work();
		if (!quiet)
			console.error(dim("[build] ") + what + dim(" (" + ((performance.now() - start) / 1000).toFixed(1) + " s)"));
		return result;
	} catch (error) {
		if (!quiet) console.error(dim("[build] ") + what + " " + red("failed"));
		throw error;
	}
}
