/*
 * STM32F405: USART1 as console, TIM2 as measuring counter, PA10 as light; pins.c has the pins. QEMU's netduinoplus2 models neither RCC nor
 * GPIO: their registers are written blindly and nothing waits for them. QEMU's SysTick runs at 168 MHz there.
 */
#include "chip.h"
#include "core.h"
#include "vectors.h"

#define RCC_AHB1ENR REG(0x40023830)
#define RCC_APB1ENR REG(0x40023840)
#define RCC_APB2ENR REG(0x40023844)
#define GPIOA_MODER REG(0x40020000)
#define GPIOA_BSRR REG(0x40020018)
#define USART1_SR REG(0x40011000)
#define USART1_DR REG(0x40011004)
#define USART1_BRR REG(0x40011008)
#define USART1_CR1 REG(0x4001100C)
#define TIM2_CR1 REG(0x40000000)
#define TIM2_EGR REG(0x40000014)
#define TIM2_CNT REG(0x40000024)
#define TIM2_PSC REG(0x40000028)
#define TIM2_ARR REG(0x4000002C)

enum {
	SR_RXNE = 1 << 5, SR_TXE = 1 << 7,
	CR1_RE = 1 << 2, CR1_TE = 1 << 3, CR1_RXNEIE = 1 << 5, CR1_TXEIE = 1 << 7, CR1_UE = 1 << 13,
	CR1_BASE = CR1_UE | CR1_TE | CR1_RE | CR1_RXNEIE,
	LED_PIN = 10,
	VECTOR_EXTI0 = 6, VECTOR_EXTI4 = 10, VECTOR_EXTI9_5 = 23, VECTOR_USART1 = 37, VECTOR_EXTI15_10 = 40, VECTOR_TIM5 = 50, VECTORS = 82,
};

void stm32_tim5_handler(void);

const uint32_t chip_systick_hz = 168000000;
/* QEMU runs TIM2 at 1 GHz; silicon at twice its bus clock. Measurements here are for the emulator. */
const uint32_t chip_cycles_hz = 1000000000;

void chip_init(void)
{
	RCC_AHB1ENR |= 1;
	RCC_APB1ENR |= 1;
	RCC_APB2ENR |= 1 << 4;
	GPIOA_MODER |= 1u << (2 * LED_PIN);
	USART1_BRR = 84000000 / 115200;
	USART1_CR1 = CR1_BASE;
	core_enable_vector(VECTOR_USART1);
	TIM2_PSC = 0;
	TIM2_ARR = 0xFFFFFFFF;
	TIM2_EGR = 1;
	TIM2_CR1 = 1;
}

bool chip_console_send(uint8_t byte)
{
	if (!(USART1_SR & SR_TXE))
		return false;
	USART1_DR = byte;
	return true;
}

void chip_console_send_interrupt(bool on)
{
	USART1_CR1 = CR1_BASE | (on ? CR1_TXEIE : 0);
}

/* At the NVIC, sending included: the emulator keeps its line raised until the byte is read, whatever RXNEIE says. A writer
   that waits for room empties the ring by hand. */
void chip_console_receive_interrupt(bool on)
{
	if (on)
		core_enable_vector(VECTOR_USART1);
	else
		core_disable_vector(VECTOR_USART1);
}

static void usart1_handler(void)
{
	if (USART1_SR & SR_RXNE && console_has_room())
		console_received((uint8_t)USART1_DR);
	if (USART1_CR1 & CR1_TXEIE)
		console_sendable();
}

void chip_led(bool on)
{
	GPIOA_BSRR = on ? 1u << LED_PIN : 1u << (LED_PIN + 16);
}

uint32_t chip_cycles(void)
{
	return TIM2_CNT;
}

void exti_handler(void); /* pins.c */

const uint32_t chip_vector_count = VECTORS;

__attribute__((section(".vectors.chip"), used)) void (*const chip_vectors[VECTORS])(void) = {
	[0 ... VECTORS - 1] = vector_entry,
	[VECTOR_USART1] = usart1_handler,
	[VECTOR_EXTI0 ... VECTOR_EXTI4] = exti_handler,
	[VECTOR_EXTI9_5] = exti_handler,
	[VECTOR_EXTI15_10] = exti_handler,
	[VECTOR_TIM5] = stm32_tim5_handler, /* time/stm32-tim.c, in programs that have it */
};
