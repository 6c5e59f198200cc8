// The native function of runaway.c.
export function dive() @ "xs_test_dive";
