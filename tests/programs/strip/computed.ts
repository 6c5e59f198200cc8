/** Names that are made at run time. */
import { print } from "stator";

const list = [3, 1, 2];
const method = ["so", "rt"].join("");
print(String((list as unknown as Record<string, () => number[]>)[method]()));
const text = "some text" as unknown as Record<string, (from: number) => string>;
for (const name of ["sli", "subst", "tri"]) print(String(text[name + { sli: "ce", subst: "r", tri: "m" }[name]]?.(5)));
const again = (() => 1)[("const" + "ructor") as never] as { name: string };
print(typeof again);
