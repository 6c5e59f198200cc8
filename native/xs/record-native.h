/* record-native.h: an application's own native function in a program that is recorded or replayed. */
#ifndef STATOR_RECORD_NATIVE_H
#define STATOR_RECORD_NATIVE_H

struct sxMachine;

/* Calls it and notes what it gives; null, in a replay: gives what it gave. */
void stator_record_native(struct sxMachine *the, void (*function)(struct sxMachine *the));

#endif
