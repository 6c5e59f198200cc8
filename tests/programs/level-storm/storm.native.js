export function begin(messages) @ "xs_test_begin";
export function end() @ "xs_test_end";
export function refusedCount() @ "xs_test_refused";
