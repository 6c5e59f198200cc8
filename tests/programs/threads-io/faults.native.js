// stator: no-allocation writes words
export function inject(fault, times) @ "xs_inject";
// stator: no-allocation moves an operation between lists
export function completeHeld() @ "xs_complete_held";
// stator: no-allocation reads a word
export function inFlight() @ "xs_in_flight";
