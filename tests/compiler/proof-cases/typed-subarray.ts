/** A part of a buffer is an object. */
import { done, pollTask, run } from "stator";

function sumFrom(bytes: Uint8Array, from: number): number {
	let sum = 0;
	for (let i = from; i < bytes.length; i++) sum += bytes[i];
	return sum;
}

const buffer = new Uint8Array(4);

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll() {
				state = buffer.subarray(1)[0]; // ! a typed array's subarray
				return done(state);
			},
		};
	});
	run(task());
}

accepted: {
	const task = pollTask({ name: "accepted" }, () => {
		let state = 0;
		return {
			poll() {
				state = sumFrom(buffer, 1);
				return done(state);
			},
		};
	});
	run(task());
}
