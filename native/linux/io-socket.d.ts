/** Types of the native functions in io-socket.js; what they mean stands in native/linux/socket-glue.c. */
type Wide = number | undefined;

export declare function ioAddressNew(): number;
export declare function ioAddressSet(address: number, host: string, port: number): number;
export declare function ioAddressFamily(address: number): number;
export declare function ioAddressPort(address: number): number;
export declare function ioAddressText(address: number): string;
export declare function ioAddressPeer(address: number, operation: number): void;
export declare function ioAddressOf(address: number, file: number, peer: boolean): number;
export declare function ioOption(file: number, option: number, value: number): number;
export declare function ioSocket(operation: number, family: number, type: number, direct: boolean): void;
export declare function ioBind(operation: number, file: number, address: number): void;
export declare function ioListen(operation: number, file: number, backlog: number): void;
export declare function ioAccept(operation: number, file: number, direct: boolean): void;
export declare function ioConnect(operation: number, file: number, address: number): void;
export declare function ioSendAll(
	operation: number,
	file: number,
	bytes: Uint8Array,
	offset: number | undefined,
	length: number | undefined,
	all?: boolean,
	waker?: number,
	timer?: number,
	ms?: number,
): void;
export declare function ioSend(
	operation: number,
	file: number,
	bytes: Uint8Array,
	offset: Wide,
	length: Wide,
	all: boolean,
	waker?: number,
	timer?: number,
	ms?: number,
): void;
export declare function ioReceive(
	operation: number,
	file: number,
	bytes: Uint8Array,
	offset: Wide,
	length: Wide,
	all: boolean,
	waker?: number,
	timer?: number,
	ms?: number,
): void;
export declare function ioReceiveStream(operation: number, file: number): void;
export declare function ioSendMessage(
	operation: number,
	file: number,
	buffers: readonly Uint8Array[],
	address: number,
): void;
export declare function ioReceiveMessage(operation: number, file: number, buffers: readonly Uint8Array[]): void;
export declare function ioSendTo(
	operation: number,
	file: number,
	bytes: Uint8Array,
	offset: Wide,
	length: Wide,
	address: number,
): void;
export declare function ioReceiveFrom(
	operation: number,
	file: number,
	bytes: Uint8Array,
	offset: Wide,
	length: Wide,
): void;
export declare function ioShutdown(operation: number, file: number, how: number): void;
