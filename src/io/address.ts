/** Where a socket is: an IPv4 or IPv6 address with a port, or the path of a Unix socket. There is no name service. */
import { ioAddressFamily, ioAddressNew, ioAddressOf, ioAddressPort, ioAddressSet, ioAddressText } from "#hal";

/** `family` of a Unix socket's path. */
export const AF_UNIX = 1;
/** `family` of an IPv4 address. */
export const AF_INET = 2;
/** `family` of an IPv6 address. */
export const AF_INET6 = 10;

/** An address, in memory of the platform's: made at start-up, set as often as one likes. Any context but interrupts. */
export class SocketAddress {
	/** At the platform. */
	readonly number: number;
	/** READY; EINVAL for what is no address. */
	status = 0;

	/** INIT. */
	constructor(host = "", port = 0) {
		this.number = ioAddressNew();
		if (host !== "") this.set(host, port);
	}

	/** "127.0.0.1" or "::1" and a port; port -1: the path of a Unix socket, "@name" for the abstract space. READY, or a status. */
	set(host: string, port: number): number {
		this.status = ioAddressSet(this.number, host, port);
		return this.status;
	}

	/** AF_INET, AF_INET6 or AF_UNIX; 0: none has been set. */
	get family(): number {
		return ioAddressFamily(this.number);
	}

	/** -1: it has none. */
	get port(): number {
		return ioAddressPort(this.number);
	}

	/** Makes a string: not after start-up. */
	get host(): string {
		return ioAddressText(this.number);
	}

	/** Becomes that of a socket's own end, or of the other. READY, or a status. */
	setOf(handle: number, peer: boolean): number {
		this.status = ioAddressOf(this.number, handle, peer);
		return this.status;
	}
}
