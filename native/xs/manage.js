// The native functions of native/xs/manage-glue.c: what device management asks of the machine and of bytes.
// stator: no-allocation writes bytes of an array that is there
export function writeBytes(bytes, start, end) @ "xs_stator_write_bytes";
// stator: no-allocation copies a string's bytes into an array that is there
export function copyText(text, bytes, at, end) @ "xs_stator_copy_text";
// stator: no-allocation compares bytes
export function isText(text, bytes, start, end) @ "xs_stator_is_text";
// stator: no-allocation returns a whole number
export function memory(which) @ "xs_stator_memory";
// stator: no-allocation looks at a bit
export function isReady(slot) @ "xs_stator_is_ready";
// stator: no-allocation does not return
export function restart() @ "xs_stator_restart";
