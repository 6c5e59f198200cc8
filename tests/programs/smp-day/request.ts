/** The request for the task table as it stands on a line; tests/qemu/smp.test.ts compares it with one that it makes. */
export const TASKS_ASKED = "\x06\x09AAsIAAABAAAHAqA6Rw==\n";
