/** An item behind the last makes the array longer. */
import { done, pollTask, run } from "stator";

const list = [0, 0, 0, 0];

refused: {
	const task = pollTask({ name: "refused" }, () => {
		let state = 0;
		return {
			poll(id) {
				list[list.length] = id; // ! behind the end
				state = list[0];
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
				list[list.length - 1] = id;
				state = list[0];
				return done(state);
			},
		};
	});
	run(task());
}
