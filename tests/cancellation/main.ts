/** The table of cancellations on XS: Linux and boards. */
import { matrix } from "./matrix.ts";
import { press, timersSet, type } from "./outside.native.js";
import { outside } from "./outside.ts";

outside.press = press;
outside.type = type;
outside.timersSet = timersSet;
outside.deaf = !type(0);
matrix();
