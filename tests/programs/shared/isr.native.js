// stator: no-allocation writes timer registers, and looks for names
export function storm(times, cycles) @ "xs_test_shared_storm";
// stator: no-allocation returns a whole number
export function counted(which) @ "xs_test_shared_counted";
