export function attach() @ "xs_test_mask_attach";
// stator: no-allocation returns a whole number
export function raise() @ "xs_test_mask_raise";
// stator: no-allocation returns a whole number
export function handledCount() @ "xs_test_mask_handled";
