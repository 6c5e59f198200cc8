// The native functions of native/linux/socket-glue.c: each begins an operation, by its number, that ioPoll then looks at.
export function ioAddressNew() @ "xs_stator_io_address_new";
// stator: no-allocation writes to C memory
export function ioAddressSet(address, host, port) @ "xs_stator_io_address_set";
// stator: no-allocation returns a whole number
export function ioAddressFamily(address) @ "xs_stator_io_address_family";
// stator: no-allocation returns a whole number
export function ioAddressPort(address) @ "xs_stator_io_address_port";
export function ioAddressText(address) @ "xs_stator_io_address_text";
// stator: no-allocation copies in C memory
export function ioAddressPeer(address, operation) @ "xs_stator_io_address_peer";
// stator: no-allocation a system call into C memory
export function ioAddressOf(address, file, peer) @ "xs_stator_io_address_of";
// stator: no-allocation a system call
export function ioOption(file, option, value) @ "xs_stator_io_option";
// stator: no-allocation fills an entry in C memory
export function ioSocket(operation, family, type, direct) @ "xs_stator_io_socket";
// stator: no-allocation fills an entry in C memory
export function ioBind(operation, file, address) @ "xs_stator_io_bind";
// stator: no-allocation fills an entry in C memory
export function ioListen(operation, file, backlog) @ "xs_stator_io_listen";
// stator: no-allocation fills an entry in C memory
export function ioAccept(operation, file, direct) @ "xs_stator_io_accept";
// stator: no-allocation fills an entry in C memory
export function ioConnect(operation, file, address) @ "xs_stator_io_connect";
// stator: no-allocation fills an entry in C memory
export function ioSend(operation, file, bytes, offset, length, all, waker, timer, ms) @ "xs_stator_io_send";
// stator: no-allocation fills an entry in C memory
export function ioSendAll(operation, file, bytes, offset, length, all, waker, timer, ms) @ "xs_stator_io_send_all";
// stator: no-allocation fills an entry in C memory
export function ioReceive(operation, file, bytes, offset, length, all, waker, timer, ms) @ "xs_stator_io_receive";
// stator: no-allocation fills an entry in C memory
export function ioReceiveStream(operation, file) @ "xs_stator_io_receive_stream";
// stator: no-allocation fills an entry in C memory
export function ioSendMessage(operation, file, buffers, address) @ "xs_stator_io_send_message";
// stator: no-allocation fills an entry in C memory
export function ioReceiveMessage(operation, file, buffers) @ "xs_stator_io_receive_message";
// stator: no-allocation fills an entry in C memory
export function ioSendTo(operation, file, bytes, offset, length, address) @ "xs_stator_io_send_to";
// stator: no-allocation fills an entry in C memory
export function ioReceiveFrom(operation, file, bytes, offset, length) @ "xs_stator_io_receive_from";
// stator: no-allocation fills an entry in C memory
export function ioShutdown(operation, file, how) @ "xs_stator_io_shutdown";
