// The native functions of native/xs/digital-glue.c; a module of its own, so that only programs that open pins have it.
export function pinOpen(pin, mode) @ "xs_stator_pin_open";
export function pinClose(pin) @ "xs_stator_pin_close";
export function pinRead(pin) @ "xs_stator_pin_read";
export function pinWrite(pin, value) @ "xs_stator_pin_write";
