/*
 * The native functions behind files of `stator/io` (io-file.js): each begins an operation (uring.h) that the task then polls. Where the
 * memory is registered, READ_FIXED and WRITE_FIXED are used without asking.
 */
#define _GNU_SOURCE
#include "xsAll.h"

#include "io-glue.h"
#include "native-call.h"
#include "record-hooks.h"
#include "uring-state.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Best effort, and the first or last of its eight levels; normal: as the process has it. */
static uint16_t io_priority(const stator_executor *executor)
{
	enum { CLASS_SHIFT = 13, BEST_EFFORT = 2, LOWEST = 7 };
	if (executor->current < 0)
		return 0;
	uint8_t level = uring_slot_of(executor->current)->level;
	return level == 1 ? BEST_EFFORT << CLASS_SHIFT : level == URING_LEVELS ? BEST_EFFORT << CLASS_SHIFT | LOWEST : 0;
}

/* A path argument; what is wrong with it completes the operation. */
static bool path_arg(txMachine *the, int index, uring_operation *operation, int which)
{
	int status = io_path(the, index, operation, which);
	if (status)
		uring_done(operation, status);
	return !status;
}

/* Directory for a path: a descriptor, or -1: the process's own. */
static int directory_arg(txMachine *the, int index)
{
	int32_t directory = integer_or(the, index, 0);
	return directory < 0 ? AT_FDCWD : directory;
}

/* ioOpen(operation, directory, path, flags, mode, resolve, direct): HOT */
void xs_stator_io_open(txMachine *the)
{
	uring_operation *operation = io_stored(the);
	struct io_uring_sqe *sqe = uring_begin(operation, URING_MAKES_FD);
	operation->storage->how = (struct open_how){ .flags = (uint32_t)integer_or(the, 3, 0) | O_CLOEXEC, .resolve = (uint32_t)integer_or(the, 5, 0) };
	if (operation->storage->how.flags & O_CREAT || (operation->storage->how.flags & O_TMPFILE) == O_TMPFILE)
		operation->storage->how.mode = (uint32_t)integer_or(the, 4, 0);
	if (!path_arg(the, 2, operation, 0))
		return;
	io_uring_prep_openat2(sqe, directory_arg(the, 1), operation->storage->paths[0], &operation->storage->how);
	if (integer_or(the, 6, 0)) {
		if (!(uring_features() & URING_HAS_DIRECT)) {
			uring_done(operation, -EOPNOTSUPP);
			return;
		}
		operation->storage->how.flags &= ~(uint64_t)O_CLOEXEC; /* there is no descriptor that a program could inherit */
		sqe->file_index = IORING_FILE_INDEX_ALLOC;
	}
}

/* ioClose(operation, file): HOT */
void xs_stator_io_close(txMachine *the)
{
	uring_operation *operation = io_operation(the);
	struct io_uring_sqe *sqe = uring_begin(operation, URING_CLOSES);
	int32_t file = integer_or(the, 1, 0);
	if (uring_is_direct(file)) {
		io_uring_prep_close(sqe, 0);
		sqe->file_index = (uint32_t)(io_own_file(the, file) & URING_PLACE_MASK) + 1;
	} else
		io_uring_prep_close(sqe, file);
}

/* ioRead(operation, file, bytes, offset, length, position, waker, timer, ms), ioWrite: position left out: the file's own; `waker` true: initiated,
   its state; else as in io_wait. HOT */
static void transfer(txMachine *the, bool writes)
{
	uring_operation *operation = io_operation(the);
	uint32_t size;
	char *bytes = io_bytes(the, 2, &size);
	int64_t position = io_wide(the, 5);
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	int32_t registered = uring_registered(bytes);
	if (registered >= 0 && writes)
		io_uring_prep_write_fixed(sqe, 0, bytes, size, (__u64)position, registered);
	else if (registered >= 0)
		io_uring_prep_read_fixed(sqe, 0, bytes, size, (__u64)position, registered);
	else if (writes)
		io_uring_prep_write(sqe, 0, bytes, size, (__u64)position);
	else
		io_uring_prep_read(sqe, 0, bytes, size, (__u64)position);
	io_file(the, 1, sqe);
	sqe->ioprio = io_priority(the->context);
	if (mxArgc > IO_WAITS && mxArgv(IO_WAITS)->kind == XS_BOOLEAN_KIND)
		io_initiate(the, operation);
	else
		io_wait(the, operation);
}

void xs_stator_io_read(txMachine *the)
{
	transfer(the, false);
}

void xs_stator_io_write(txMachine *the)
{
	transfer(the, true);
}

/* ioReadProvided(operation, file, length, position): into a buffer that the kernel chooses. HOT */
void xs_stator_io_read_provided(txMachine *the)
{
	uring_operation *operation = io_operation(the);
	int64_t length = io_wide(the, 2), position = io_wide(the, 3);
	struct io_uring_sqe *sqe = uring_begin(operation, URING_PROVIDED);
	io_uring_prep_read(sqe, 0, NULL, length < 0 ? 0 : (unsigned)length, (__u64)position);
	io_file(the, 1, sqe);
	sqe->flags |= IOSQE_BUFFER_SELECT;
	sqe->buf_group = uring_provided_group();
	sqe->ioprio = io_priority(the->context);
}

/* ioReadVectors(operation, file, buffers, position), ioWriteVectors: HOT */
static void transfer_vectors(txMachine *the, bool writes)
{
	uring_operation *operation = io_stored(the);
	int64_t position = io_wide(the, 3);
	uring_drop(operation);
	uint32_t count = io_vectors(the, 2, operation->storage->vectors);
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	if (writes)
		io_uring_prep_writev(sqe, 0, operation->storage->vectors, count, (__u64)position);
	else
		io_uring_prep_readv(sqe, 0, operation->storage->vectors, count, (__u64)position);
	io_file(the, 1, sqe);
	sqe->ioprio = io_priority(the->context);
}

void xs_stator_io_read_vectors(txMachine *the)
{
	transfer_vectors(the, false);
}

void xs_stator_io_write_vectors(txMachine *the)
{
	transfer_vectors(the, true);
}

/* ioSync(operation, file, data): durable; `data`: without what reading does not need */
void xs_stator_io_sync(txMachine *the)
{
	struct io_uring_sqe *sqe = uring_begin(io_operation(the), 0);
	io_uring_prep_fsync(sqe, 0, integer_or(the, 2, 0) ? IORING_FSYNC_DATASYNC : 0);
	io_file(the, 1, sqe);
}

/* ioSyncRange(operation, file, position, length, flags): begun, not durable (sync_file_range) */
void xs_stator_io_sync_range(txMachine *the)
{
	int64_t position = io_wide(the, 2), length = io_wide(the, 3);
	struct io_uring_sqe *sqe = uring_begin(io_operation(the), 0);
	io_uring_prep_sync_file_range(sqe, 0, length < 0 ? 0 : (unsigned)length, position < 0 ? 0 : (__u64)position, integer_or(the, 4, 0));
	io_file(the, 1, sqe);
}

/* ioAllocate(operation, file, mode, position, length) */
void xs_stator_io_allocate(txMachine *the)
{
	int64_t position = io_wide(the, 3), length = io_wide(the, 4);
	struct io_uring_sqe *sqe = uring_begin(io_operation(the), 0);
	io_uring_prep_fallocate(sqe, 0, integer_or(the, 2, 0), position < 0 ? 0 : position, length < 0 ? 0 : length);
	io_file(the, 1, sqe);
}

/* ioStat(operation, directory, path, flags); of a descriptor: its number, "" and AT_EMPTY_PATH */
void xs_stator_io_stat(txMachine *the)
{
	uring_operation *operation = io_stored(the);
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	if (uring_is_direct(integer_or(the, 1, 0)))
		uring_done(operation, -EBADF);
	else if (path_arg(the, 2, operation, 0))
		io_uring_prep_statx(sqe, directory_arg(the, 1), operation->storage->paths[0], integer_or(the, 3, 0), STATX_BASIC_STATS | STATX_BTIME, &operation->storage->stat);
}

static double milliseconds(struct statx_timestamp time)
{
	return (double)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* ioStatField(operation, which): in the order of src/io/stat.ts */
void xs_stator_io_stat_field(txMachine *the)
{
	const struct statx *stat = &io_stored(the)->storage->stat;
	const double values[] = {
		(double)stat->stx_size, stat->stx_mode, stat->stx_uid, stat->stx_gid, stat->stx_nlink, (double)stat->stx_ino, (double)stat->stx_blocks * 512,
		stat->stx_blksize, milliseconds(stat->stx_mtime), milliseconds(stat->stx_atime), milliseconds(stat->stx_ctime), milliseconds(stat->stx_btime),
	};
	uint32_t which = (uint32_t)integer_or(the, 1, 0);
	mxResult->kind = XS_NUMBER_KIND;
	mxResult->value.number = which < sizeof values / sizeof *values ? values[which] : -EINVAL;
}

/* ioUnlink(operation, directory, path, flags) */
void xs_stator_io_unlink(txMachine *the)
{
	uring_operation *operation = io_stored(the);
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	if (path_arg(the, 2, operation, 0))
		io_uring_prep_unlinkat(sqe, directory_arg(the, 1), operation->storage->paths[0], integer_or(the, 3, 0));
}

/* ioRename(operation, directory, path, directory, path, flags) */
void xs_stator_io_rename(txMachine *the)
{
	uring_operation *operation = io_stored(the);
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	if (path_arg(the, 2, operation, 0) && path_arg(the, 4, operation, 1))
		io_uring_prep_renameat(sqe, directory_arg(the, 1), operation->storage->paths[0], directory_arg(the, 3), operation->storage->paths[1], (unsigned)integer_or(the, 5, 0));
}

/* ioMakeDirectory(operation, directory, path, mode) */
void xs_stator_io_make_directory(txMachine *the)
{
	uring_operation *operation = io_stored(the);
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	if (path_arg(the, 2, operation, 0))
		io_uring_prep_mkdirat(sqe, directory_arg(the, 1), operation->storage->paths[0], (mode_t)integer_or(the, 3, 0));
}

/* ioLink(operation, path, directory, path): a symbolic link that says the first path, at the second */
void xs_stator_io_link(txMachine *the)
{
	uring_operation *operation = io_stored(the);
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	if (path_arg(the, 1, operation, 0) && path_arg(the, 3, operation, 1))
		io_uring_prep_symlinkat(sqe, operation->storage->paths[0], directory_arg(the, 2), operation->storage->paths[1]);
}

/* ioHandOver(operation, file): into the ring's own table; ioHandedOver says where */
void xs_stator_io_hand_over(txMachine *the)
{
	uring_operation *operation = io_stored(the);
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	if (!(uring_features() & URING_HAS_DIRECT)) {
		uring_done(operation, -EOPNOTSUPP);
		return;
	}
	int32_t *file = (int32_t *)&operation->storage->address;
	*file = integer_or(the, 1, 0);
	io_uring_prep_files_update(sqe, file, 1, (int)IORING_FILE_INDEX_ALLOC);
}

/* ioHandedOver(operation): where it was put, as a descriptor of the ring; the one of the process is the caller's to close */
void xs_stator_io_handed_over(txMachine *the)
{
	uring_operation *operation = io_stored(the);
	return_integer(the, uring_direct(*(int32_t *)&operation->storage->address));
}

/* ioCloseNow(file): without the ring, for what cannot wait */
void xs_stator_io_close_now(txMachine *the)
{
	uring_close_file(integer_or(the, 0, 0));
}

/* A system call has filled so many of the bytes; less than zero: see errno. */
static int32_t filled(long count, char *bytes)
{
	int32_t result = hook_outside(STATOR_RECORD_KERNEL, count < 0 ? -errno : (int32_t)count);
	if (result > 0)
		hook_outside_bytes(bytes, (uint32_t)result);
	return result;
}

/* ioListDirectory(file, bytes): the next entries, as getdents64 writes them; their bytes, 0 at the end, or a status. The kernel has no
   operation for it. */
void xs_stator_io_list_directory(txMachine *the)
{
	uint32_t size;
	char *bytes = io_bytes(the, 1, &size);
	long count = STATOR_REPLAYED ? 0 : syscall(SYS_getdents64, integer_or(the, 0, 0), bytes, size);
	return_integer(the, filled(count, bytes));
}

/* ioReadLink(operation, directory, path, bytes): what a symbolic link says; its bytes, or a status. A system call: the kernel has no
   operation for it. */
void xs_stator_io_read_link(txMachine *the)
{
	uint32_t size;
	uring_operation *operation = io_stored(the);
	uring_begin(operation, 0);
	int status = io_path(the, 2, operation, 0);
	char *bytes = io_bytes(the, 3, &size);
	ssize_t count = status || STATOR_REPLAYED ? 0 : readlinkat(directory_arg(the, 1), operation->storage->paths[0], bytes, size);
	uring_done(operation, status ? status : filled(count, bytes));
}
