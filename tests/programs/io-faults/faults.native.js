// stator: no-allocation writes words
export function inject(fault, times) @ "xs_inject";
// stator: no-allocation reads a word
export function faultsLeft() @ "xs_left";
// stator: no-allocation reads a word
export function orderOf(index) @ "xs_order";
// stator: no-allocation reads a word
export function overflowed() @ "xs_overflowed";
