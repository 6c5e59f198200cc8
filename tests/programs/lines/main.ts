/** Main writes lines without a pause. */
import { log } from "stator";

for (let line = 1; line <= 400; line++) log("a line of main, which is longer than that of the level is", line);
