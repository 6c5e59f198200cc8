// stator: no-allocation writes a word
export function hold(kind) @ "xs_hold";
// stator: no-allocation reads a word
export function isHeld() @ "xs_is_held";
// stator: no-allocation wakes a task
export function completeHeld() @ "xs_complete_held";
// stator: no-allocation reads a word
export function operations() @ "xs_operations";
// stator: no-allocation reads a word
export function inFlight() @ "xs_in_flight";
