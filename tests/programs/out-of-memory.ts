/** Fills the machine with chunks. */
import { print } from "stator";

const keep: unknown[] = [];
print("filling");
for (let i = 0; i >= 0; i++) keep.push(new Uint8Array(1000));
print("not reached " + keep.length);
