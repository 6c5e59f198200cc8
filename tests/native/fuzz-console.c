/*
 * The console of boards (native/cortex-m/console.c) under what a line does to it: bytes come whether somebody reads or not, the UART takes some and
 * is busy, and wherever interrupts are not masked more urgent code may write, too. What is read is what came, what goes out is what was
 * written, call by call in the order in which they began, and bytes that find no room stay in the UART.
 */
#include "chip.h"
#include "core.h"
#include "fuzz-input.h"
#include "interrupt-line.h"
#include "port.h"

enum { TEXT_MAX = 300, PENDING_MAX = 1 << 14, DEPTH_MAX = 3, PATIENCE = 3 };

static fuzz_input input;
static uint32_t masked, depth;
static bool receiving = true;

/* What has to come out of the UART, and what has to be read. */
static uint8_t expected[PENDING_MAX], arrived[PENDING_MAX];
static uint32_t expected_count, sent, arrived_count, read_count;
static uint32_t credit, refused;

void interrupt_line(uint32_t line)
{
	MUST(line == STATOR_LINE_CONSOLE);
}

static void receive(uint8_t byte)
{
#ifdef PLANTED /* a driver that does not ask: the test sees that it is found */
	console_has_room();
#else
	if (!console_has_room())
		return;
#endif
	MUST(arrived_count < PENDING_MAX);
	arrived[arrived_count++] = byte;
	console_received(byte);
}

static void write_some(void)
{
	uint32_t how = fuzz_byte(&input), count = fuzz_byte(&input) + (how & 64 ? TEXT_MAX - 256 : 0);
	uint8_t *bytes = fuzz_bytes(&input, &count);
	bool raw = how & 1;
	if (expected_count + 2 * count > PENDING_MAX) {
		free(bytes);
		return;
	}
	for (uint32_t i = 0; i < count; i++) {
		if (!raw && bytes[i] == '\n')
			expected[expected_count++] = '\r';
		expected[expected_count++] = bytes[i];
	}
	uint32_t cut = count ? how / 2 % count : 0;
	const stator_text pieces[] = { { (const char *)bytes, cut }, { (const char *)bytes + cut, count - cut } };
	depth++;
	if (raw)
		stator_port_write_raw((const char *)bytes, count);
	else if (how & 32)
		stator_port_write_texts(pieces, 2);
	else
		stator_port_write((const char *)bytes, count);
	depth--;
	free(bytes);
}

static void take_some(uint32_t count)
{
	while (count--) {
		int byte = stator_port_read();
		MUST(byte == (read_count < arrived_count ? arrived[read_count] : -1));
		if (byte < 0)
			return;
		read_count++;
	}
}

uint32_t core_mask(void)
{
	return masked++;
}

/* Where interrupts come again one may come at once. */
void core_unmask(uint32_t state)
{
	masked = state;
	if (masked || !fuzz_more(&input))
		return;
	uint32_t what = fuzz_byte(&input);
	if (what < 8)
		receive((uint8_t)fuzz_byte(&input));
	else if (what < 12 && depth && depth < DEPTH_MAX)
		write_some();
}

bool chip_console_send(uint8_t byte)
{
	if (!credit && ++refused < PATIENCE)
		return false;
	refused = 0;
	credit -= credit > 0;
	MUST(sent < expected_count && expected[sent] == byte);
	sent++;
	return true;
}

void chip_console_send_interrupt(bool on)
{
	(void)on;
}

void chip_console_receive_interrupt(bool on)
{
	receiving = on;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	input = (fuzz_input){ bytes, bytes + size };
	expected_count = sent = arrived_count = read_count = credit = 0;
	while (fuzz_more(&input)) {
		uint32_t what = fuzz_byte(&input);
		switch (what % 5) {
		case 0:
			for (uint32_t left = what / 5; left--;)
				receive((uint8_t)fuzz_byte(&input));
			break;
		case 1: take_some(what / 5); break;
		case 2: write_some(); break;
		case 3: credit = what; break;
		case 4: console_sendable(); break;
		}
		if (arrived_count + 64 > PENDING_MAX)
			break;
	}
	stator_port_flush();
	MUST(sent == expected_count);
	take_some(UINT32_MAX);
	MUST(read_count == arrived_count && receiving);
	return 0;
}
