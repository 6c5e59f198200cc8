export function attach() @ "xs_test_attach";
// stator: no-allocation returns a whole number
export function refusedCount() @ "xs_test_refused";
