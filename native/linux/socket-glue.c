/*
 * The native functions behind sockets of `stator/io` (io-socket.js): each begins an operation (uring.h) that the task then polls. What
 * the kernel has no operation for is a system call that does not block: options, names, and bind and listen before 6.11.
 */
#define _GNU_SOURCE
#include "xsAll.h"

#include "heap.h"
#include "io-glue.h"
#include "native-call.h"
#include "record-hooks.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

/* An address has memory of its own, for good. */
typedef struct {
	struct sockaddr_storage name;
	socklen_t size;
} address;

enum { ADDRESS_PIECE = 64, ADDRESS_PIECES = 1024 };

/* Each machine numbers its own. */
static __thread address *addresses[ADDRESS_PIECES];
static __thread uint32_t address_count;

static address *address_arg(txMachine *the, int index)
{
	uint32_t number = (uint32_t)integer_or(the, index, 0);
	if (number >= address_count)
		mxTypeError("io: no address of that number");
	return addresses[number / ADDRESS_PIECE] + number % ADDRESS_PIECE;
}

/* ioAddressNew(): an address's number. INIT */
void xs_stator_io_address_new(txMachine *the)
{
	uint32_t piece = address_count / ADDRESS_PIECE;
	if (piece == ADDRESS_PIECES || (!addresses[piece] && !(addresses[piece] = stator_heap_keep(ADDRESS_PIECE * sizeof(address)))))
		mxRangeError("SocketAddress: no memory left for another address");
	return_integer(the, (int32_t)address_count++);
}

/* ioAddressSet(address, host, port): an IPv4 or IPv6 address; port -1: a path of a Unix socket, "@name" in the abstract space. 0, or a status */
void xs_stator_io_address_set(txMachine *the)
{
	address *to = address_arg(the, 0);
	txString host = fxToString(the, mxArgv(1));
	int32_t port = integer_or(the, 2, 0);
	memset(&to->name, 0, sizeof to->name);
	struct sockaddr_in *four = (struct sockaddr_in *)&to->name;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)&to->name;
	struct sockaddr_un *local = (struct sockaddr_un *)&to->name;
	return_integer(the, 0);
	if (port < 0) {
		size_t length = strlen(host);
		if (length >= sizeof local->sun_path) {
			return_integer(the, -ENAMETOOLONG);
			return;
		}
		local->sun_family = AF_UNIX;
		memcpy(local->sun_path, host, length);
		to->size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + 1);
		if (*host == '@') {
			*local->sun_path = 0;
			to->size--;
		}
	} else if (port > 0xFFFF)
		return_integer(the, -EINVAL);
	else if (inet_pton(AF_INET, host, &four->sin_addr) == 1) {
		four->sin_family = AF_INET;
		four->sin_port = htons((uint16_t)port);
		to->size = sizeof *four;
	} else if (inet_pton(AF_INET6, host, &six->sin6_addr) == 1) {
		six->sin6_family = AF_INET6;
		six->sin6_port = htons((uint16_t)port);
		to->size = sizeof *six;
	} else
		return_integer(the, -EINVAL);
}

/* ioAddressFamily(address), ioAddressPort(address): HOT */
void xs_stator_io_address_family(txMachine *the)
{
	return_integer(the, address_arg(the, 0)->name.ss_family);
}

void xs_stator_io_address_port(txMachine *the)
{
	const address *of = address_arg(the, 0);
	const struct sockaddr_in *four = (const struct sockaddr_in *)&of->name;
	const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&of->name;
	return_integer(the, of->name.ss_family == AF_INET ? ntohs(four->sin_port) : of->name.ss_family == AF_INET6 ? ntohs(six->sin6_port) : -1);
}

/* ioAddressText(address): makes a string */
void xs_stator_io_address_text(txMachine *the)
{
	const address *of = address_arg(the, 0);
	char text[INET6_ADDRSTRLEN + sizeof(struct sockaddr_un)] = "";
	if (of->name.ss_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)&of->name)->sin_addr, text, sizeof text);
	else if (of->name.ss_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)&of->name)->sin6_addr, text, sizeof text);
	else if (of->name.ss_family == AF_UNIX && of->size > offsetof(struct sockaddr_un, sun_path)) {
		size_t length = of->size - offsetof(struct sockaddr_un, sun_path);
		memcpy(text, ((const struct sockaddr_un *)&of->name)->sun_path, length);
		if (!*text)
			*text = '@';
	}
	fxString(the, mxResult, text);
}

/* ioAddressPeer(address, operation): from whom the operation's message came. HOT */
void xs_stator_io_address_peer(txMachine *the)
{
	address *to = address_arg(the, 0);
	const uring_operation *operation = uring_operation_find((uint32_t)integer_or(the, 1, 0));
	if (!operation || !operation->storage)
		mxTypeError("io: no operation of that number");
	to->size = operation->storage->message.msg_namelen;
	if (to->size > sizeof to->name)
		to->size = sizeof to->name;
	memcpy(&to->name, &operation->storage->peer, to->size);
}

/* Of a system call: what it gave, or -errno. */
static int32_t status_of(int result)
{
	return result < 0 ? -errno : result;
}

/* ioAddressOf(address, file, peer): of a socket's own end, or the other's. 0, or a status */
void xs_stator_io_address_of(txMachine *the)
{
	address *to = address_arg(the, 0);
	int32_t file = integer_or(the, 1, 0);
	to->size = sizeof to->name;
	if (uring_is_direct(file)) {
		return_integer(the, -EOPNOTSUPP);
		return;
	}
	struct sockaddr *name = (struct sockaddr *)&to->name;
	int32_t status = STATOR_REPLAYED ? 0 : status_of(integer_or(the, 2, 0) ? getpeername(file, name, &to->size) : getsockname(file, name, &to->size));
	return_integer(the, hook_outside(STATOR_RECORD_KERNEL, status));
	hook_outside_bytes(to, sizeof *to);
}

/* ioOption(file, option, value): in the order of src/io/socket.ts. 0, or a status */
void xs_stator_io_option(txMachine *the)
{
	static const struct {
		int level, name;
	} options[] = {
		{ SOL_SOCKET, SO_REUSEADDR }, { SOL_SOCKET, SO_REUSEPORT }, { IPPROTO_TCP, TCP_NODELAY }, { SOL_SOCKET, SO_KEEPALIVE }, { SOL_SOCKET, SO_BROADCAST },
		{ SOL_SOCKET, SO_SNDBUF }, { SOL_SOCKET, SO_RCVBUF }, { IPPROTO_IPV6, IPV6_V6ONLY },
	};
	uint32_t which = (uint32_t)integer_or(the, 1, 0);
	int value = integer_or(the, 2, 0);
	int32_t file = integer_or(the, 0, 0);
	if (which >= sizeof options / sizeof *options)
		return_integer(the, -EINVAL);
	else if (uring_is_direct(file))
		return_integer(the, -EOPNOTSUPP);
	else {
		int32_t status = STATOR_REPLAYED ? 0 : status_of(setsockopt(file, options[which].level, options[which].name, &value, sizeof value));
		return_integer(the, hook_outside(STATOR_RECORD_KERNEL, status));
	}
}

/* ioSocket(operation, family, type, direct): HOT */
void xs_stator_io_socket(txMachine *the)
{
	uring_operation *operation = io_operation(the);
	struct io_uring_sqe *sqe = uring_begin(operation, URING_MAKES_FD);
	int family = integer_or(the, 1, 0), type = integer_or(the, 2, 0);
	bool direct = integer_or(the, 3, 0);
	if (direct && !(uring_features() & URING_HAS_DIRECT))
		uring_done(operation, -EOPNOTSUPP);
	else if (direct)
		io_uring_prep_socket_direct_alloc(sqe, family, type, 0, 0);
	else if (uring_features() & URING_HAS_SOCKET)
		io_uring_prep_socket(sqe, family, type | SOCK_CLOEXEC, 0, 0);
	else
		uring_done(operation, hook_outside(STATOR_RECORD_KERNEL, STATOR_REPLAYED ? 0 : status_of(socket(family, type | SOCK_CLOEXEC, 0))));
}

/* ioBind(operation, file, address) */
void xs_stator_io_bind(txMachine *the)
{
	enum { OP_BIND = 56 };
	uring_operation *operation = io_stored(the);
	const address *to = address_arg(the, 2);
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	if (uring_features() & URING_HAS_BIND) {
		memcpy(&operation->storage->address, &to->name, sizeof to->name);
		io_uring_prep_rw(OP_BIND, sqe, 0, &operation->storage->address, 0, to->size);
		io_file(the, 1, sqe);
	} else {
		int32_t status = STATOR_REPLAYED ? 0 : status_of(bind(integer_or(the, 1, 0), (const struct sockaddr *)&to->name, to->size));
		uring_done(operation, hook_outside(STATOR_RECORD_KERNEL, status));
	}
}

/* ioListen(operation, file, backlog) */
void xs_stator_io_listen(txMachine *the)
{
	enum { OP_LISTEN = 57 };
	uring_operation *operation = io_operation(the);
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	if (uring_features() & URING_HAS_BIND) {
		io_uring_prep_rw(OP_LISTEN, sqe, 0, NULL, (unsigned)integer_or(the, 2, 0), 0);
		io_file(the, 1, sqe);
	} else {
		int32_t status = STATOR_REPLAYED ? 0 : status_of(listen(integer_or(the, 1, 0), integer_or(the, 2, 0)));
		uring_done(operation, hook_outside(STATOR_RECORD_KERNEL, status));
	}
}

/* ioAccept(operation, file, direct): a stream of connections. HOT */
void xs_stator_io_accept(txMachine *the)
{
	uring_operation *operation = io_operation(the);
	bool direct = integer_or(the, 2, 0), many = uring_features() & URING_HAS_ACCEPTS;
	struct io_uring_sqe *sqe = uring_begin(operation, URING_MULTI | URING_MAKES_FD);
	io_uring_prep_accept(sqe, 0, NULL, NULL, direct ? 0 : SOCK_CLOEXEC);
	io_file(the, 1, sqe);
	if (direct)
		sqe->file_index = IORING_FILE_INDEX_ALLOC;
	if (many)
		sqe->ioprio |= IORING_ACCEPT_MULTISHOT;
}

/* ioConnect(operation, file, address): HOT */
void xs_stator_io_connect(txMachine *the)
{
	uring_operation *operation = io_stored(the);
	const address *to = address_arg(the, 2);
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	memcpy(&operation->storage->address, &to->name, sizeof to->name);
	io_uring_prep_connect(sqe, 0, (struct sockaddr *)&operation->storage->address, to->size);
	io_file(the, 1, sqe);
}

static void begin_send(txMachine *the, uint32_t marks, bool all)
{
	uint32_t size;
	uring_operation *operation = io_operation(the);
	const char *bytes = io_bytes(the, 2, &size);
	struct io_uring_sqe *sqe = uring_begin(operation, marks);
	operation->whole = (int32_t)size;
	io_uring_prep_send(sqe, 0, bytes, size, MSG_NOSIGNAL | (all ? MSG_WAITALL : 0));
	io_file(the, 1, sqe);
	io_wait(the, operation);
}

/* ioSend(operation, file, bytes, offset, length, all, waker, timer, ms), ioReceive: HOT. `all`: the kernel goes on until everything has been
   moved; the last three: io_wait. */
void xs_stator_io_send(txMachine *the)
{
	begin_send(the, 0, integer_or(the, 5, 0));
}

/* ioSendAll(operation, file, bytes, offset, length, all, waker, timer, ms): always all; where the kernel stops short, ioLook goes on. HOT */
void xs_stator_io_send_all(txMachine *the)
{
	begin_send(the, URING_WHOLE, true);
}

/* A socket that had less than was asked for is empty: nothing is there for the next, as a rule. */
static bool emptied(const uring_operation *operation)
{
	return operation->sqe.opcode == IORING_OP_RECV && operation->result > 0 && (uint32_t)operation->result < operation->sqe.len;
}

void xs_stator_io_receive(txMachine *the)
{
	uint32_t size;
	uring_operation *operation = io_operation(the);
	char *bytes = io_bytes(the, 2, &size);
	int32_t empty = emptied(operation) ? operation->sqe.fd : -1;
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	io_uring_prep_recv(sqe, 0, bytes, size, integer_or(the, 5, 0) ? MSG_WAITALL : 0);
	io_file(the, 1, sqe);
	if (sqe->fd == empty)
		operation->marks |= URING_WAITS;
	io_wait(the, operation);
}

/* ioReceiveStream(operation, file): what comes, in buffers that the kernel chooses. HOT */
void xs_stator_io_receive_stream(txMachine *the)
{
	uring_operation *operation = io_operation(the);
	struct io_uring_sqe *sqe = uring_begin(operation, URING_MULTI | URING_PROVIDED);
	io_uring_prep_recv(sqe, 0, NULL, 0, 0);
	io_file(the, 1, sqe);
	sqe->flags |= IOSQE_BUFFER_SELECT;
	sqe->buf_group = uring_provided_group();
	if ((uring_features() & (URING_HAS_RECEIVES | URING_HAS_PROVIDED)) == (URING_HAS_RECEIVES | URING_HAS_PROVIDED))
		sqe->ioprio |= IORING_RECV_MULTISHOT;
}

/* ioSendMessage(operation, file, buffers, address), address -1: none. HOT */
void xs_stator_io_send_message(txMachine *the)
{
	uring_operation *operation = io_stored(the);
	const address *to = integer_or(the, 3, 0) < 0 ? NULL : address_arg(the, 3);
	uring_drop(operation);
	uring_storage *storage = operation->storage;
	uint32_t count = io_vectors(the, 2, storage->vectors);
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	if (to)
		memcpy(&storage->address, &to->name, sizeof to->name);
	storage->message = (struct msghdr){
		.msg_name = to ? &storage->address : NULL, .msg_namelen = to ? to->size : 0, .msg_iov = storage->vectors, .msg_iovlen = count,
	};
	io_uring_prep_sendmsg(sqe, 0, &storage->message, MSG_NOSIGNAL);
	io_file(the, 1, sqe);
}

/* ioReceiveMessage(operation, file, buffers): its sender by ioAddressPeer. HOT */
void xs_stator_io_receive_message(txMachine *the)
{
	uring_operation *operation = io_stored(the);
	uring_drop(operation);
	uring_storage *storage = operation->storage;
	uint32_t count = io_vectors(the, 2, storage->vectors);
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	storage->message = (struct msghdr){
		.msg_name = &storage->peer, .msg_namelen = sizeof storage->peer, .msg_iov = storage->vectors, .msg_iovlen = count,
	};
	io_uring_prep_recvmsg(sqe, 0, &storage->message, 0);
	io_file(the, 1, sqe);
}

/* ioSendTo(operation, file, bytes, offset, length, address), ioReceiveFrom: one buffer of them. HOT */
static void one_vector(txMachine *the, bool sends)
{
	uint32_t size;
	uring_operation *operation = io_stored(the);
	char *bytes = io_bytes(the, 2, &size);
	const address *to = sends && integer_or(the, 5, 0) >= 0 ? address_arg(the, 5) : NULL;
	struct io_uring_sqe *sqe = uring_begin(operation, 0);
	uring_storage *storage = operation->storage;
	storage->vectors[0] = (struct iovec){ bytes, size };
	if (to)
		memcpy(&storage->address, &to->name, sizeof to->name);
	storage->message = (struct msghdr){ .msg_iov = storage->vectors, .msg_iovlen = 1 };
	if (!sends) {
		storage->message.msg_name = &storage->peer;
		storage->message.msg_namelen = sizeof storage->peer;
		io_uring_prep_recvmsg(sqe, 0, &storage->message, 0);
	} else {
		storage->message.msg_name = to ? &storage->address : NULL;
		storage->message.msg_namelen = to ? to->size : 0;
		io_uring_prep_sendmsg(sqe, 0, &storage->message, MSG_NOSIGNAL);
	}
	io_file(the, 1, sqe);
}

void xs_stator_io_send_to(txMachine *the)
{
	one_vector(the, true);
}

void xs_stator_io_receive_from(txMachine *the)
{
	one_vector(the, false);
}

/* ioShutdown(operation, file, how): 0 reading, 1 writing, 2 both */
void xs_stator_io_shutdown(txMachine *the)
{
	struct io_uring_sqe *sqe = uring_begin(io_operation(the), 0);
	io_uring_prep_shutdown(sqe, 0, integer_or(the, 2, 0));
	io_file(the, 1, sqe);
}
