/** Runs images for the RP2040 in the emulator rp2040js, in virtual time: what runs beside it on this machine does not matter. */
import { readFileSync } from "node:fs";
import { ConsoleLogger, GPIOPinState, LogLevel, type RP2040, Simulator } from "rp2040js";

const FLASH = 0x10000000;
const BLOCK = 512;
/** Of the processor, at the 125 MHz that the Pico SDK sets. */
const CYCLE_NANOS = 8;

/** Copies the blocks of a UF2 file to where they say; those for other memory are none of an application's. */
function load(mcu: RP2040, file: string): void {
	const image = readFileSync(file);
	for (let at = 0; at + BLOCK <= image.length; at += BLOCK) {
		const address = image.readUInt32LE(at + 12);
		const size = image.readUInt32LE(at + 16);
		if (address >= FLASH) mcu.flash.set(image.subarray(at + 32, at + 32 + size), address - FLASH);
	}
}

export interface Change {
	milliseconds: number;
	high: boolean;
}

export interface Emulated {
	/** Since the processor's start. */
	milliseconds(): number;
	/** What is outside of the pin drives it. */
	drive(pin: number, high: boolean): void;
	/** Each change of level of a pin that is an output, from now on. */
	changes(pin: number): Change[];
	/** Goes on until `done`, for so long at most; false: it was not done by then. */
	runUntil(done: () => boolean, milliseconds: number): boolean;
}

/** `bootrom`: the file with the chip's boot ROM, which programs call and the emulator does not bring. */
export function emulate(image: string, bootrom: string): Emulated {
	const simulator = new Simulator();
	const { clock, rp2040: mcu } = simulator;
	mcu.logger = new ConsoleLogger(LogLevel.Error, true);
	const rom = readFileSync(bootrom);
	mcu.loadBootrom(new Uint32Array(rom.buffer.slice(rom.byteOffset, rom.byteOffset + rom.length)));
	load(mcu, image);
	mcu.core.PC = FLASH;
	const milliseconds = (): number => clock.nanos / 1e6;
	return {
		milliseconds,
		drive: (pin, high) => mcu.gpio[pin].setInputValue(high),
		changes: (pin) => {
			const seen: Change[] = [];
			mcu.gpio[pin].addListener((now, before) => {
				const driven = [GPIOPinState.Low, GPIOPinState.High];
				if (driven.includes(now) && driven.includes(before))
					seen.push({ milliseconds: milliseconds(), high: now === GPIOPinState.High });
			});
			return seen;
		},
		runUntil: (done, atMost) => {
			const end = milliseconds() + atMost;
			while (!done()) {
				if (milliseconds() > end) return false;
				clock.tick(mcu.core.waiting ? clock.nanosToNextAlarm : mcu.core.executeInstruction() * CYCLE_NANOS);
			}
			return true;
		},
	};
}
