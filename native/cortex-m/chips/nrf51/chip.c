/*
 * nRF51822: UART as console, TIMER0 at 16 MHz as measuring counter, pins as on the micro:bit: light P0.13 (row 1 of the matrix; its column
 * P0.4 is pulled down), button A on P0.17 by GPIOTE. QEMU's microbit models neither GPIOTE nor RTC nor the low-frequency clock:
 * their registers are written blindly and nothing waits for them.
 * The chip has no SysTick (a core may leave it out); QEMU's has one all the same, and nothing uses it.
 */
#include "chip.h"
#include "core.h"
#include "vectors.h"

#define CLOCK_HFCLKSTART REG(0x40000000)
#define CLOCK_LFCLKSTART REG(0x40000008)
#define CLOCK_LFCLKSRC REG(0x40000518)
#define UART_STARTRX REG(0x40002000)
#define UART_STARTTX REG(0x40002008)
#define UART_RXDRDY REG(0x40002108)
#define UART_TXDRDY REG(0x4000211C)
#define UART_INTENSET REG(0x40002304)
#define UART_INTENCLR REG(0x40002308)
#define UART_ENABLE REG(0x40002500)
#define UART_PSELTXD REG(0x4000250C)
#define UART_PSELRXD REG(0x40002514)
#define UART_RXD REG(0x40002518)
#define UART_TXD REG(0x4000251C)
#define UART_BAUDRATE REG(0x40002524)
#define GPIOTE_IN0 REG(0x40006100)
#define GPIOTE_INTENSET REG(0x40006304)
#define GPIOTE_CONFIG0 REG(0x40006510)
#define TIMER0_START REG(0x40008000)
#define TIMER0_CAPTURE2 REG(0x40008048)
#define TIMER0_BITMODE REG(0x40008508)
#define TIMER0_PRESCALER REG(0x40008510)
#define TIMER0_CC2 REG(0x40008548)
#define GPIO_OUTSET REG(0x50000508)
#define GPIO_OUTCLR REG(0x5000050C)
#define GPIO_DIRSET REG(0x50000518)

enum {
	UART_ON = 4, INT_RXDRDY = 1 << 2, INT_TXDRDY = 1 << 7, BAUD_115200 = 0x01D7E000,
	LFCLK_RC = 0, BITMODE_32 = 3,
	EVENT_FALLING = 1 | 2 << 16, INT_IN0 = 1,
	PIN_TXD = 24, PIN_RXD = 25, PIN_COLUMN = 4, PIN_LED = 13, PIN_BUTTON = 17,
	VECTOR_UART = 2, VECTOR_GPIOTE = 6, VECTOR_TIMER0 = 8, VECTOR_RTC1 = 17, VECTORS = 32,
};

void nrf_timer0_handler(void);
void nrf_rtc1_handler(void);

const uint32_t chip_systick_hz = 0;
const uint32_t chip_cycles_hz = 16000000;

static bool sending; /* a byte is under way, or has gone and nobody has seen it yet */

void chip_init(void)
{
	CLOCK_HFCLKSTART = 1; /* the crystal: the UART needs it; until it is up the RC oscillator serves */
	CLOCK_LFCLKSRC = LFCLK_RC;
	CLOCK_LFCLKSTART = 1;
	GPIO_DIRSET = 1u << PIN_LED | 1u << PIN_COLUMN | 1u << PIN_TXD;
	UART_PSELTXD = PIN_TXD;
	UART_PSELRXD = PIN_RXD;
	UART_BAUDRATE = BAUD_115200;
	UART_ENABLE = UART_ON;
	UART_STARTTX = 1;
	UART_STARTRX = 1;
	UART_INTENSET = INT_RXDRDY;
	core_enable_vector(VECTOR_UART);
	GPIOTE_CONFIG0 = EVENT_FALLING | PIN_BUTTON << 8;
	GPIOTE_INTENSET = INT_IN0;
	core_enable_vector(VECTOR_GPIOTE);
	TIMER0_BITMODE = BITMODE_32;
	TIMER0_PRESCALER = 0;
	TIMER0_START = 1;
}

bool chip_console_send(uint8_t byte)
{
	if (sending && !UART_TXDRDY)
		return false;
	UART_TXDRDY = 0;
	UART_TXD = byte;
	sending = true;
	return true;
}

void chip_console_send_interrupt(bool on)
{
	if (on)
		UART_INTENSET = INT_TXDRDY;
	else
		UART_INTENCLR = INT_TXDRDY;
}

void chip_console_receive_interrupt(bool on)
{
	if (on)
		UART_INTENSET = INT_RXDRDY;
	else
		UART_INTENCLR = INT_RXDRDY;
}

static void uart_handler(void)
{
	if (UART_RXDRDY && console_has_room()) {
		UART_RXDRDY = 0; /* before the byte is read: the next one in the UART raises it again */
		console_received((uint8_t)UART_RXD);
	}
	if (UART_TXDRDY)
		console_sendable();
}

void chip_led(bool on)
{
	if (on)
		GPIO_OUTSET = 1u << PIN_LED;
	else
		GPIO_OUTCLR = 1u << PIN_LED;
}

uint32_t chip_cycles(void)
{
	TIMER0_CAPTURE2 = 1;
	return TIMER0_CC2;
}

static void gpiote_handler(void)
{
	GPIOTE_IN0 = 0;
	button_pressed();
}

const uint32_t chip_vector_count = VECTORS;

__attribute__((section(".vectors.chip"), used)) void (*const chip_vectors[VECTORS])(void) = {
	[0 ... VECTORS - 1] = vector_entry,
	[VECTOR_UART] = uart_handler,
	[VECTOR_GPIOTE] = gpiote_handler,
	[VECTOR_TIMER0] = nrf_timer0_handler, /* time/nrf-timer.c and nrf-rtc.c: one of the two in each program */
	[VECTOR_RTC1] = nrf_rtc1_handler,
};
