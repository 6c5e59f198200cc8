// The native functions of storm.c.

// stator: no-allocation writes timer registers
export function storm(times, cycles) @ "xs_test_storm";

// stator: no-allocation writes timer registers
export function strike(cycles) @ "xs_test_strike";

// stator: no-allocation returns a whole number
export function stormMade() @ "xs_test_storm_made";

// stator: no-allocation writes a timer register
export function serve() @ "xs_test_storm_serve";

// stator: no-allocation writes timer registers
export function raiseAndHold(cycles) @ "xs_test_storm_hold";
