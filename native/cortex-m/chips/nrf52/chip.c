/*
 * nRF52840: UARTE0 as console, TIMER0 at 16 MHz as measuring counter, pins as on the DK: light LED1 on P0.13 and button 1 on P0.11, both
 * active low, the button by GPIOTE. UARTE moves bytes by DMA, from RAM and to RAM, one at a time: Renode's model has no
 * other way either. Nothing waits for a clock.
 */
#include "chip.h"
#include "core.h"
#include "vectors.h"

#define CLOCK_HFCLKSTART REG(0x40000000)
#define CLOCK_LFCLKSTART REG(0x40000008)
#define CLOCK_LFCLKSRC REG(0x40000518)
#define UARTE_STARTRX REG(0x40002000)
#define UARTE_STARTTX REG(0x40002008)
#define UARTE_ENDRX REG(0x40002110)
#define UARTE_ENDTX REG(0x40002120)
#define UARTE_INTENSET REG(0x40002304)
#define UARTE_INTENCLR REG(0x40002308)
#define UARTE_ENABLE REG(0x40002500)
#define UARTE_PSELTXD REG(0x4000250C)
#define UARTE_PSELRXD REG(0x40002514)
#define UARTE_BAUDRATE REG(0x40002524)
#define UARTE_RXD_PTR REG(0x40002534)
#define UARTE_RXD_MAXCNT REG(0x40002538)
#define UARTE_TXD_PTR REG(0x40002544)
#define UARTE_TXD_MAXCNT REG(0x40002548)
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
#define GPIO_PIN_CNF(pin) REG(0x50000700 + 4 * (pin))

enum {
	UARTE_ON = 8, INT_ENDRX = 1 << 4, INT_ENDTX = 1 << 8, BAUD_115200 = 0x01D7E000,
	LFCLK_XTAL = 1, BITMODE_32 = 3,
	/* The last bit, the output's initial value, is nothing to an input; Renode takes it for the pin's level before the first edge. */
	EVENT_FALLING = 1 | 2 << 16 | 1 << 20, INT_IN0 = 1, PULL_UP = 3 << 2,
	PIN_TXD = 6, PIN_RXD = 8, PIN_LED = 13, PIN_BUTTON = 11,
	VECTOR_UARTE = 2, VECTOR_GPIOTE = 6, VECTOR_TIMER0 = 8, VECTOR_RTC1 = 17, VECTORS = 48,
};

void nrf_timer0_handler(void);
void nrf_rtc1_handler(void);

const uint32_t chip_systick_hz = 64000000;
const uint32_t chip_cycles_hz = 16000000;

static volatile uint8_t sent, received; /* what DMA reads and writes */
static bool sending;                    /* a byte is under way, or has gone and nobody has seen it yet */

static void receive_next(void)
{
	UARTE_ENDRX = 0;
	UARTE_STARTRX = 1;
}

void chip_init(void)
{
	CLOCK_HFCLKSTART = 1;
	CLOCK_LFCLKSRC = LFCLK_XTAL; /* until the crystal is up the RC oscillator serves */
	CLOCK_LFCLKSTART = 1;
	GPIO_OUTSET = 1u << PIN_LED | 1u << PIN_TXD;
	GPIO_DIRSET = 1u << PIN_LED | 1u << PIN_TXD;
	GPIO_PIN_CNF(PIN_BUTTON) = PULL_UP;
	GPIOTE_CONFIG0 = EVENT_FALLING | PIN_BUTTON << 8;
	GPIOTE_IN0 = 0;
	GPIOTE_INTENSET = INT_IN0;
	core_enable_vector(VECTOR_GPIOTE);
	UARTE_PSELTXD = PIN_TXD;
	UARTE_PSELRXD = PIN_RXD;
	UARTE_BAUDRATE = BAUD_115200;
	UARTE_ENABLE = UARTE_ON;
	UARTE_TXD_PTR = (uint32_t)(uintptr_t)&sent;
	UARTE_TXD_MAXCNT = 1;
	UARTE_RXD_PTR = (uint32_t)(uintptr_t)&received;
	UARTE_RXD_MAXCNT = 1;
	UARTE_INTENSET = INT_ENDRX;
	core_enable_vector(VECTOR_UARTE);
	receive_next();
	TIMER0_BITMODE = BITMODE_32;
	TIMER0_PRESCALER = 0;
	TIMER0_START = 1;
}

bool chip_console_send(uint8_t byte)
{
	if (sending && !UARTE_ENDTX)
		return false;
	UARTE_ENDTX = 0;
	sent = byte;
	sending = true;
	UARTE_STARTTX = 1;
	return true;
}

void chip_console_send_interrupt(bool on)
{
	if (on)
		UARTE_INTENSET = INT_ENDTX;
	else
		UARTE_INTENCLR = INT_ENDTX;
}

void chip_console_receive_interrupt(bool on)
{
	if (on)
		UARTE_INTENSET = INT_ENDRX;
	else
		UARTE_INTENCLR = INT_ENDRX;
}

static void uarte_handler(void)
{
	if (UARTE_ENDRX && console_has_room()) {
		uint8_t byte = received;
		receive_next();
		console_received(byte);
	}
	if (UARTE_ENDTX)
		console_sendable();
}

void chip_led(bool on)
{
	if (on)
		GPIO_OUTCLR = 1u << PIN_LED;
	else
		GPIO_OUTSET = 1u << PIN_LED;
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
	[VECTOR_UARTE] = uarte_handler,
	[VECTOR_GPIOTE] = gpiote_handler,
	[VECTOR_TIMER0] = nrf_timer0_handler, /* time/nrf-timer.c and nrf-rtc.c: one of the two in each program */
	[VECTOR_RTC1] = nrf_rtc1_handler,
};
