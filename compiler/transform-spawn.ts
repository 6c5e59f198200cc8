/**
 * `spawn(token)` and `trySpawn(token)` without a handle would make one at each call. In a task each such call has a handle of
 * its own, made with the frame, or none where nobody looks at the result. A call's handle serves one task at a time:
 * spawning again while the last one lives throws.
 */
import ts from "typescript";
import { inLibrary } from "./program.ts";
import type { Machine } from "./transform-machine.ts";

const SPAWN = inLibrary("src/executor/spawn.ts");
const JOIN_HANDLE = inLibrary("src/executor/join-handle.ts");

/** What a call has to be given as its second argument; undefined where it stays as it is. */
export function handleFor(m: Machine, call: ts.CallExpression, inClosure: boolean): string | undefined {
	const [token] = call.arguments;
	if (call.arguments.length !== 1 || ts.isSpreadElement(token)) return undefined;
	const name = m.unit.libraryCallee(call, SPAWN);
	if (name !== "spawn" && name !== "trySpawn") return undefined;
	if (isUnused(call)) return "null";
	// A closure may be called several times in one turn, and after its task has ended: it makes what it needs.
	if (inClosure) return undefined;
	let handle = m.handles.get(call);
	if (handle === undefined) {
		handle = "$handle" + m.handles.size;
		m.handles.set(call, handle);
		m.handleClass = m.unit.importLibrary(m.module, JOIN_HANDLE, "JoinHandle");
	}
	return m.inFrame(handle);
}

function isUnused(node: ts.Expression): boolean {
	const { parent } = node;
	if (ts.isParenthesizedExpression(parent) || ts.isVoidExpression(parent)) return isUnused(parent);
	return ts.isExpressionStatement(parent);
}
