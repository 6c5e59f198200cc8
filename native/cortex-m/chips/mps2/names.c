/* The vectors of the AN385 and AN386 images, as their application notes call them. */
#include "interrupt-port.h"

static const char *const names[] = {
	"UART0_RX", "UART0_TX", "UART1_RX", "UART1_TX", "UART2_RX", "UART2_TX", "GPIO0", "GPIO1",
	"TIMER0", "TIMER1", "DUALTIMER", "SPI", "UART_OVERFLOW", "ETHERNET", "I2S", "TOUCH",
	"GPIO0_0", "GPIO0_1", "GPIO0_2", "GPIO0_3", "GPIO0_4", "GPIO0_5", "GPIO0_6", "GPIO0_7",
	"GPIO0_8", "GPIO0_9", "GPIO0_10", "GPIO0_11", "GPIO0_12", "GPIO0_13", "GPIO0_14", "GPIO0_15",
};

const char *stator_port_vector_name(uint32_t vector)
{
	return vector < sizeof names / sizeof *names ? names[vector] : 0;
}
