/** Recursion without an end. */
import { print } from "stator";

function down(depth: number): number {
	return down(depth + 1) + 1;
}

print("falling");
print(String(down(0)));
