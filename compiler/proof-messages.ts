/**
 * What the proof says: for each way to allocate, what it is, why it allocates on XS, and how to write it instead. The
 * numbers were measured with XS 13.3 (slots of 16 bytes, chunks); proof-table.ts has those of builtins.
 */

export interface Refusal {
	readonly what: string;
	readonly why: string;
	readonly fix: string;
}

const refusal = (what: string, why: string, fix: string): Refusal => ({ what, why, fix });

export const OBJECT_LITERAL = refusal(
	"object literal",
	"each evaluation makes a new object: a slot for the instance and one for each property",
	"make the object once at start-up (in the task's factory or at module level) and assign its properties",
);
export const KEPT_VARIABLE = refusal(
	"variable of a loop that a function keeps",
	"each turn of the loop has its own, in an object that is made for it",
	"declare the function at module level and pass it the variable",
);
export const ARRAY_LITERAL = refusal(
	"array literal",
	"each evaluation makes a new array: two slots and a chunk for the items",
	"make the array once at start-up and write its items by index",
);
export const CLOSURE = refusal(
	"function made at run time",
	"a function is an object: seven slots each time this is evaluated, and one for each captured variable on each entry of the scope that has it",
	"declare the function at module level or in the task's factory",
);
export const CLASS = refusal(
	"class made at run time",
	"evaluating a class makes its constructor and its prototype, six slots and more",
	"declare the class at module level",
);
export const TEMPLATE = refusal(
	"template literal with substitutions",
	"it makes a new string, and one more for each number in it",
	"print the parts one by one, or choose among string literals",
);
export const TAGGED_TEMPLATE = refusal(
	"tagged template",
	"its first evaluation makes two arrays of its strings, which are kept for good",
	"call the function with ordinary arguments",
);
export const REGEXP = refusal(
	"regular expression literal",
	"each evaluation makes an object and compiles the pattern into memory from malloc",
	"compare codes in a loop",
);
export const CONCATENATION = refusal(
	"string concatenation",
	"the result is a new string, a chunk in the heap",
	"print the parts one by one, or choose among string literals; where numbers are meant, say so: Number(x) or x | 0",
);
export const SPREAD = refusal(
	"spread",
	"it makes an iterator: eight slots",
	"pass the items one by one, or the array itself",
);
export const REST = refusal(
	"rest parameter",
	"each call makes an array of the arguments: two slots and a chunk",
	"name the parameters, or take an array that was made at start-up",
);
export const OBJECT_REST = refusal(
	"rest of an object pattern",
	"it makes a new object with the properties that are left",
	"name the properties that are needed",
);
export const ARRAY_PATTERN = refusal(
	"destructuring of an array",
	"it goes through the iteration protocol: an iterator of eight slots and a jump record from malloc",
	"read the items by index: const a = list[0]; swap through a third variable",
);
export const FOR_OF = refusal(
	"for-of loop",
	"it makes an iterator of eight slots and a jump record from malloc",
	"count with an index: for (let i = 0; i < list.length; i++)",
);
export const FOR_IN = refusal(
	"for-in loop",
	"it makes a list of the property names and an iterator, 28 slots",
	"name the properties, or keep an array of them",
);
export const NEW = (name: string): Refusal =>
	refusal(
		"new " + name,
		"it makes a new object: a slot for the instance and one for each property",
		"make it once at start-up, in the task's factory, and use it again and again",
	);
export const GENERATOR = (name: string): Refusal =>
	refusal(
		"call of the generator " + name,
		"it makes a generator object and a copy of its stack, and each yield an object",
		"write the steps as a task, or as a function that is given its state",
	);
export const YIELD = refusal(
	"yield",
	"each yield makes a result object and saves the stack in a chunk",
	"write the steps as a task, or as a function that is given its state",
);
export const ASYNC = (name: string): Refusal =>
	refusal(
		"call of the async function " + name,
		"a call makes a promise, its two resolvers and a copy of the stack: 28 slots and a chunk",
		"make it a task, or await it in a task so that the compiler embeds its frame",
	);
export const AWAIT = refusal(
	"await of a promise",
	"each await makes a promise, a reaction and a copy of the stack",
	"make the function a task: task(async () => { … }); the compiler turns its awaits into states",
);
export const BIGINT_LITERAL = refusal(
	"BigInt",
	"a BigInt is a chunk of its own, made anew by each literal and each operation",
	"use numbers; two 32-bit halves where one is not enough",
);
export const BOXED = (what: string, member: string): Refusal =>
	refusal(
		"." + member + " of a " + what,
		"reading a member of a " + what + " makes a wrapper object first: two slots (fxToInstance in xsType.c)",
		what === "string"
			? "keep lengths and codes in arrays of numbers made at start-up"
			: "use Math, Number or String functions, which take the value as an argument",
	);
export const STRING_INDEX = refusal(
	"character of a string by index",
	"it makes a wrapper object and a new string",
	"keep the codes in an array of numbers made at start-up",
);
export const TRY = refusal(
	"try statement",
	"each entry takes a jump record from malloc (XS_CODE_CATCH_1 in xsRun.c), and five times the instructions",
	"let the task's unwind handle it (async tasks: the compiler does that), or use statuses instead of exceptions",
);
export const ARGUMENTS = refusal(
	"arguments",
	"each call of the function makes an arguments object: five slots and a chunk",
	"name the parameters",
);
export const DELETE = refusal(
	"delete",
	"it gives up a slot which a later assignment must allocate again",
	"assign undefined",
);
export const NEW_PROPERTY = (name: string): Refusal =>
	refusal(
		"assignment that adds the property " + name,
		"the object has no such property at start-up, so the assignment takes a slot for it",
		"give the object the property where it is made: " + name + " = undefined",
	);
export const COMPUTED_PROPERTY = refusal(
	"assignment to a property whose name is computed",
	"a name that the object does not have yet takes a slot, and a new name a key for good",
	"name the property, or use an array indexed by a number",
);
export const BAD_INDEX = refusal(
	"index that is no whole number from 0",
	"it is turned into a string and looked up as a property name: a new string each time, and a key for good",
	"test the index first; use whole numbers",
);
export const ARRAY_LENGTH = refusal(
	"assignment to length",
	"an array that grows gets a larger chunk, and one that shrinks must grow again",
	"make the array as long as it will ever be at start-up, and keep a count beside it",
);
export const ARRAY_END = refusal(
	"assignment behind the end of an array",
	"an array that grows gets a larger chunk",
	"make the array as long as it will ever be at start-up, and keep a count beside it",
);
export const ARRAY_EMPTY = refusal(
	"assignment to an item of an array that is empty when start-up is over",
	"the items of [] and of new Array(n) are made when they are first written: the array's chunk grows each time",
	"fill it at start-up: new Array(n).fill(0)",
);
export const CONVERSION = refusal(
	"object used as a number or string",
	"its valueOf and toString are called, and toString makes a string",
	"use one of its properties",
);
export const TEXT_ARGUMENT = (name: string): Refusal =>
	refusal(
		name + " of something that is not a string",
		"it is turned into a new string first",
		name === "String" ? "choose among string literals" : "give it a string literal, or one made at start-up",
	);
export const NATIVE_MEMBER = refusal(
	"member of a native function",
	"a native function is a single slot; reading a member makes an object of it first, three slots",
	"call the function directly",
);
export const UNKNOWN_CALL = (text: string): Refusal =>
	refusal(
		"call of " + text + ", which is not known",
		"what is called here cannot be found in the program, so nothing says that it allocates nothing",
		"call a function of the program by its name; lift the caller with // stator: allows-allocation <reason>",
	);
export const UNKNOWN_BUILTIN = (name: string): Refusal =>
	refusal(
		"call of " + name,
		"no entry in the table of the engine's functions says that it allocates nothing",
		"write it as a loop, or lift the function with // stator: allows-allocation <reason>",
	);
export const UNKNOWN_NATIVE = (name: string): Refusal =>
	refusal(
		"call of the native function " + name,
		"no entry in the table of native functions says that it allocates nothing",
		"where its C code does not, say so above its export in the binding .js file: // stator: no-allocation <reason>",
	);
export const DYNAMIC_IMPORT = refusal(
	"import()",
	"it makes a promise and loads a module",
	"import at the top of the file",
);
export const LIFT_WITHOUT_REASON = refusal(
	"allows-allocation without a reason",
	"what lifts the proof for a function is listed in the build report, with its reason",
	"write it behind: // stator: allows-allocation <reason>",
);
export const FACTORY = refusal(
	"pollTask with a factory that is not known",
	"what the factory returns cannot be found in the program, so nothing is known of the task's code",
	"write the factory as a function at the call: pollTask(options, () => { … return { poll(id) { … } }; })",
);

/** How to do without functions of the library that allocate. */
export const LIBRARY_FIXES: Readonly<Record<string, string>> = {
	sleep: "make a Sleep at start-up, in the task's factory, and start it: pause.start(ms)",
	"Timer.after": "make a Sleep at start-up, in the task's factory, and start it: pause.start(ms)",
	after: "make a Sleep at start-up, in the task's factory, and start it: pause.start(ms)",
	every: "make the Ticker at start-up, in the task's factory; reset() begins anew",
	yieldNow: "make a YieldNow at start-up, in the task's factory, and start it",
	"JoinHandle.join": "make a Join at start-up, in the task's factory, and start it: join.start(handle)",
	spawn: "give it a handle made at start-up: spawn(token, handle); or use spawnDetached",
	trySpawn: "give it a handle made at start-up: trySpawn(token, handle); or use spawnDetached",
	pollTask: "declare tasks at module level",
};
