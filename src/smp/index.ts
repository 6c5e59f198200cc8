/** `stator/smp`: device management with the tools that people have (mcumgr, smpmgr): the server, its groups, and its line. */
export { CborReader } from "./cbor-reader.ts";
export { CborWriter } from "./cbor-writer.ts";
export * from "./errors.ts";
export { type Command, SmpGroup } from "./group.ts";
export { ImageGroup } from "./image-group.ts";
export * from "./image-store.ts";
export { OsGroup, type OsGroupOptions, type OsInfo } from "./os-group.ts";
export { SerialLine, SerialMessage, serveSerial } from "./serial.ts";
export { answer, SmpServer, type SmpServerOptions, smpBytes } from "./server.ts";
export { Setting, type SettingOptions, SettingsGroup, type SettingsOptions } from "./settings-group.ts";
export { ShellCall, type ShellCommand, ShellGroup } from "./shell-group.ts";
export { Counters, ExecutorStatistics, ServerStatistics, StatGroup, Statistics } from "./stat-group.ts";
export type { PoolSource } from "./task-table.ts";
export { WallClock } from "./wall-clock.ts";
