/** What the program was started with. */
import { ioArgument } from "#hal";

/** The arguments of the command line, without the program's name. INIT: makes strings. */
export function programArguments(): string[] {
	const found: string[] = [];
	for (let text = ioArgument(0); text !== undefined; text = ioArgument(found.length)) found.push(text);
	return found;
}
