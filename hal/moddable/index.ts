/**
 * Boards that Moddable's SDK knows, as a platform (hal/hal.ts): the executor is a guest in the SDK's event loop, see native/moddable/host.h. The
 * native functions are those of native/xs, over a port that touches no chip.
 */

export { host, hostEnded } from "../../native/moddable/host.js";
export { channelLeave, channelReceiver, channelSender } from "../../native/xs/channel.js";
export { deadlineOf, deadlineSet } from "../../native/xs/deadline.js";
export {
	interruptClear,
	interruptCount,
	interruptDelete,
	interruptNew,
	interruptPoll,
	interruptPollOwn,
	interruptPriority,
	interruptStart,
	interruptStartEdge,
	interruptTake,
	interruptWaiters,
	pend,
} from "../../native/xs/interrupt.js";
export {
	messageAlloc,
	messageFree,
	messageRead,
	messageWrite,
	poolOpen,
	queueAwait,
	queueLeave,
	queueOpen,
	queuePut,
	queueTake,
	queueWaitNew,
} from "../../native/xs/queue.js";
export {
	itemRead,
	itemWrite,
	ringClear,
	ringGet,
	ringGetItem,
	ringLeave,
	ringLength,
	ringOpen,
	ringPoll,
	ringPut,
	ringPutItem,
	ringRefused,
	ringStart,
	ringTake,
	ringWaitNew,
} from "../../native/xs/ring.js";
export {
	alarm,
	alarmClear,
	collect,
	cycles,
	grow,
	id,
	jobs,
	level,
	log,
	now,
	polling,
	print,
	reportFailure,
	retire,
	round,
	shift,
	started,
	stat,
	usage,
	wake,
} from "../../native/xs/stator.js";
export {
	tick,
	tickClear,
	tickCount,
	tickPoll,
	tickStart,
	tickStartAt,
	tickTimerDelete,
	tickTimerNew,
	tickWheelNew,
} from "../../native/xs/tick.js";
export {
	timerClear,
	timerDelete,
	timerNew,
	timerPoll,
	timerStart,
	timerStartAt,
} from "../../native/xs/timer.js";
export * from "../hal.ts";
export * from "../shared/io-none.ts";
export * from "../shared/levels-none.ts";
export { dumpTrace, mark, spawned } from "../shared/trace-off.ts";
export { setLed } from "./led.ts";
export { pinFind } from "./pins.ts";
export { interruptStartConsole, read, write } from "./serial.ts";

/** The SDK's loop calls the executor. */
export const HOSTED: boolean = true;
/** 4,096 tasks, generations count to 524,288: as native/moddable/stator-slots.h. */
export const SLOT_BITS = 12;
