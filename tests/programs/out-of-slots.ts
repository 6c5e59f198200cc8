/** Fills the machine with objects. */
import { print } from "stator";

let list: unknown;
print("filling");
for (let i = 0; i >= 0; i++) list = { list };
print("not reached " + typeof list);
