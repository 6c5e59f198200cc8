/* A chip whose vectors have numbers only. */
#include "interrupt-port.h"

const char *stator_port_vector_name(uint32_t vector)
{
	(void)vector;
	return 0;
}
