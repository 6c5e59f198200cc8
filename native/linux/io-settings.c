/* The sizes of the program's ring (io-settings.h). The build gives the numbers; see native/linux/platform.cmake. */
#include "io-settings.h"

const stator_io_settings_t stator_io_settings = {
	.entries = STATOR_IO_ENTRIES,
	.files = STATOR_IO_FILES,
	.buffer_bytes = STATOR_IO_BUFFER_BYTES,
	.provided = STATOR_IO_PROVIDED,
	.provided_bytes = STATOR_IO_PROVIDED_BYTES,
};
