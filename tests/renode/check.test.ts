/**
 * The platforms and scripts in renode/, Renode or not: what they name exists, and their numbers are those of the chips' files,
 * the linker scripts and the suites. Then the checks themselves, on texts with a planted mistake. X4.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { findTarget } from "../../tools/targets.ts";
import { formatProblem, numbersOf, type Platform, readPlatform, resolvePath } from "./support/platform.ts";
import { suiteFile, suiteNames, variablesOf } from "./support/robot.ts";
import { readScript } from "./support/script.ts";

function read(file: string): string | undefined {
	return existsSync(path(file)) ? readFileSync(path(file), "utf8") : undefined;
}

const boards = readdirSync(path("renode"))
	.filter((file) => file.endsWith(".resc"))
	.map((file) => file.slice(0, -5))
	.sort();

function platformOf(board: string): Platform {
	return readPlatform("renode/" + board + ".repl", read);
}

/** A number of the board's chip: `NAME = 12,` of an enumeration, or `NAME = 12;`. */
function chipNumber(board: string, name: string): number {
	const chip = /set\(STATOR_CHIP (\w+)\)/.exec(read("native/cortex-m/boards/" + board + "/board.cmake") ?? "")?.[1];
	const found = new RegExp("\\b" + name + " = (0x[0-9A-Fa-f]+|\\d+)").exec(
		read("native/cortex-m/chips/" + chip + "/chip.c") ?? "",
	);
	expect(found, name + " in chip.c of " + chip).not.toBeNull();
	return Number(found?.[1]);
}

function parameter(platform: Platform, peripheral: string, name: string): number {
	return Number(platform.peripherals.get(peripheral)?.parameters.get(name));
}

/** Where the interrupt line of a peripheral ends in the NVIC. */
function vectorOf(platform: Platform, peripheral: string, source: string): number | undefined {
	return platform.peripherals
		.get(peripheral)
		?.lines.find((line) => line.source === source && line.destination === "nvic")?.number;
}

test("each board has a platform, a script and a suite", () => {
	expect(boards).toEqual(suiteNames());
	for (const board of boards) expect(existsSync(path("renode", board + ".repl")), board).toBe(true);
});

describe.each(boards)("%s", (board) => {
	const suite = variablesOf(readFileSync(suiteFile(board), "utf8"));

	test("the script and its platform name nothing that is not there", () => {
		const { problems, image } = readScript("renode/" + board + ".resc", read);
		expect(problems.map(formatProblem)).toEqual([]);
		expect(image).toBe("build/" + board + "/apps/blinky/blinky.elf");
	});

	test("the suite names the board and parts of its platform", () => {
		const platform = platformOf(board);
		expect(suite.get("BOARD")).toBe(board);
		for (const name of ["LED", "BUTTON"]) expect(resolvePath(platform, suite.get(name) ?? "")).toHaveProperty("type");
		expect(resolvePath(platform, "sysbus." + suite.get("UART"))).toHaveProperty("type");
		expect(["Press", "PressAndRelease"]).toContain(suite.get("PRESS"));
	});

	test("clocks are those of the chip's file; the processor runs one instruction a clock", () => {
		const platform = platformOf(board);
		const hz = chipNumber(board, "chip_systick_hz");
		expect(parameter(platform, "nvic", "systickFrequency")).toBe(hz);
		expect(parameter(platform, "cpu", "PerformanceInMips")).toBe(hz / 1_000_000);
		expect(Number(suite.get("MIPS"))).toBe(hz / 1_000_000);
	});

	test("memory is what the linker has: flash and RAM, of the same size at the same place", () => {
		const memories = [...platformOf(board).peripherals.values()]
			.filter(({ type }) => type === "Memory.MappedMemory")
			.map(({ address, bytes }) => [address, bytes]);
		const script = read("native/cortex-m/boards/" + board + "/memory.ld") ?? "";
		const { flashBytes, ramBytes } = findTarget(board);
		const origins = [...script.matchAll(/ORIGIN = (0x[0-9A-Fa-f]+)/g)].map(([, origin]) => Number(origin));
		expect(memories).toEqual([
			[origins[0], flashBytes],
			[origins[1], ramBytes],
		]);
	});
});

test("vectors of mps2-an385 are those of its chip's file", () => {
	const platform = platformOf("mps2-an385");
	expect(vectorOf(platform, "uart0", "RxInterrupt")).toBe(chipNumber("mps2-an385", "VECTOR_UART0_RX"));
	expect(vectorOf(platform, "uart0", "TxInterrupt")).toBe(chipNumber("mps2-an385", "VECTOR_UART0_TX"));
	expect(vectorOf(platform, "button", "IRQ")).toBe(chipNumber("mps2-an385", "VECTOR_BUTTON"));
});

test("vectors, pins and the counter of netduinoplus2 are those of its chip's files", () => {
	const board = "netduinoplus2";
	const platform = platformOf(board);
	// pins.c numbers pins through all ports, sixteen to a port.
	const [, port, pin] = /\bBUTTON = (\d+) \+ (\d+)/.exec(read("native/cortex-m/chips/stm32f4/pins.c") ?? "") ?? [];
	const button = "gpioPort" + String.fromCharCode(65 + Number(port) / 16);
	expect(vectorOf(platform, "usart1", "IRQ")).toBe(chipNumber(board, "VECTOR_USART1"));
	expect(vectorOf(platform, "exti", "0")).toBe(chipNumber(board, "VECTOR_EXTI0"));
	expect(vectorOf(platform, "exti", "4")).toBe(chipNumber(board, "VECTOR_EXTI4"));
	expect(vectorOf(platform, "exti9to5", "OutputLine")).toBe(chipNumber(board, "VECTOR_EXTI9_5"));
	expect(vectorOf(platform, "exti15to10", "OutputLine")).toBe(chipNumber(board, "VECTOR_EXTI15_10"));
	expect(parameter(platform, "timer2", "frequency")).toBe(chipNumber(board, "chip_cycles_hz"));
	expect(vectorOf(platform, "timer5", "IRQ")).toBe(chipNumber(board, "VECTOR_TIM5"));
	expect(platform.peripherals.get("gpioPortA")?.lines).toMatchObject([
		{ source: String(chipNumber(board, "LED_PIN")), destination: "led" },
	]);
	expect(platform.peripherals.get("button")?.lines).toMatchObject([{ destination: button, number: Number(pin) }]);
});

test("vectors and pins of nrf52840dk are those of its chip's file", () => {
	const board = "nrf52840dk";
	const platform = platformOf(board);
	expect(vectorOf(platform, "uart0", "IRQ")).toBe(chipNumber(board, "VECTOR_UARTE"));
	expect(vectorOf(platform, "gpiote", "IRQ")).toBe(chipNumber(board, "VECTOR_GPIOTE"));
	expect(platform.peripherals.get("gpio0")?.lines).toMatchObject([
		{ source: String(chipNumber(board, "PIN_LED")), destination: "led" },
	]);
	expect(platform.peripherals.get("button")?.lines).toMatchObject([
		{ destination: "gpio0", number: chipNumber(board, "PIN_BUTTON") },
	]);
});

/** The smallest platform that is right; `change` plants a mistake in it. */
const right = `// A platform.
using "base.repl"

uart0: UART.CMSDK_APB_UART @ sysbus 0x40004000 // its console
    frequency: 25000000
    RxInterrupt -> nvic@0
    TxInterrupt -> nvic@1

port: GPIOPort.STM32_GPIOPort @ sysbus <0x40020000, +0x400>
    [0-2, 5] -> exti@[0-2, 5]

exti: IRQControllers.STM32F4_EXTI @ sysbus 0x40013C00
    [0-2, 5] -> nvic@[6-8, 23]

button: Miscellaneous.Button @ port 3
    invert: true
    -> port@3

cpu:
    PerformanceInMips: 25

sysbus:
    init:
        Tag <0x50000000, 0x50000FFF> "nothing"
`;
const base = `nvic: IRQControllers.NVIC @ sysbus 0xE000E000
    IRQ -> cpu@0

cpu: CPU.CortexM @ sysbus
    cpuType: "cortex-m3"
    nvic: nvic
`;

function problemsOf(text: string, others: Record<string, string> = { "p/base.repl": base }): string[] {
	const files: Record<string, string> = { "p/board.repl": text, ...others };
	return readPlatform("p/board.repl", (file) => files[file]).problems.map(formatProblem);
}

describe("platforms with a planted mistake", () => {
	test("the platform without one has no problems", () => {
		expect(problemsOf(right)).toEqual([]);
		expect(numbersOf("[0-2, 5]")).toEqual([0, 1, 2, 5]);
	});

	test.each([
		["a tab", "    frequency: 25", "\tfrequency: 25", "p/board.repl:5: a tab"],
		["True", "invert: true", "invert: True", "lower case"],
		["a pair in braces", "port 3\n", "{ port: 3 }\n", "braces"],
		["a separator at the end", "frequency: 25000000", "frequency: 25000000,", "a separator at the end of a line"],
		["a separator at the end of a list", "exti@[0-2, 5]", "exti@[0-2, 5,]", "a separator at the end of a list"],
		["using with a prefix", 'using "base.repl"', 'using "base.repl" prefixed "b_"', "prefixed"],
		["an indent of three", "    invert: true", "   invert: true", "an indent of 3 spaces"],
		["a file that is not there", "base.repl", "bass.repl", '"bass.repl" is neither a file here'],
		["a file of Renode that is not on the list", "base.repl", "platforms/cpus/x.repl", "on the list of Renode's own"],
		["a file that uses itself", "base.repl", "board.repl", "uses itself"],
		["a model that nobody looked up", "UART.CMSDK_APB_UART", "UART.CMSDK_UART", "not in models.ts"],
		["a name twice", "button: Misc", "exti: Misc", "exti is declared already, in line 12"],
		["a parameter that the model does not take", "frequency: 25", "clock: 25", "UART.CMSDK_APB_UART takes no clock"],
		["a parameter of another kind", "invert: true", "invert: 1", "invert is a boolean"],
		["a register that is not declared", "@ port 3", "@ gpio 3", "registered at gpio, which is not declared"],
		[
			"a controller that is not declared",
			"-> nvic@[6-8, 23]",
			"-> gic@[6-8, 23]",
			"goes to gic, which is not declared",
		],
		["an interrupt to what receives none", "RxInterrupt -> nvic@0", "RxInterrupt -> uart0@0", "receives none"],
		["an input beyond the last", "-> port@3", "-> port@16", "port has 16 inputs, there is no 16"],
		[
			"an interrupt that the model does not have",
			"RxInterrupt",
			"ReceiveInterrupt",
			"has no interrupt ReceiveInterrupt",
		],
		["no name where there is no default", "RxInterrupt -> nvic@0", "-> nvic@0", "has no default interrupt"],
		["lists of different lengths", "nvic@[6-8, 23]", "nvic@[6-8]", "4 lines to 3 numbers"],
		["addresses that overlap", "<0x40020000, +0x400>", "<0x40004800, +0x400>", "port at 0x40004800 overlaps uart0"],
		[
			"a tag over a peripheral",
			"0x50000000, 0x50000FFF",
			"0x40004F00, 0x40005FFF",
			"the tag at 0x40004F00 overlaps uart0",
		],
		["no size", "<0x40020000, +0x400>", "0x40020000", "port has no size"],
		["no address", "sysbus 0x40013C00", "sysbus", "exti has no address"],
		["more for something undeclared", "cpu:\n", "core:\n", "core is extended before it is declared"],
		["another command in init", 'Tag <0x50000000, 0x50000FFF> "nothing"', "ApplySVD @x", "the only command"],
		[
			"something else",
			"button: Miscellaneous.Button @ port 3",
			"button is Miscellaneous.Button",
			"no declaration that we know",
		],
	])("%s", (_, find, replacement, problem) => {
		expect(right).toContain(find);
		expect(problemsOf(right.replace(find, replacement)).join("\n")).toContain(problem);
	});

	test("a parameter that is missing, and a reference that leads nowhere", () => {
		expect(problemsOf(right, { "p/base.repl": base.replace('    cpuType: "cortex-m3"\n', "") })).toEqual([
			"p/base.repl:4: CPU.CortexM needs cpuType",
		]);
		expect(problemsOf(right, { "p/base.repl": base.replace("nvic: nvic", "nvic: vic") })).toEqual([
			"p/base.repl:4: nvic refers to vic, which is not declared",
		]);
	});
});

const rightScript = `:name: A board
# The button: sysbus.port.button Press
$name?="board"
$elf?=$ORIGIN/../build/board/apps/blinky/blinky.elf

mach create $name
machine LoadPlatformDescription $ORIGIN/board.repl
showAnalyzer sysbus.uart0

macro reset
"""
    sysbus LoadELF $elf
"""
runMacro $reset
`;

function scriptProblems(text: string): string[] {
	const files: Record<string, string> = { "p/board.resc": text, "p/board.repl": right, "p/base.repl": base };
	return readScript("p/board.resc", (file) => files[file]).problems.map(formatProblem);
}

describe("scripts with a planted mistake", () => {
	test("the script without one has no problems", () => expect(scriptProblems(rightScript)).toEqual([]));

	test.each([
		["a platform that is not there", "ORIGIN/board.repl", "ORIGIN/bored.repl", "p/bored.repl:0: there is no such file"],
		["a variable that nobody set", "LoadELF $elf", "LoadELF $bin", "$bin is used before it is set"],
		["a variable that takes the user's away", "$name?=", "$name=", "?= leaves to the user"],
		["an analyzer of nothing", "sysbus.uart0", "sysbus.uart7", "p/board.resc:8: sysbus.uart7: there is no uart7"],
		["a path in a comment", "sysbus.port.button", "sysbus.button", "button is registered at port, not at sysbus"],
		["no machine", "mach create $name\n", "", "before there is a machine"],
		["an open macro", '    sysbus LoadELF $elf\n"""\n', "    sysbus LoadELF $elf\n", "a macro without an end"],
		["a command that we do not know", "runMacro $reset", "start now", "no command that we know: start now"],
		["a path from where Renode was started", "$ORIGIN/../build", "@build", "a path from $ORIGIN"],
		["no image", "$elf?=$ORIGIN/../build/board/apps/blinky/blinky.elf\n", "", "no default for $elf"],
	])("%s", (_, find, replacement, problem) => {
		expect(rightScript).toContain(find);
		expect(scriptProblems(rightScript.replace(find, () => replacement)).join("\n")).toContain(problem);
	});
});
