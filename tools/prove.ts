/** The proof as a step of the build: a program whose tasks would allocate after start-up is not built. */
import { readFileSync } from "node:fs";
import { declaredNatives, formatProof, type ProofResult, prove } from "../compiler/proof.ts";
import { UserError } from "./report.ts";

/** Throws UserError with every place that would allocate. `natives` are the binding modules: name -> file. */
export function proveProgram(code: string, map: string, natives: Map<string, string>): ProofResult {
	const declared: Record<string, string> = {};
	for (const file of natives.values()) Object.assign(declared, declaredNatives(readFileSync(file, "utf8")));
	const result = prove(code, map, { natives: declared });
	if (result.errors.length > 0)
		throw new UserError(
			"tasks of this program would allocate after start-up:\n" + formatProof(result),
			"allow it for a function by a comment above it, // stator: allows-allocation <reason>, or build with --no-proof",
		);
	return result;
}
