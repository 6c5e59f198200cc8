// A native function without its C.
export function nowhere() @ "xs_test_nowhere";
