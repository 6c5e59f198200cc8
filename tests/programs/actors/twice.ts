/** Each mistake of `run` is refused; the name of the file's last line says which one is left to end the program. */
import { print } from "stator";
import { actor, maskInterrupts, run } from "stator/actor";

const one = actor(async () => {});
const two = actor(async () => {});
const a = one();
const b = two();

try {
	run([[20, a]]);
} catch (error) {
	print(String(error));
}
maskInterrupts();
try {
	run([
		[20, a],
		[20, b],
	]);
} catch (error) {
	print(String(error));
}
for (const vector of [99, 0])
	try {
		run([[vector, a]]);
	} catch (error) {
		print(String(error));
	}
run([[22, a, 4000]]);
