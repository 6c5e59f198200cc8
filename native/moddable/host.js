// The native functions of native/moddable/host.c. Compiled by xsc; no JavaScript parser reads this file.
// stator: no-allocation keeps three functions
export function host(polls, settle, attend) @ "xs_stator_host";
// stator: no-allocation sets a word
export function hostEnded(failed) @ "xs_stator_host_ended";
