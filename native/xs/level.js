// The native functions of native/xs/levels.c. Compiled by stator-xsc and xsc; no JavaScript parser reads this file.
export function levelVector() @ "xs_stator_level_vector";
export function levelPriority() @ "xs_stator_level_priority";
export function serve(polls, settle, attend, states, pools, handles) @ "xs_stator_level_serve";
// stator: no-allocation writes to the interrupt controller
export function schedule(vector) @ "xs_stator_schedule";
export function levelStart(vector, priority) @ "xs_stator_level_start";
// stator: no-allocation sets a bit
export function levelEnded() @ "xs_stator_level_ended";
// stator: no-allocation returns a whole number
export function levelsLeft() @ "xs_stator_levels_left";
// stator: no-allocation reads a register
export function masked() @ "xs_stator_masked";
// stator: no-allocation sets a register
export function mask(on) @ "xs_stator_mask";
