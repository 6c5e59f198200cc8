/** A line of the trace. */
import { print } from "stator";

export function note(text: string): void {
	print(text);
}
