/*
 * pins.h: pins that interrupt, as a chip has them (chips/<chip>/pins.c; no-pins.c where a chip has no such file). Lines
 * are what its edge detectors are numbered by; several pins may share one.
 */
#ifndef STATOR_PINS_H
#define STATOR_PINS_H

#include "interrupt-port.h"

/* How many lines there are. */
extern const uint32_t pin_lines;

/* A detector has seen an edge. ISR. */
static inline void pin_edge(uint32_t line, uint32_t edge, void (*tell)(uint32_t line))
{
	if (!tell)
		return;
	tell(STATOR_LINE_PINS + STATOR_EDGES * line + edge);
	tell(STATOR_LINE_PINS + STATOR_EDGES * line + STATOR_EDGE_BOTH);
}

#endif
