/**
 * `stator/image`: firmware images in MCUboot's format, in two areas of flash, signed; and who may change them. The boot loader itself is not
 * part of it: docs/reference/image.md.
 */
export {
	type Access,
	HASH_BYTES,
	IMAGE_ALREADY_PENDING,
	IMAGE_CONFIRMATION_DENIED,
	IMAGE_CURRENT_VERSION_IS_NEWER,
	IMAGE_DATA_OVERRUN,
	IMAGE_FLASH_ERASE_FAILED,
	IMAGE_FLASH_OPEN_FAILED,
	IMAGE_FLASH_READ_FAILED,
	IMAGE_FLASH_WRITE_FAILED,
	IMAGE_HASH_NOT_FOUND,
	IMAGE_INVALID_HASH,
	IMAGE_INVALID_HEADER,
	IMAGE_INVALID_HEADER_MAGIC,
	IMAGE_INVALID_LENGTH,
	IMAGE_INVALID_OFFSET,
	IMAGE_INVALID_SLOT,
	IMAGE_INVALID_TLV,
	IMAGE_INVALID_TLV_SIZE,
	IMAGE_MULTIPLE_HASHES,
	IMAGE_NO_FREE_SLOT,
	IMAGE_NO_IMAGE,
	IMAGE_NO_TLVS,
	IMAGE_OK,
	IMAGE_TEST_TO_ACTIVE_DENIED,
	IMAGE_TOO_LARGE,
	IMAGE_UNKNOWN,
	type ImageStore,
	SlotState,
} from "../smp/image-store.ts";
export { CHALLENGE_BYTES, ChallengeAccess, closed, TimedAccess } from "./access.ts";
export { FlashImages, type ImageOptions } from "./store.ts";
