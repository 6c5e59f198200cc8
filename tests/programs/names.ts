/** Makes property names for ever. */
import { print } from "stator";

const bag: Record<string, number> = {};
print("naming");
for (let i = 0; i >= 0; i++) bag["name" + i] = i;
print("not reached " + bag.name1);
