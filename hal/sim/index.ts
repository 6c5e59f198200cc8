/**
 * The simulated platform: Node, virtual time. Time stands still while tasks run and jumps to the next alarm or scripted
 * event when the executor sleeps, so a test of a year takes a moment and two runs are the same.
 *
 * An interrupt is a function scheduled for a tick (`at`); it runs when virtual time reaches the tick, as a handler
 * would: it may wake tasks. When nothing can ever wake the executor, `round` throws a Deadlock that names the state.
 *
 * One simulated machine per module instance, as there is one XS machine per executor; tests load a fresh one each.
 *
 * `stator sim` runs programs on it with a seed, which decides what is open: simulation.ts. Without one it is as above.
 */
export * from "../hal.ts";
export * from "../shared/host-none.ts";
export * from "../shared/io-none.ts";
export * from "../shared/no-caches.ts";
export * from "../shared/trace-off.ts";
export { channelLeave, channelReceiver, channelSender } from "./channels.ts";
export * from "./devices.ts";
export {
	digestBytes,
	digestFlash,
	digestNew,
	digestStart,
	digestTake,
	type FlashShape,
	flash,
	flashBytes,
	flashErase,
	flashOpen,
	flashProgram,
	flashRead,
	flashSectorBegin,
	flashSectorEnd,
	flashUnit,
	PowerCut,
	signatureCheck,
} from "./flash.ts";
export {
	interrupt,
	interruptClear,
	interruptCount,
	interruptDelete,
	interruptNew,
	interruptPriority,
	interruptStart,
	interruptStartConsole,
	interruptStartEdge,
	interruptTake,
	interruptWaiters,
	pend,
	pinClose,
	pinEdge,
	pinFind,
	pinLevel,
	pinOpen,
	pinRead,
	pinWrite,
	withMask,
} from "./interrupts.ts";
export * from "./levels.ts";
export {
	after,
	alarm,
	alarmClear,
	collect,
	cycles,
	Deadlock,
	deadlineOf,
	deadlineSet,
	grow,
	id,
	isReady,
	jobs,
	level,
	log,
	maskWhilePolling,
	now,
	onJobs,
	onPend,
	onPrint,
	policy,
	polling,
	print,
	readySlots,
	reportFailure,
	retire,
	round,
	shift,
	spend,
	started,
	stat,
	stop,
	usage,
	virtualTime,
	wake,
} from "./machine.ts";
export {
	messageAlloc,
	messageCounts,
	messageFree,
	messageRead,
	messageWrite,
	poolOpen,
	queueLeave,
	queueOpen,
	queuePut,
	queueTake,
	queueWaitNew,
} from "./messages.ts";
export { SLOT_BITS } from "./ready.ts";
export {
	itemRead,
	itemWrite,
	ringClear,
	ringGet,
	ringGetItem,
	ringLeave,
	ringLength,
	ringOpen,
	ringPut,
	ringPutItem,
	ringRefused,
	ringStart,
	ringTake,
	ringWaitNew,
} from "./rings.ts";
export { type Conditions, invariant, type Range, type When } from "./scenario.ts";
export {
	choose,
	conditions,
	happens,
	interruptPoll,
	interruptPollOwn,
	isSeeded,
	listed,
	queueAwait,
	ringPoll,
	simulate,
	tickPoll,
	timersSet,
	waitsUntilStop,
} from "./seeded.ts";
export type { Failure, Finished, SimulationOptions } from "./simulation.ts";
export * from "./texts.ts";
export {
	dispatcherNew,
	dispatcherQuit,
	dispatcherWaitLeave,
	dispatcherWaitNew,
	dispatcherWaitPoll,
	taskShare,
	threadLeave,
	threadNumber,
	threadReady,
	threadStart,
	threadStat,
	threadsLeft,
	threadsOpen,
	threadsStop,
	workAlloc,
	workArgument,
	workArgumentOf,
	workAsk,
	workAttach,
	workBegan,
	workEnd,
	workFail,
	workFetch,
	workNew,
	workNext,
	workRefuse,
	workRunsAs,
	workStatus,
	workStore,
	workSubmit,
	workText,
	workValue,
	workWhat,
} from "./threads.ts";
export {
	tick,
	tickClear,
	tickCount,
	tickStart,
	tickStartAt,
	tickTimerDelete,
	tickTimerNew,
	tickWheelNew,
} from "./ticks.ts";
export {
	timerClear,
	timerDelete,
	timerLook,
	timerLookAt,
	timerNew,
	timerPoll,
	timerStart,
	timerStartAt,
} from "./timers.ts";
