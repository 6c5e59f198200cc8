/** Modules of the library that a program in the SDK's event loop cannot have, and what to do instead. */
const ABSENT: Readonly<Record<string, string>> = {
	"stator/image":
		"the flash and the boot loader are the SDK's there, and have no areas for images; update with the SDK's own means, or build for one of our own boards",
	"stator/io":
		"files and sockets are there on Linux only; use the SDK's modules, and a Signal or Channel that their callbacks set",
	"stator/levels":
		"the interrupt controller is the SDK's there; build for one of our own boards, or use the priorities of tasks",
	"stator/sim": "the simulated machine is Node's; import it in tests only",
	"stator/smp":
		"the console and what resets the device are the SDK's there; use the SDK's debugger, or build for one of our own boards",
	"stator/threads": "threads are there on Linux only; what blocks goes into a Worker of the SDK's",
};

/** Why `source`, or the module that it is a part of, cannot be imported there; undefined: it can. */
export function absent(source: string): string | undefined {
	const module = source.split("/").slice(0, 2).join("/");
	const why = Object.hasOwn(ABSENT, module) ? ABSENT[module] : undefined;
	return why && source + " is not there in what mcconfig builds: " + why;
}
