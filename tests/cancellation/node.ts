/** The table of cancellations on Node, over the simulated machine. */
import { press, receive, timersSet } from "../../hal/sim/index.ts";
import { matrix } from "./matrix.ts";
import { outside } from "./outside.ts";

outside.press = press;
outside.type = (byte) => {
	receive(String.fromCharCode(byte));
	return true;
};
outside.timersSet = timersSet;
matrix();
