/** Main goes deep in the engine's C, with levels above it that may preempt it at the deepest place. */
import { print } from "stator";

function deeper(): number {
	return [0].map(deeper).length;
}

print("not reached " + deeper());
