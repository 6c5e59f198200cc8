/**
 * Models of Renode 1.16.1 that the files in renode/ use: what each takes (name and kind of each parameter, with ! when it has to be
 * given), which interrupt lines it drives (the first is what `->` alone means; "*" stands for numbers), how many lines it receives, and
 * how many bytes of the bus it takes when the registration does not say. Facts from the models' constructors; a model that is not here
 * is an error of the check, until someone has looked it up.
 */
export type Kind = "number" | "text" | "boolean" | "enum" | "reference";

export interface Model {
	readonly parameters: Readonly<Record<string, Kind | `${Kind}!`>>;
	readonly drives: readonly string[];
	readonly receives: number;
	/** undefined: the parameter `size` says it; 0: it takes none. */
	readonly bytes?: number;
}

export const models: Readonly<Record<string, Model>> = {
	"CPU.CortexM": {
		parameters: { cpuType: "text!", nvic: "reference!", PerformanceInMips: "number" },
		drives: [],
		receives: 1,
		bytes: 0,
	},
	"IRQControllers.NVIC": {
		parameters: { systickFrequency: "number", priorityMask: "number" },
		drives: ["IRQ"],
		receives: 240,
		bytes: 0x1000,
	},
	"IRQControllers.STM32F4_EXTI": {
		parameters: { numberOfOutputLines: "number" },
		drives: ["*"],
		receives: 24,
		bytes: 0x400,
	},
	"Memory.MappedMemory": { parameters: { size: "number!" }, drives: [], receives: 0 },
	"Memory.ArrayMemory": { parameters: { size: "number!" }, drives: [], receives: 0 },
	"UART.CMSDK_APB_UART": {
		parameters: { frequency: "number" },
		// Two lines and none of them the default: each is named.
		drives: ["", "RxInterrupt", "TxInterrupt"],
		receives: 0,
		bytes: 0x1000,
	},
	"UART.STM32_UART": { parameters: { frequency: "number" }, drives: ["IRQ"], receives: 0 },
	"UART.NRF52840_UART": { parameters: { easyDMA: "boolean" }, drives: ["IRQ"], receives: 0, bytes: 0x1000 },
	"GPIOPort.LiteX_GPIO": { parameters: { type: "enum!" }, drives: ["IRQ", "*"], receives: 32, bytes: 4 },
	"GPIOPort.STM32_GPIOPort": { parameters: { numberOfAFs: "number" }, drives: ["*"], receives: 16 },
	"GPIOPort.NRF52840_GPIO": { parameters: {}, drives: ["*"], receives: 32, bytes: 0x300 },
	"GPIOPort.NRF52840_GPIOTasksEvents": {
		parameters: { port0: "reference", port1: "reference" },
		drives: ["IRQ"],
		receives: 0,
		bytes: 0x1000,
	},
	"Miscellaneous.LED": { parameters: { invert: "boolean" }, drives: [], receives: 1, bytes: 0 },
	"Miscellaneous.Button": { parameters: { invert: "boolean" }, drives: ["IRQ"], receives: 0, bytes: 0 },
	"Miscellaneous.CombinedInput": {
		parameters: { numberOfInputs: "number!" },
		drives: ["OutputLine"],
		receives: 32,
		bytes: 0,
	},
	"Miscellaneous.NRF_CLOCK": { parameters: {}, drives: ["IRQ"], receives: 0, bytes: 0x1000 },
	"Miscellaneous.STM32F4_RCC": { parameters: { rtcPeripheral: "reference!" }, drives: [], receives: 0, bytes: 0x400 },
	"Timers.STM32F4_RTC": { parameters: {}, drives: ["", "AlarmIRQ"], receives: 0, bytes: 0x400 },
	"Timers.STM32_Timer": {
		parameters: { frequency: "number!", initialLimit: "number!" },
		drives: ["IRQ"],
		receives: 0,
		bytes: 0x400,
	},
	"Timers.NRF52840_RTC": { parameters: { numberOfEvents: "number!" }, drives: ["IRQ"], receives: 0, bytes: 0x1000 },
	"Timers.NRF52840_Timer": { parameters: { numberOfEvents: "number!" }, drives: ["IRQ"], receives: 0, bytes: 0x1000 },
};

/** Files of Renode's own that a `using` may name. Empty: ours are complete in themselves, and load nothing from the network. */
export const platformsOfRenode: readonly string[] = [];
