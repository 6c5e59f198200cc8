/* Timers of the SDK (tests/native/moddable-storm.c). */
#ifndef FAKE_MOD_TIMER_H
#define FAKE_MOD_TIMER_H

typedef struct fake_timer *modTimer;
typedef void (*modTimerCallback)(modTimer timer, void *refcon, int size);

modTimer modTimerAdd(int first, int repeat, modTimerCallback callback, void *refcon, int size);
void modTimerReschedule(modTimer timer, int first, int repeat);
void modTimerUnschedule(modTimer timer);

#endif
