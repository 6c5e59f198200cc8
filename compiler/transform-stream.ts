/** Awaits that no call stands for in the source: the next item of a stream, the end of an `await using`. */
import type ts from "typescript";
import { isAsync } from "./contains.ts";
import { leafShape } from "./leaves.ts";
import { awaitLeaf, callCompiled } from "./transform-await.ts";
import type { Machine } from "./transform-machine.ts";

/** Awaits `receiver.method()`; gives the text of its value. */
export function lowerStream(
	m: Machine,
	method: ts.FunctionLikeDeclaration,
	receiver: string,
	node: ts.Node,
	used = true,
	receiverNode?: ts.Expression,
): string {
	if (isAsync(method)) return callCompiled(m, method, receiver, [], node, used);
	const shape = leafShape(method);
	const classSymbol = shape === undefined ? undefined : m.unit.symbolOf(shape.classNode);
	if (shape === undefined || classSymbol === undefined) {
		m.refuse(node, "its method is no leaf function and not async", "let its body be `return new C().start(this)`");
		return "undefined";
	}
	const call = {
		...shape,
		node: undefined,
		classSymbol: m.unit.original(classSymbol),
		receiverText: receiver,
		receiverNode,
	};
	return awaitLeaf(m, call, node, used);
}
