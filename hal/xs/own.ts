/** What our own platforms have of native/xs besides: where the SDK's loop is the host, it is not there or done another way. */

export { pinClose, pinOpen, pinRead, pinWrite } from "../../native/xs/digital.js";
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
export { interruptStartConsole, pinFind } from "../../native/xs/interrupt.js";
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
export { read, setLed, write } from "../../native/xs/stator.js";
export { dumpTrace, mark, spawned } from "../../native/xs/trace.js";
