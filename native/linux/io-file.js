// The native functions of native/linux/file-glue.c: each begins an operation, by its number, that ioPoll then looks at.
// stator: no-allocation fills an entry in C memory
export function ioOpen(operation, directory, path, flags, mode, resolve, direct) @ "xs_stator_io_open";
// stator: no-allocation fills an entry in C memory
export function ioClose(operation, file) @ "xs_stator_io_close";
// stator: no-allocation fills an entry in C memory
export function ioRead(operation, file, bytes, offset, length, position, waker, timer, ms) @ "xs_stator_io_read";
// stator: no-allocation fills an entry in C memory
export function ioWrite(operation, file, bytes, offset, length, position, waker, timer, ms) @ "xs_stator_io_write";
// stator: no-allocation fills an entry in C memory
export function ioReadProvided(operation, file, length, position) @ "xs_stator_io_read_provided";
// stator: no-allocation fills an entry in C memory
export function ioReadVectors(operation, file, buffers, position) @ "xs_stator_io_read_vectors";
// stator: no-allocation fills an entry in C memory
export function ioWriteVectors(operation, file, buffers, position) @ "xs_stator_io_write_vectors";
// stator: no-allocation fills an entry in C memory
export function ioSync(operation, file, data) @ "xs_stator_io_sync";
// stator: no-allocation fills an entry in C memory
export function ioSyncRange(operation, file, position, length, flags) @ "xs_stator_io_sync_range";
// stator: no-allocation fills an entry in C memory
export function ioAllocate(operation, file, mode, position, length) @ "xs_stator_io_allocate";
// stator: no-allocation fills an entry in C memory
export function ioStat(operation, directory, path, flags) @ "xs_stator_io_stat";
// stator: no-allocation returns a number
export function ioStatField(operation, which) @ "xs_stator_io_stat_field";
// stator: no-allocation fills an entry in C memory
export function ioUnlink(operation, directory, path, flags) @ "xs_stator_io_unlink";
// stator: no-allocation fills an entry in C memory
export function ioRename(operation, directory, path, newDirectory, newPath, flags) @ "xs_stator_io_rename";
// stator: no-allocation fills an entry in C memory
export function ioMakeDirectory(operation, directory, path, mode) @ "xs_stator_io_make_directory";
// stator: no-allocation fills an entry in C memory
export function ioLink(operation, target, directory, path) @ "xs_stator_io_link";
// stator: no-allocation fills an entry in C memory
export function ioHandOver(operation, file) @ "xs_stator_io_hand_over";
// stator: no-allocation returns a whole number
export function ioHandedOver(operation) @ "xs_stator_io_handed_over";
// stator: no-allocation a system call
export function ioCloseNow(file) @ "xs_stator_io_close_now";
// stator: no-allocation a system call into C memory
export function ioListDirectory(file, bytes) @ "xs_stator_io_list_directory";
// stator: no-allocation a system call into C memory
export function ioReadLink(operation, directory, path, bytes) @ "xs_stator_io_read_link";
