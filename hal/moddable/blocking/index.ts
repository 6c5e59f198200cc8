/**
 * The same platform for programs whose `run` blocks, serving the SDK's loop meanwhile (stator_port_idle in native/moddable/host.c): the portable
 * suite calls `run` again and again, each time for what it returns. Applications have the other one.
 */
export * from "../index.ts";

export const HOSTED = false;
