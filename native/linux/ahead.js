// The native function of native/linux/ahead.c.
// stator: no-allocation notes a pool in C memory
export function fetchAhead(base, frames) @ "xs_stator_fetch_ahead";
