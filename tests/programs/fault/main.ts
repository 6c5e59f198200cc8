/** Reads where there is no memory. */
import { print } from "stator";
import { poke } from "./fault.native.js";

print("about to fault");
poke();
print("not reached");
