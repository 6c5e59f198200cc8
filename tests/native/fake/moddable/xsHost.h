/* The event loop of a small board, as the SDK gives it: messages from a pool that may be full (tests/native/moddable-storm.c). */
#ifndef FAKE_XS_HOST_H
#define FAKE_XS_HOST_H

#include <stddef.h>
#include <stdint.h>

struct sxMachine;
typedef void (*modMessageDeliver)(void *the, void *refcon, uint8_t *message, uint16_t length);

int modMessagePostToMachineFromISR(struct sxMachine *the, modMessageDeliver callback, void *refcon);
int modMessageService(struct sxMachine *the, int milliseconds);
void modTimersExecute(void);
int modTimersNext(void);
uint32_t modMilliseconds(void);
void modLog_transmit(const char *text);

#endif
