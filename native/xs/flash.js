// The native functions of native/xs/flash-glue.c: flash that images lie in, what verifies them. hal/flash.ts says what they mean.
export function flashOpen(file, bytes) @ "xs_stator_flash_open";
export function flashBytes() @ "xs_stator_flash_bytes";
export function flashUnit() @ "xs_stator_flash_unit";
export function flashSectorBegin(area, at) @ "xs_stator_flash_sector_begin";
export function flashSectorEnd(area, at) @ "xs_stator_flash_sector_end";
export function flashRead(area, at, into, start, end) @ "xs_stator_flash_read";
export function flashProgram(area, at, from, start, end) @ "xs_stator_flash_program";
export function flashErase(area, at) @ "xs_stator_flash_erase";
export function digestNew() @ "xs_stator_digest_new";
export function digestStart(digest) @ "xs_stator_digest_start";
export function digestBytes(digest, bytes, start, end) @ "xs_stator_digest_bytes";
export function digestFlash(digest, area, start, end) @ "xs_stator_digest_flash";
export function digestTake(digest, into) @ "xs_stator_digest_take";
export function signatureCheck(signature, key, message) @ "xs_stator_signature_check";
