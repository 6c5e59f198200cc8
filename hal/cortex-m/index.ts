/**
 * The Cortex-M boards as a platform (hal/hal.ts): all of it is native, see native/xs/glue.c and native/cortex-m.
 */

export { channelLeave, channelReceiver, channelSender } from "../../native/xs/channel.js";
export { deadlineOf, deadlineSet } from "../../native/xs/deadline.js";
export {
	digestBytes,
	digestFlash,
	digestNew,
	digestStart,
	digestTake,
	flashBytes,
	flashErase,
	flashOpen,
	flashProgram,
	flashRead,
	flashSectorBegin,
	flashSectorEnd,
	flashUnit,
	signatureCheck,
} from "../../native/xs/flash.js";
export {
	interruptClear,
	interruptCount,
	interruptDelete,
	interruptNew,
	interruptPoll,
	interruptPollOwn,
	interruptPriority,
	interruptStart,
	interruptStartConsole,
	interruptStartEdge,
	interruptTake,
	interruptWaiters,
	pend,
	pinFind,
} from "../../native/xs/interrupt.js";
export {
	levelEnded,
	levelPriority,
	levelStart,
	levelsLeft,
	levelVector,
	mask,
	masked,
	schedule,
	serve,
} from "../../native/xs/level.js";
export { copyText, isReady, isText, memory, restart, writeBytes } from "../../native/xs/manage.js";
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
	read,
	reportFailure,
	retire,
	round,
	setLed,
	shift,
	started,
	stat,
	usage,
	wake,
	write,
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
export { dumpTrace, mark, spawned } from "../../native/xs/trace.js";
export * from "../hal.ts";
export * from "../shared/io-none.ts";

/** 4,096 tasks, generations count to 524,288: as STATOR_SLOT_BITS in native/cortex-m/platform.cmake. */
export const SLOT_BITS = 12;
