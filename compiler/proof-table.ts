/**
 * What the proof (proof.ts) knows of functions that are not in the program: the engine's builtins and Stator's native
 * functions. A function that is in neither table is refused.
 *
 * Each entry stands on the engine's source (node_modules/@moddable/xs/moddable/xs/sources, the file is named) and was
 * measured with a loop around one call (`stat(STAT_GROWTH_SLOTS)`, `STAT_GROWTH_BYTES`, `STAT_MALLOC_CALLS`).
 *
 * `result` says what comes back, for the inference of proof-values.ts; `calls` that arguments which are functions are
 * called with the receiver's elements.
 */

/** What a function of the engine gives back. */
export type ResultKind =
	| "number"
	| "string"
	| "boolean"
	| "nothing"
	| "receiver"
	| "element"
	| "array"
	| "first argument"
	/** What the last of its `methods` gives. */
	| "methods"
	/** The native function "look of …", which does what methods of the first argument do. */
	| "look"
	| "unknown";

export interface TableEntry {
	/** Allocates on XS: an error where it is reached. */
	readonly allocates: boolean;
	/** Why, or why not, in the engine. */
	readonly why: string;
	/** How to do without it. */
	readonly instead?: string;
	readonly result: ResultKind;
	/** Argument 0 must not be a number (or another thing that is first made a string). */
	readonly text?: boolean;
	readonly calls?: boolean;
	/** Its arguments become elements of the receiver. */
	readonly stores?: boolean;
	/** Native functions that keep or call the functions which they are given. */
	readonly callbacks?: boolean;
	/** Native functions that do what methods of the object do that they are for: which, and with which of their arguments. */
	readonly methods?: Readonly<Record<string, readonly number[]>>;
}

const entries = new Map<string, TableEntry>();

function enter(allocates: boolean, prefix: string, names: string, more: Omit<TableEntry, "allocates">): void {
	for (const name of names.split(" ")) entries.set(prefix + name, { ...more, allocates });
}

const free = (prefix: string, names: string, result: ResultKind, why: string, more: Partial<TableEntry> = {}): void =>
	enter(false, prefix, names, { ...more, result, why });

const costly = (
	prefix: string,
	names: string,
	result: ResultKind,
	why: string,
	instead: string,
	more: Partial<TableEntry> = {},
): void => enter(true, prefix, names, { ...more, result, why, instead });

free(
	"Math.",
	"abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp expm1 floor fround hypot idiv idivmod imod imul imuldiv irandom irem log log10 log1p log2 max min mod pow random round sign sin sinh sqrt tan tanh trunc",
	"number",
	"xsMath.c computes in C and writes the number into the result's slot",
);
free(
	"Number.",
	"isFinite isInteger isNaN isSafeInteger",
	"boolean",
	"xsNumber.c looks at the argument's slot and writes a boolean",
);
free("", "isFinite isNaN", "boolean", "xsGlobal.c looks at the argument's slot and writes a boolean");
free(
	"",
	"parseInt parseFloat Number.parseInt Number.parseFloat",
	"number",
	"xsGlobal.c reads the characters of a string in place; a number would be made a string first",
	{ text: true },
);
free("", "Number", "number", "xsNumber.c converts in place, a string is read where it stands");
free("", "Boolean", "boolean", "xsBoolean.c writes a boolean");
free("", "String", "string", "a string is handed through (xsString.c); a number would get a new string", {
	text: true,
});
free(
	"Object.",
	"is hasOwn isFrozen isSealed isExtensible",
	"boolean",
	"xsObject.c compares slots and writes a boolean",
);
free("Object.", "getPrototypeOf", "unknown", "xsObject.c copies a reference");
free("Array.", "isArray", "boolean", "xsArray.c looks at the kind of a slot");
free("Date.", "now", "number", "xsDate.c writes the platform's time as a number");
free("Reflect.", "has", "boolean", "xsProxy.c looks a property up");

free(
	"Array.prototype.",
	"indexOf lastIndexOf",
	"number",
	"xsArray.c walks the items of an array in place, no iterator is made",
);
free("Array.prototype.", "includes", "boolean", "xsArray.c walks the items of an array in place, no iterator is made");
free("Array.prototype.", "at", "element", "xsArray.c copies the item's slot");
costly(
	"Array.prototype.",
	"pop shift",
	"element",
	"it frees a part of the array's chunk, and the next item written behind the end needs a new one (measured: 62 bytes a turn)",
	"keep the array as long as it is and count what is in it",
);
free("Array.prototype.", "fill", "receiver", "xsArray.c writes the items that are there", { stores: true });
free("Array.prototype.", "reverse copyWithin", "receiver", "xsArray.c moves items within the array's chunk");
free(
	"Array.prototype.",
	"forEach every some find findLast findIndex findLastIndex reduce reduceRight",
	"unknown",
	"xsArray.c calls the function with the items one after the other, no iterator is made; the function itself must exist before",
	{ calls: true },
);
costly(
	"Array.prototype.",
	"push unshift",
	"number",
	"an array that grows gets a larger chunk (fxSetIndexSize in xsArray.c)",
	"make the array as long as it will ever be at start-up, keep a count and write by index",
	{ stores: true },
);
costly(
	"Array.prototype.",
	"concat slice splice map filter flat flatMap toReversed toSorted toSpliced with",
	"array",
	"it returns a new array: two slots and a chunk for the items",
	"write into an array that was made at start-up, with a loop over indices",
	{ calls: true },
);
costly(
	"Array.prototype.",
	"sort",
	"receiver",
	"sorting copies the items into a list of its own (fx_Array_prototype_sort in xsArray.c)",
	"sort in place with a loop, or keep the array sorted while inserting",
	{ calls: true },
);
costly(
	"Array.prototype.",
	"join toString toLocaleString",
	"string",
	"it makes a new string of all the items",
	"print the items one by one, or write bytes into a buffer",
);
costly(
	"Array.prototype.",
	"entries keys values",
	"unknown",
	"it makes an iterator object, eight slots",
	"count with an index",
);
costly("Array.", "from of", "array", "it makes a new array", "make the array at start-up and fill it by index");

const typed = "xsDataView.c reads and writes the buffer in place";
free("TypedArray.prototype.", "at indexOf lastIndexOf", "number", typed);
free("TypedArray.prototype.", "includes", "boolean", typed);
free("TypedArray.prototype.", "fill reverse copyWithin sort", "receiver", typed);
free("TypedArray.prototype.", "set", "nothing", typed);
free("TypedArray.prototype.", "forEach every some find findLast findIndex findLastIndex reduce", "unknown", typed, {
	calls: true,
});
costly(
	"TypedArray.prototype.",
	"subarray slice map filter toReversed toSorted with",
	"unknown",
	"it makes a new view, four slots, and a buffer for a copy",
	"make the view at start-up, or pass the offset and length as numbers",
);
costly(
	"TypedArray.prototype.",
	"join toString toLocaleString",
	"string",
	"it makes a new string of all the elements",
	"print the elements one by one",
);
costly("TypedArray.prototype.", "entries keys values", "unknown", "it makes an iterator object", "count with an index");
free(
	"DataView.prototype.",
	"getInt8 getUint8 getInt16 getUint16 getInt32 getUint32 getFloat32 getFloat64",
	"number",
	typed,
);
free(
	"DataView.prototype.",
	"setInt8 setUint8 setInt16 setUint16 setInt32 setUint32 setFloat32 setFloat64",
	"nothing",
	typed,
);
costly(
	"DataView.prototype.",
	"getBigInt64 getBigUint64 setBigInt64 setBigUint64",
	"unknown",
	"a BigInt is a chunk of its own",
	"read two 32-bit halves",
);
costly("ArrayBuffer.prototype.", "slice resize", "unknown", "it makes a new buffer", "copy element by element");
free(
	"Atomics.",
	"add and compareExchange exchange load notify or store sub xor",
	"number",
	"xsAtomics.c works on the array's bytes and writes a number",
);
free("Map.prototype.", "get", "element", "xsMapSet.c looks the key up in the table");
free("Map.prototype.", "has", "boolean", "xsMapSet.c looks the key up in the table");
free("Set.prototype.", "has", "boolean", "xsMapSet.c looks the key up in the table");
free("WeakMap.prototype.", "get", "unknown", "xsMapSet.c looks the key up");
free("WeakMap.prototype.", "has", "boolean", "xsMapSet.c looks the key up");
free("WeakSet.prototype.", "has", "boolean", "xsMapSet.c looks the key up");
free("Map.prototype.", "forEach", "nothing", "xsMapSet.c walks the table in place", { calls: true });
free("Set.prototype.", "forEach", "nothing", "xsMapSet.c walks the table in place", { calls: true });
const entry = "a new key takes three slots, and the table's chunk is made anew as it grows or shrinks (xsMapSet.c)";
const indexed = "use an array that was made at start-up, indexed by a small integer";
costly("Map.prototype.", "set", "receiver", entry, indexed, { stores: true });
costly("Map.prototype.", "delete", "boolean", entry, indexed);
costly("Map.prototype.", "clear", "nothing", entry, indexed);
costly("Set.prototype.", "add", "receiver", entry, indexed, { stores: true });
costly("Set.prototype.", "delete", "boolean", entry, indexed);
costly("Set.prototype.", "clear", "nothing", entry, indexed);
costly("WeakMap.prototype.", "set delete", "unknown", entry, indexed);
costly("WeakSet.prototype.", "add delete", "unknown", entry, indexed);
const iterator = "it makes an iterator object, eight slots";
costly("Map.prototype.", "entries keys values", "unknown", iterator, "use forEach with a function made at start-up");
costly("Set.prototype.", "entries keys values", "unknown", iterator, "use forEach with a function made at start-up");

free("Object.prototype.", "hasOwnProperty isPrototypeOf", "boolean", "xsObject.c looks a property up");
free("Object.prototype.", "valueOf", "receiver", "xsObject.c hands the object through");
costly(
	"Object.prototype.",
	"toString toLocaleString",
	"string",
	"it makes a new string",
	"keep the text as a string literal",
);
costly(
	"Object.",
	"keys values entries getOwnPropertyNames",
	"array",
	"it makes an array, and a slot for each property",
	"name the properties in the code",
);
costly(
	"Object.",
	"assign freeze seal create defineProperty defineProperties fromEntries getOwnPropertyDescriptor setPrototypeOf preventExtensions groupBy",
	"unknown",
	"it makes slots for what it returns or walks over",
	"do it at start-up; assign property by property",
);
costly(
	"Reflect.",
	"apply construct ownKeys get set defineProperty deleteProperty getPrototypeOf",
	"unknown",
	"it calls what cannot be followed, or makes a list",
	"call the function itself",
);
costly("JSON.", "stringify", "string", "it makes strings and lists", "write the bytes of the message into a buffer");
costly("JSON.", "parse", "unknown", "it makes objects and strings", "read the bytes of the message from a buffer");
costly(
	"String.",
	"fromCharCode fromCodePoint raw",
	"string",
	"it makes a new string",
	"work with the codes in an array of numbers; keep the texts that are needed in a table",
);
costly(
	"Symbol.",
	"for keyFor",
	"unknown",
	"it makes a symbol, and a symbol takes one of the engine's names for good",
	"make the symbol at start-up",
);
costly(
	"",
	"Symbol",
	"unknown",
	"a symbol takes one of the engine's names and never gives it back",
	"make it at start-up",
);
costly(
	"",
	"BigInt",
	"unknown",
	"a BigInt is a chunk of its own",
	"use numbers; two 32-bit halves where one is not enough",
);
costly(
	"Promise.",
	"resolve reject all allSettled any race withResolvers",
	"unknown",
	"a promise and its reactions are twenty slots and more",
	"wait with the library's own operations (Sleep, Join, …), made at start-up",
);
costly(
	"",
	"Array Object Function Error RangeError TypeError RegExp Date Map Set",
	"unknown",
	"it makes a new object",
	"make it once at start-up",
);
costly(
	"RegExp.prototype.",
	"test exec toString",
	"unknown",
	"matching makes a result array, strings and a buffer from malloc (xsRegExp.c)",
	"compare codes in a loop",
);
costly("Function.prototype.", "toString", "string", "it makes a new string", "keep the text as a string literal");
costly(
	"Function.prototype.",
	"bind",
	"first argument",
	"it makes a new function, six slots",
	"bind at start-up and keep the function",
);
free(
	"Function.prototype.",
	"call apply",
	"unknown",
	"xsFunction.c pushes the arguments onto the stack, which is static",
);
costly(
	"",
	"setTimeout setInterval setImmediate queueMicrotask clearTimeout clearInterval",
	"unknown",
	"it makes a record for the timer or job",
	"use Sleep or Timer of the library",
	{ callbacks: true },
);
costly(
	"console.",
	"log info warn error debug",
	"nothing",
	"it makes strings, and is not there on a board",
	"use log or print of the library",
);

const NUMBERS = new Set([
	"Infinity",
	"Math.E",
	"Math.LN10",
	"Math.LN2",
	"Math.LOG10E",
	"Math.LOG2E",
	"Math.PI",
	"Math.SQRT1_2",
	"Math.SQRT2",
	"NaN",
	"Number.EPSILON",
	"Number.MAX_SAFE_INTEGER",
	"Number.MAX_VALUE",
	"Number.MIN_SAFE_INTEGER",
	"Number.MIN_VALUE",
	"Number.NEGATIVE_INFINITY",
	"Number.NaN",
	"Number.POSITIVE_INFINITY",
]);

/** Constants of the engine that are numbers. */
export function isNumberConstant(name: string): boolean {
	return NUMBERS.has(name);
}

/** Typed arrays share one prototype, and one set of entries. */
const TYPED = /^(Int8|Uint8|Uint8Clamped|Int16|Uint16|Int32|Uint32|Float32|Float64|BigInt64|BigUint64)Array$/;

export function isTypedArray(name: string): boolean {
	return TYPED.test(name);
}

const ERRORS = /^(Aggregate|Eval|Range|Reference|Syntax|Type|URI)?Error$/;

export function isErrorClass(name: string): boolean {
	return ERRORS.test(name);
}

/** The paths that entries and constants are members of: "Math", "Array.prototype". */
const owners = new Set([...entries.keys(), ...NUMBERS].map((path) => path.slice(0, path.lastIndexOf("."))));

/**
 * Members of a global, and of what the table has members of, are told apart by their paths. Others are not: a loop along a list would
 * make a path for each turn, `x.next.next.next`, and there would be no end.
 */
export function hasNamedMembers(name: string): boolean {
	return !name.includes(".") || owners.has(name);
}

/** `call`, `apply` or `bind` itself: each such member of the one before would be one more. */
export function isFunctionMember(name: string): boolean {
	return name.startsWith("Function.prototype.");
}

/** What is known of a builtin, by its path: "Math.floor", "Array.prototype.push". */
export function builtinEntry(name: string): TableEntry | undefined {
	return entries.get(name);
}

const natives = new Map<string, TableEntry>();

function native(name: string, result: ResultKind, why: string, more: Partial<TableEntry> = {}): void {
	natives.set(name, { allocates: false, ...more, result, why });
}

const word = "native/xs/glue.c: a number in, a word in static memory, a number out";
for (const name of "wake alarm alarmClear level shift started setLed write".split(" ")) native(name, "nothing", word);
for (const name of "now id polling retire stat usage cycles read".split(" ")) native(name, "number", word);
const wheel = "native/xs/timer-glue.c: moves a timer within the wheel's static memory";
for (const name of "timerStart timerStartAt timerClear timerDelete".split(" ")) native(name, "nothing", wheel);
native("timerPoll", "number", wheel);
for (const name of ["timerLook", "timerLookAt"]) native(name, "boolean", wheel);
native(
	"timerNew",
	"number",
	"native/xs/timer-glue.c: a timer that was given back, else one from static memory; only `new Sleep` takes one for good, and that is refused",
);
const driven = "native/xs/tick-glue.c: moves a timer within its wheel's static memory";
for (const name of "tick tickStart tickStartAt tickClear tickTimerDelete".split(" ")) native(name, "nothing", driven);
for (const name of ["tickPoll", "tickCount"]) native(name, "number", driven);
native(
	"tickTimerNew",
	"number",
	"native/xs/tick-glue.c: a timer that was given back, else one from static memory; only `new TickSleep` takes one for good, and that is refused",
);
native("tickWheelNew", "number", "it takes memory for a wheel, for good", {
	allocates: true,
	instead: "make the Timer at start-up: at module level",
});
const lists = "native/xs/interrupt-glue.c: moves a wait between the waker lists in static memory";
for (const name of "Start StartConsole StartEdge Clear Delete Priority".split(" "))
	native("interrupt" + name, "nothing", lists);
for (const name of "Poll PollOwn Take Count Waiters".split(" ")) native("interrupt" + name, "number", lists);
native("pend", "nothing", "raises an interrupt, whose handler is C");
native("pinFind", "number", "looks for a name in a table in flash");
for (const name of ["pinOpen", "pinRead"]) native(name, "number", "native/xs/digital-glue.c: registers of a pin");
for (const name of ["pinClose", "pinWrite"]) native(name, "nothing", "native/xs/digital-glue.c: registers of a pin");
native(
	"interruptNew",
	"number",
	"native/xs/interrupt-glue.c: a wait that was given back, else one from static memory; only `new Interrupt` and its like take one for good, and that is refused",
);
const looks = "native/xs/channel-glue.c: changes properties that the wait and the channel have";
native("look of channelReceiver", "methods", looks, { methods: { start: [0], poll: [], take: [] } });
native("look of channelSender", "methods", looks, { methods: { start: [1, 0], poll: [], take: [] } });
native("channelLeave", "nothing", looks, { methods: { drop: [] } });
for (const name of ["channelReceiver", "channelSender"])
	native(name, "look", "it makes a function", { allocates: true, instead: "compiled tasks make it with the frame" });
const ring = "native/xs/ring-glue.c: copies an item in static memory";
for (const name of "ringStart ringLeave ringClear itemWrite".split(" ")) native(name, "nothing", ring);
for (const name of "ringPoll ringTake ringGet ringLength ringRefused itemRead".split(" ")) native(name, "number", ring);
for (const name of "ringPut ringPutItem ringGetItem".split(" ")) native(name, "boolean", ring);
for (const name of ["ringOpen", "ringWaitNew"])
	native(name, "number", "it takes static memory, for good", {
		allocates: true,
		instead: "open signals, channels and pipes at start-up, at module level",
	});
const flash = "native/xs/flash-glue.c: bytes between flash and an array that is there, or a digest in static memory";
for (const name of "flashBytes flashUnit flashSectorBegin flashSectorEnd flashRead flashProgram flashErase digestFlash".split(
	" ",
))
	native(name, "number", flash);
for (const name of "digestStart digestBytes digestTake".split(" ")) native(name, "nothing", flash);
native("signatureCheck", "boolean", flash);
for (const name of ["flashOpen", "digestNew"])
	native(name, "number", "it takes static memory, for good", {
		allocates: true,
		instead: "make the image store at start-up, at module level",
	});
native("round", "number", "native/xs/glue.c: calls the polls from C; its jump record stands on the C stack", {
	callbacks: true,
});
native("jobs", "boolean", "runs promise jobs where there are any; what makes them is refused at its own place");
native("print", "nothing", "native/xs/glue.c writes the string's bytes; a number would be made a string first", {
	text: true,
});
native("log", "nothing", "native/xs/glue.c writes the string's bytes; a number would be made a string first", {
	text: true,
});
for (const name of ["mark", "spawned", "dumpTrace"])
	native(name, "nothing", "native/xs/trace.c writes into its ring, and prints it", { text: name === "mark" });
native("reportFailure", "nothing", "makes text of what was thrown, as throwing does: only when a task has failed");
native("collect", "nothing", "collects, which only frees");
native("grow", "number", "it takes memory for task slots, for good", {
	allocates: true,
	instead: "declare tasks at start-up: pollTask at module level",
});

/** What is known of a native function of native/xs/stator.js, timer.js, interrupt.js, digital.js, ring.js and flash.js. */
export function nativeEntry(name: string): TableEntry | undefined {
	return natives.get(name);
}
