export function beat(cycles) @ "xs_tick_beat";
export function beats() @ "xs_tick_beats";
