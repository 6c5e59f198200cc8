// The native function of fault.c.
export function poke() @ "xs_test_poke";
