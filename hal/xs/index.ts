/**
 * What every platform with an XS machine has of native/xs (hal/hal.ts), as named exports: rollup does not read the bindings, so it could
 * not tell from which of them a name of `export *` is.
 */

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
	timerLook,
	timerLookAt,
	timerNew,
	timerPoll,
	timerStart,
	timerStartAt,
} from "../../native/xs/timer.js";
