/**
 * What a board says of a mistake in native code, and how it ends: what, where, how much. Without an engine, so on every board and
 * in a second each (firmware/faults.c); with TypeScript's lines in reports.test.ts.
 */
import { describe, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { runFirmware } from "./support/firmware.ts";

const boards = {
	"mps2-an385": "mps2-an385",
	"mps2-an386": "mps2-an386",
	netduinoplus2: "netduinoplus2",
	microbit: "microbit",
	"mps2-m0": path("tests/boards/mps2-m0"),
};
type Board = keyof typeof boards;
const v7: Board[] = ["mps2-an385", "mps2-an386", "netduinoplus2"];
const v6: Board[] = ["microbit", "mps2-m0"];

const fault = (board: Board, mistake: string) =>
	runFirmware({ name: "faults", board: boards[board], defines: { MISTAKE: mistake, HALT: 1 } });

/** The exception, what is said of it, and whether its registers are there. */
async function reports(board: Board, mistake: string, exception: RegExp, said: RegExp, stacked = true): Promise<void> {
	const { output, status } = await fault(board, mistake);
	expect(output).toMatch(/^started\nstator: /);
	expect(output).toMatch(exception);
	expect(output).toMatch(said);
	if (stacked) {
		expect(output).toMatch(/ at pc [0-9a-f]{8}, called from lr [0-9a-f]{8}$/m);
		expect(output).toMatch(/^ {2}r0 [0-9a-f]{8} {2}r1 [0-9a-f]{8} /m);
		expect(output).toMatch(/^ {2}C stack: \d+ of 2048 bytes in use$/m);
	} else expect(output).toContain("its registers could not be stacked");
	expect(output).toContain("  (where)\nstator: exit 90\n");
	expect(output).not.toContain("went on");
	expect(status).toBe(90);
}

describe.each(v7)("memory protection on %s", (board) => {
	test("a write through a null pointer", () =>
		reports(board, "write_null", /MemManage/, /an access to 0000000c: a null pointer/));
	test("a write to flash", () =>
		reports(board, "write_flash", /MemManage/, /an access to 0[0-9a-f]{7}: a write to flash, which is read-only/));
	test("a jump into RAM", () => reports(board, "run_ram", /MemManage.* at pc 20/, /RAM is for data/));
	test("where nothing is", () => reports(board, "no_memory", /BusFault/, /an access to cccccccc: nothing is there/));
	test("with interrupts masked", () => reports(board, "masked", /HardFault/, /an access to cccccccc/));
	test("no instruction", () => reports(board, "no_instruction", /UsageFault/, /an instruction that there is not/));
	test("an interrupt without a handler", () =>
		reports(board, "vector", /unhandled interrupt \(exception 30\)/, /cfsr 00000000/));
	for (const mistake of ["overflow", "far_overflow"])
		test("a C stack that overflows: " + mistake, () =>
			reports(
				board,
				mistake,
				/MemManage/,
				/below the C stack, which has overflowed\n(.*\n)* {2}C stack: 2\d{3} of 2048 bytes in use: it has overflowed; .*cStackBytes/,
				false,
			),
		);
});

test("a read through a null pointer, where the vector table does not lie at 0", () =>
	reports("netduinoplus2", "read_null", /MemManage/, /an access to 0000000c: a null pointer/));

describe("an Armv6-M core, which tells no causes: microbit", () => {
	for (const mistake of ["no_memory", "no_instruction", "masked"])
		test(mistake, () => reports("microbit", mistake, /HardFault/, /this core does not tell why/));
	test("an interrupt without a handler", () =>
		reports("microbit", "vector", /unhandled interrupt \(exception 30\)/, /exc_return/));
	for (const mistake of ["overflow", "far_overflow"])
		test("a C stack that overflows: " + mistake, () =>
			reports("microbit", mistake, /HardFault/, /C stack: 2\d{3} of 2048 bytes in use: it has overflowed/, false),
		);
});

describe.each([...v7, ...v6])("the end on %s", (board) => {
	test("halts", async () => {
		const { output, status } = await fault(board, "ends");
		expect(output).toBe("started\nwent on\nstator: exit 7\n");
		expect(status).toBe(7);
	});

	test("resets, when that is configured: the program starts again", async () => {
		const { output } = await runFirmware(
			{ name: "faults", board: boards[board], defines: { MISTAKE: "ends", HALT: 0 } },
			{ until: /started\n(.*\n)*started\n(.*\n)*started/ },
		);
		expect(output).toMatch(/^(started\nwent on\nstator: exit 7, the board resets\n){2}started/);
	});

	test("resets after a fault", async () => {
		const { output } = await runFirmware(
			{ name: "faults", board: boards[board], defines: { MISTAKE: "no_memory", HALT: 0 } },
			{ until: /started\n(.*\n)*started/ },
		);
		expect(output).toMatch(/started\n(.*\n)*.*bytes in use\n(.*\n)*stator: exit 90, the board resets\nstarted/);
	});
});
