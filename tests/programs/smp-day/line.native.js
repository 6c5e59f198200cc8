// stator: no-allocation puts bytes into a ring
export function type(text) @ "xs_test_type";
