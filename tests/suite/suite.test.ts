/** The portable suite on Node, over the simulated platform. */
import { expect, test } from "vitest";
import { onPrint } from "../../hal/sim/index.ts";
import { checkNames } from "./names.ts";
import { outcomeOf } from "./on-target.ts";

const lines: string[] = [];
onPrint((text) => lines.push(text));
await import("./main.ts");
const output = lines.join("\n");

for (const name of checkNames()) test(name, () => expect(outcomeOf(output, name)).toBe("OK"));
test("nothing else was checked", () => expect(output).toContain("suite: " + checkNames().length + " passed, 0 failed"));
