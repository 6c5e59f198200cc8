/* cycles.h: which counter measures polls (stator-cycles.h). */
#ifndef CYCLES_H
#define CYCLES_H

/* Chooses the counter, and begins to measure its rate. */
void cycles_init(void);

#endif
