// The native functions of native/linux/io-glue.c; a module of its own, so that only programs with files or sockets have it.
// stator: no-allocation one that was given back, else one from C memory; only `new` of a wait takes one for good, and that is refused
export function ioNew(stored) @ "xs_stator_io_new";
// stator: no-allocation gives a place back in C memory
export function ioDelete(operation) @ "xs_stator_io_delete";
// stator: no-allocation links an operation in C memory
export function ioPoll(operation, waker) @ "xs_stator_io_poll";
// stator: no-allocation returns a whole number
export function ioTake(operation) @ "xs_stator_io_take";
// stator: no-allocation links an operation in C memory
export function ioLook(operation, waker) @ "xs_stator_io_look";
// stator: no-allocation links an operation and a timer in C memory
export function ioLookUntil(operation, waker, timer) @ "xs_stator_io_look_until";
// stator: no-allocation unlinks an operation in C memory
export function ioDrop(operation) @ "xs_stator_io_drop";
// stator: no-allocation links an operation in C memory
export function ioCancel(operation) @ "xs_stator_io_cancel";
// stator: no-allocation returns a whole number
export function ioState(operation) @ "xs_stator_io_state";
// stator: no-allocation returns a whole number
export function ioResult(operation) @ "xs_stator_io_result";
// stator: no-allocation links an operation in C memory
export function ioInitiate(operation) @ "xs_stator_io_initiate";
// stator: no-allocation returns a whole number
export function ioCompleted(task) @ "xs_stator_io_completed";
// stator: no-allocation unlinks operations in C memory
export function ioEnd(task) @ "xs_stator_io_end";
// stator: no-allocation writes a word
export function ioHold(task, outcome) @ "xs_stator_io_hold";
// stator: no-allocation returns a whole number
export function ioHeld(task) @ "xs_stator_io_held";
// stator: no-allocation writes a word
export function ioPriority(task, level) @ "xs_stator_io_priority";
// stator: no-allocation returns a whole number
export function ioFeatures() @ "xs_stator_io_features";
export function ioMemory(bytes) @ "xs_stator_io_memory";
export function ioProvide() @ "xs_stator_io_provide";
export function ioProvidedMemory(index) @ "xs_stator_io_provided_memory";
// stator: no-allocation returns a whole number
export function ioProvidedOf(operation) @ "xs_stator_io_provided_of";
// stator: no-allocation gives a buffer back to the kernel
export function ioProvidedRelease(index) @ "xs_stator_io_provided_release";
// stator: no-allocation returns a whole number
export function ioProvidedFree() @ "xs_stator_io_provided_free";
// stator: no-allocation returns a whole number
export function ioRegistered(bytes) @ "xs_stator_io_registered";
// stator: no-allocation copies bytes
export function ioText(to, offset, text) @ "xs_stator_io_text";
export function ioArgument(index) @ "xs_stator_io_argument";
// stator: no-allocation fills an entry in C memory
export function ioPollFile(operation, file, events) @ "xs_stator_io_poll_file";
// stator: no-allocation fills an entry in C memory
export function ioTimeout(operation, ms) @ "xs_stator_io_timeout";
