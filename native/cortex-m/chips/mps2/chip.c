/* MPS2 FPGA images (AN385, AN386): CMSDK UART0 as console, CMSDK timer 0 as measuring counter, 25 MHz throughout.
 * The image has no button that interrupts: the last vector stands for one. */
#include "chip.h"
#include "core.h"
#include "vectors.h"

#define UART_DATA REG(0x40004000)
#define UART_STATE REG(0x40004004)
#define UART_CTRL REG(0x40004008)
#define UART_INTCLEAR REG(0x4000400C)
#define UART_BAUDDIV REG(0x40004010)
#define TIMER0_CTRL REG(0x40000000)
#define TIMER0_VALUE REG(0x40000004)
#define TIMER0_RELOAD REG(0x40000008)
#define FPGAIO_LED REG(0x40028000)

enum {
	STATE_TX_FULL = 1, STATE_RX_FULL = 2,
	CTRL_TX = 1, CTRL_RX = 2, CTRL_TX_INT = 4, CTRL_RX_INT = 8,
	INT_TX = 1, INT_RX = 2,
	VECTOR_UART0_RX = 0, VECTOR_UART0_TX = 1, VECTOR_TIMER1 = 9, VECTOR_BUTTON = 31, VECTORS = 32,
};

void cmsdk_timer1_handler(void);

const uint32_t chip_systick_hz = 25000000;
const uint32_t chip_cycles_hz = 25000000;

void chip_init(void)
{
	UART_BAUDDIV = chip_systick_hz / 115200;
	UART_CTRL = CTRL_TX | CTRL_RX | CTRL_RX_INT;
	core_enable_vector(VECTOR_UART0_RX);
	core_enable_vector(VECTOR_UART0_TX);
	core_enable_vector(VECTOR_BUTTON);
	TIMER0_RELOAD = 0xFFFFFFFF;
	TIMER0_VALUE = 0xFFFFFFFF;
	TIMER0_CTRL = 1;
}

bool chip_console_send(uint8_t byte)
{
	if (UART_STATE & STATE_TX_FULL)
		return false;
	UART_DATA = byte;
	return true;
}

void chip_console_send_interrupt(bool on)
{
	UART_CTRL = CTRL_TX | CTRL_RX | CTRL_RX_INT | (on ? CTRL_TX_INT : 0);
}

void chip_console_receive_interrupt(bool on)
{
	if (on) {
		core_enable_vector(VECTOR_UART0_RX);
		core_pend_vector(VECTOR_UART0_RX); /* for a byte that waits: its interrupt may have been cleared with the one before */
	} else
		core_disable_vector(VECTOR_UART0_RX);
}

static void receive_handler(void)
{
	/* Renode's UART holds many bytes behind one interrupt; a byte that there is no room for stays in the UART. */
	while (UART_STATE & STATE_RX_FULL && console_has_room()) {
		UART_INTCLEAR = INT_RX;
		console_received((uint8_t)UART_DATA);
	}
}

static void send_handler(void)
{
	UART_INTCLEAR = INT_TX;
	console_sendable();
}

void chip_led(bool on)
{
	uint32_t state = core_mask(); /* LED1 is in the same register */
	FPGAIO_LED = on ? FPGAIO_LED | 1 : FPGAIO_LED & ~1u;
	core_unmask(state);
}

uint32_t chip_cycles(void)
{
	return ~TIMER0_VALUE;
}

const uint32_t chip_vector_count = VECTORS;

__attribute__((section(".vectors.chip"), used)) void (*const chip_vectors[VECTORS])(void) = {
	[0 ... VECTORS - 1] = vector_entry,
	[VECTOR_UART0_RX] = receive_handler,
	[VECTOR_UART0_TX] = send_handler,
	[VECTOR_TIMER1] = cmsdk_timer1_handler, /* time/cmsdk-timer.c, in programs that have it */
	[VECTOR_BUTTON] = button_pressed,
};
