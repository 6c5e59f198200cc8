/*
 * A finger for the button of the emulated STM32F405, whose pins QEMU does not model: TIM3 pends the pin's vector again and
 * again.
 */
#include "xsAll.h"

#include "core.h"
#include "vectors.h"

#define TIM3_CR1 REG(0x40000400)
#define TIM3_DIER REG(0x4000040C)
#define TIM3_SR REG(0x40000410)
#define TIM3_EGR REG(0x40000414)
#define TIM3_PSC REG(0x40000428)
#define TIM3_ARR REG(0x4000042C)

enum { VECTOR_TIM3 = 29, VECTOR_EXTI15_10 = 40, TIM_HZ = 1000000000 };

static volatile int32_t left;

static void handler(uint32_t vector)
{
	(void)vector;
	TIM3_SR = 0;
	if (left-- > 0)
		core_pend_vector(VECTOR_EXTI15_10);
	else
		TIM3_CR1 = 0;
}

/* press(times, everyMs) */
void xs_test_press(txMachine *the)
{
	left = fxToInteger(the, mxArgv(0));
	vector_attach(VECTOR_TIM3, handler);
	core_enable_vector(VECTOR_TIM3);
	TIM3_PSC = TIM_HZ / 1000000 - 1;
	TIM3_ARR = 1000 * (uint32_t)fxToInteger(the, mxArgv(1));
	TIM3_EGR = 1;
	TIM3_SR = 0;
	TIM3_DIER = 1;
	TIM3_CR1 = 1;
}
