/** Main takes a date apart again and again; a level does the same with another one, in the middle of that. */
import { now, print } from "stator";

const end = now() + 300;
let wrong = 0;
let rounds = 0;
while (now() < end) {
	const date = new Date(2024, 1, 3, 4, 5, 6);
	const same =
		date.getFullYear() === 2024 &&
		date.getMonth() === 1 &&
		date.getDate() === 3 &&
		date.getHours() === 4 &&
		date.getMinutes() === 5 &&
		date.getSeconds() === 6;
	if (!same) wrong++;
	rounds++;
}
print("wrong " + wrong + " of " + rounds);
