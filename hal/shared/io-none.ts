/** `stator/io` on platforms that have no files and sockets: each use says so. */
import { TARGET } from "#hal";
import type { Io } from "../io.ts";

function none(): never {
	throw new TypeError(
		"stator/io: files and sockets are there on Linux only, and this is " + TARGET + ": build the program for linux",
	);
}

export const ioNew: Io["ioNew"] = none;
export const ioDelete: Io["ioDelete"] = none;
export const ioPoll: Io["ioPoll"] = none;
export const ioTake: Io["ioTake"] = none;
export const ioDrop: Io["ioDrop"] = none;
export const ioCancel: Io["ioCancel"] = none;
export const ioState: Io["ioState"] = none;
export const ioResult: Io["ioResult"] = none;
export const ioInitiate: Io["ioInitiate"] = none;
export const ioCompleted: Io["ioCompleted"] = none;
export const ioEnd: Io["ioEnd"] = none;
export const ioHold: Io["ioHold"] = none;
export const ioHeld: Io["ioHeld"] = none;
export const ioPriority: Io["ioPriority"] = none;
export const ioFeatures: Io["ioFeatures"] = none;
export const ioMemory: Io["ioMemory"] = none;
export const ioProvide: Io["ioProvide"] = none;
export const ioProvidedMemory: Io["ioProvidedMemory"] = none;
export const ioProvidedOf: Io["ioProvidedOf"] = none;
export const ioProvidedRelease: Io["ioProvidedRelease"] = none;
export const ioProvidedFree: Io["ioProvidedFree"] = none;
export const ioRegistered: Io["ioRegistered"] = none;
export const ioText: Io["ioText"] = none;
export const ioArgument: Io["ioArgument"] = none;
export const ioPollFile: Io["ioPollFile"] = none;
export const ioTimeout: Io["ioTimeout"] = none;
export const ioClose: Io["ioClose"] = none;
export const ioCloseNow: Io["ioCloseNow"] = none;
export const ioHandOver: Io["ioHandOver"] = none;
export const ioHandedOver: Io["ioHandedOver"] = none;
export const ioOpen: Io["ioOpen"] = none;
export const ioRead: Io["ioRead"] = none;
export const ioWrite: Io["ioWrite"] = none;
export const ioReadProvided: Io["ioReadProvided"] = none;
export const ioReadVectors: Io["ioReadVectors"] = none;
export const ioWriteVectors: Io["ioWriteVectors"] = none;
export const ioSync: Io["ioSync"] = none;
export const ioSyncRange: Io["ioSyncRange"] = none;
export const ioAllocate: Io["ioAllocate"] = none;
export const ioStat: Io["ioStat"] = none;
export const ioStatField: Io["ioStatField"] = none;
export const ioUnlink: Io["ioUnlink"] = none;
export const ioRename: Io["ioRename"] = none;
export const ioMakeDirectory: Io["ioMakeDirectory"] = none;
export const ioLink: Io["ioLink"] = none;
export const ioListDirectory: Io["ioListDirectory"] = none;
export const ioReadLink: Io["ioReadLink"] = none;
export const ioAddressNew: Io["ioAddressNew"] = none;
export const ioAddressSet: Io["ioAddressSet"] = none;
export const ioAddressFamily: Io["ioAddressFamily"] = none;
export const ioAddressPort: Io["ioAddressPort"] = none;
export const ioAddressText: Io["ioAddressText"] = none;
export const ioAddressPeer: Io["ioAddressPeer"] = none;
export const ioAddressOf: Io["ioAddressOf"] = none;
export const ioOption: Io["ioOption"] = none;
export const ioSocket: Io["ioSocket"] = none;
export const ioBind: Io["ioBind"] = none;
export const ioListen: Io["ioListen"] = none;
export const ioAccept: Io["ioAccept"] = none;
export const ioConnect: Io["ioConnect"] = none;
export const ioSend: Io["ioSend"] = none;
export const ioReceive: Io["ioReceive"] = none;
export const ioReceiveStream: Io["ioReceiveStream"] = none;
export const ioSendMessage: Io["ioSendMessage"] = none;
export const ioReceiveMessage: Io["ioReceiveMessage"] = none;
export const ioSendTo: Io["ioSendTo"] = none;
export const ioReceiveFrom: Io["ioReceiveFrom"] = none;
export const ioShutdown: Io["ioShutdown"] = none;
