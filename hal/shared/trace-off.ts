/** What stands for native/xs/trace.js in a program that is not traced: nothing, and the bundler removes the calls. */

export function mark(_name: string, _value?: number): void {}

export function spawned(_slot: number): void {}

export function dumpTrace(): void {}
