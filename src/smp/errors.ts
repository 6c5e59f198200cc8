/**
 * What a command can end with. 0: it has succeeded. 1 to 255: an error of the protocol, which a reply has as `rc`. From GROUP_ERROR on: an error
 * of the group, by its own number, which version 2 has as `err` and version 1 as the nearest error of the protocol.
 */

/** Success. */
export const SMP_OK = 0;
/** What no other code says. */
export const SMP_UNKNOWN = 1;
/** Not enough memory. */
export const SMP_NO_MEMORY = 2;
/** The request's content is not what the command wants. */
export const SMP_INVALID = 3;
/** It took too long. */
export const SMP_TIMEOUT = 4;
/** There is no such thing. */
export const SMP_NO_ENTRY = 5;
/** Not in this state. */
export const SMP_BAD_STATE = 6;
/** The reply does not fit. */
export const SMP_TOO_LARGE = 7;
/** No such group or command. */
export const SMP_NOT_SUPPORTED = 8;
/** The request is shorter than it says. */
export const SMP_CORRUPT = 9;
/** Something else is under way. */
export const SMP_BUSY = 10;
/** It needs an unlock. */
export const SMP_ACCESS_DENIED = 11;
/** The request's version is newer than 2. */
export const SMP_TOO_NEW = 13;

/** An error of a group is this and its number. */
export const GROUP_ERROR = 0x100;
/** The command goes on when `command.wait` is over. */
export const SMP_WAIT = -1;

/** The error of a group with this number; 0 is success there, too. */
export function groupError(code: number): number {
	return code === 0 ? SMP_OK : GROUP_ERROR + code;
}
