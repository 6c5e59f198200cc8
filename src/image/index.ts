/**
 * `stator/image`: firmware images in MCUboot's format, in two areas of flash, signed; and who may change them. What its calls come to are the
 * codes of `stator/smp` (src/smp/image-store.ts). The boot loader itself is not part of it: docs/reference/image.md.
 */
export { CHALLENGE_BYTES, ChallengeAccess, closed, TimedAccess } from "./access.ts";
export { FlashImages, type ImageOptions } from "./store.ts";
export type { Swap } from "./upload.ts";
