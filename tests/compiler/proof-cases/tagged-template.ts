/** A tag is a call with an array. */
import { done, pollTask, run } from "stator";

function tag(parts: TemplateStringsArray, value: number): number {
	return parts.length + value;
}

function plain(part: string, value: number): number {
	return part === "a" ? value : 0;
}

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				state = tag`a${id}`; // ! tagged template
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
			poll(id) {
				state = plain("a", id);
				return done(state);
			},
		};
	});
	run(task());
}
