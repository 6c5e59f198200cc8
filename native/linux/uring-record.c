/*
 * Requests and completions as entries of a record, or out of one (uring-record.h).
 *
 * Recorded, a request is described by what a replay can compare (operation, opcode, descriptor, length) and by what it tells the outside:
 * bytes to be written, paths, addresses, which go into the record's sum alone. A completion is an entry, and where the kernel has written into
 * memory, what it has written follows. Replayed, the same calls find the entries: nothing is submitted, and the bytes come out of the record.
 *
 * Where an operation's bytes go is noted when it is submitted: when it completes late, its own entry may be that of what was begun after it.
 * A request takes some seven bytes of the record, a completion as many, and what it brings; what a request tells goes through the sum byte by byte.
 */
#define _GNU_SOURCE
#include "uring-record.h"

#include "record-hooks.h"
#include "record-steps.h"

#include <stdlib.h>
#include <string.h>

/* Bytes that the kernel may write for one operation. */
typedef struct {
	uint8_t opcode, count;
	struct iovec vectors[URING_VECTORS];
} landing;

static landing *landings; /* by an operation's number */
static uint32_t room;

static landing *landing_of(const uring_operation *operation)
{
	if (operation->number >= room) {
		uint32_t more = 2 * operation->number + 64;
		landing *larger = realloc(landings, more * sizeof *larger);
		if (!larger)
			abort(); /* a record with a hole in it is none */
		memset(larger + room, 0, (more - room) * sizeof *larger);
		landings = larger;
		room = more;
	}
	return landings + operation->number;
}

static void told_text(uint64_t address)
{
	const char *text = (const char *)(uintptr_t)address;
	hook_told(text, (uint32_t)strlen(text));
}

static void told_number(uint64_t number)
{
	hook_told(&number, sizeof number);
}

static void told_vectors(const struct iovec *vectors, size_t count)
{
	for (size_t i = 0; i < count; i++)
		hook_told(vectors[i].iov_base, (uint32_t)vectors[i].iov_len);
}

/* What the request says beside its opcode, descriptor and length. Addresses in this process are nobody's business. */
static void tell(const uring_operation *operation, const struct io_uring_sqe *sqe)
{
	enum { OP_BIND = 56 };
	const uring_storage *storage = operation->storage;
	told_number((uint64_t)sqe->ioprio << 32 | sqe->rw_flags);
	switch (sqe->opcode) {
	case IORING_OP_WRITE:
	case IORING_OP_WRITE_FIXED:
		told_number(sqe->off);
		hook_told((const void *)(uintptr_t)sqe->addr, sqe->len);
		break;
	case IORING_OP_SEND:
		hook_told((const void *)(uintptr_t)sqe->addr, sqe->len);
		break;
	case IORING_OP_WRITEV:
		told_number(sqe->off);
		told_vectors(storage->vectors, sqe->len);
		break;
	case IORING_OP_SENDMSG:
		told_vectors(storage->message.msg_iov, storage->message.msg_iovlen);
		if (storage->message.msg_name)
			hook_told(storage->message.msg_name, storage->message.msg_namelen);
		break;
	case IORING_OP_READ:
	case IORING_OP_READ_FIXED:
	case IORING_OP_READV:
	case IORING_OP_SYNC_FILE_RANGE:
	case IORING_OP_SOCKET:
		told_number(sqe->off);
		break;
	case IORING_OP_FALLOCATE:
		told_number(sqe->off);
		told_number(sqe->addr);
		break;
	case IORING_OP_OPENAT2:
		told_text(sqe->addr);
		hook_told(&storage->how, sizeof storage->how);
		break;
	case IORING_OP_STATX:
	case IORING_OP_UNLINKAT:
	case IORING_OP_MKDIRAT:
		told_text(sqe->addr);
		break;
	case IORING_OP_RENAMEAT:
	case IORING_OP_SYMLINKAT:
		told_text(sqe->addr);
		told_text(sqe->addr2);
		break;
	case IORING_OP_CONNECT:
		hook_told(&storage->address, (uint32_t)sqe->off);
		break;
	case OP_BIND:
		hook_told(&storage->address, (uint32_t)sqe->addr2);
		break;
	case IORING_OP_TIMEOUT:
		hook_told(&storage->time, sizeof storage->time);
		break;
	default:
		break;
	}
}

static void lands(landing *at, const uring_operation *operation, const struct io_uring_sqe *sqe)
{
	at->opcode = sqe->opcode;
	at->count = 0;
	switch (sqe->opcode) {
	case IORING_OP_READ:
	case IORING_OP_READ_FIXED:
	case IORING_OP_RECV:
		if (operation->marks & URING_PROVIDED) /* into a buffer that the completion names */
			break;
		at->vectors[at->count++] = (struct iovec){ (void *)(uintptr_t)sqe->addr, sqe->len };
		break;
	case IORING_OP_READV:
		at->count = (uint8_t)sqe->len;
		memcpy(at->vectors, operation->storage->vectors, at->count * sizeof *at->vectors);
		break;
	case IORING_OP_RECVMSG:
		at->count = (uint8_t)operation->storage->message.msg_iovlen;
		memcpy(at->vectors, operation->storage->vectors, at->count * sizeof *at->vectors);
		break;
	default:
		break;
	}
}

void uring_record_asks(const uring_operation *operation, const struct io_uring_sqe *sqe)
{
	tell(operation, sqe);
	lands(landing_of(operation), operation, sqe);
	stator_record_asked(&(stator_record_request){ operation->number, sqe->opcode, sqe->fd, sqe->len });
}

void uring_record_cancels(const uring_operation *operation)
{
	told_number(uring_name_of(operation));
}

/* What the kernel has written: so many bytes of them. */
static void came_into(const landing *at, uint32_t count)
{
	for (uint32_t i = 0; i < at->count && count; i++) {
		uint32_t size = (uint32_t)at->vectors[i].iov_len;
		if (size > count)
			size = count;
		if (size)
			hook_outside_bytes(at->vectors[i].iov_base, size);
		count -= size;
	}
}

static void came(const uring_operation *operation, int32_t result, uint32_t flags)
{
	const landing *at = landing_of(operation);
	uring_storage *storage = operation->storage;
	if (result < 0)
		return;
	if (operation->flight_marks & URING_PROVIDED) {
		uint32_t chosen = flags & IORING_CQE_F_BUFFER ? flags >> IORING_CQE_BUFFER_SHIFT : (uint32_t)operation->chosen;
		if (result && chosen < UINT16_MAX)
			hook_outside_bytes(uring_provided(chosen), (uint32_t)result);
		return;
	}
	switch (at->opcode) {
	case IORING_OP_RECVMSG:
		hook_outside_bytes(&storage->message.msg_namelen, sizeof storage->message.msg_namelen);
		if (storage->message.msg_namelen && storage->message.msg_namelen <= sizeof storage->peer)
			hook_outside_bytes(&storage->peer, storage->message.msg_namelen);
		came_into(at, (uint32_t)result);
		break;
	case IORING_OP_STATX:
		hook_outside_bytes(&storage->stat, sizeof storage->stat);
		break;
	case IORING_OP_FILES_UPDATE: /* where it was put: as ioHandOver has it */
		hook_outside_bytes(&storage->address, sizeof(int32_t));
		break;
	default:
		came_into(at, (uint32_t)result);
	}
}

/* Whose completion it is: what a record can name. */
static uint32_t whose(uint64_t name)
{
	if (name & URING_TAG_CANCEL)
		return STATOR_RECORD_NOBODYS;
	if (name & URING_TAG_WAKEUP)
		return STATOR_RECORD_WAKEUP;
	const uring_operation *operation = uring_named((uint32_t)name);
	return operation && uring_name_of(operation) == name ? operation->number + STATOR_RECORD_OPERATIONS : STATOR_RECORD_NOBODYS;
}

/* The next of those that the kernel had when it was looked at: they are taken one by one, because what follows from one can ask the kernel. */
static bool next_completion(uint32_t *left, stator_record_completion *next)
{
	struct io_uring_cqe *cqe;
	unsigned head;
	if (!*left)
		return false;
	--*left;
	io_uring_for_each_cqe(uring->kernel, head, cqe) {
		*next = (stator_record_completion){ whose(cqe->user_data), cqe->res, cqe->flags };
		io_uring_cq_advance(uring->kernel, 1);
		return true;
	}
	return false;
}

uint32_t uring_record_reap(void)
{
	uint32_t left = STATOR_REPLAYED ? 0 : io_uring_cq_ready(uring->kernel), count = 0;
	stator_record_completion next;
	record_step(STATOR_RECORD_COMPLETION);
	for (;; count++) {
		bool any = !STATOR_REPLAYED && next_completion(&left, &next);
		if (!stator_outside_completion(&next, any))
			return count;
		if (next.whose < STATOR_RECORD_OPERATIONS) {
			uring_take_completion(next.whose == STATOR_RECORD_WAKEUP ? URING_TAG_WAKEUP : URING_TAG_CANCEL, next.result, next.flags);
			continue;
		}
		const uring_operation *operation = uring_named(next.whose - STATOR_RECORD_OPERATIONS);
		if (!operation) /* the replay has gone another way, which its next event finds */
			continue;
		came(operation, next.result, next.flags);
		uring_take_completion(uring_name_of(operation), next.result, next.flags);
	}
}
