/* The vectors of the STM32F405, as its reference manual (RM0090) calls them. */
#include "interrupt-port.h"

static const char *const names[] = {
	"WWDG", "PVD", "TAMP_STAMP", "RTC_WKUP", "FLASH", "RCC", "EXTI0", "EXTI1", "EXTI2", "EXTI3", "EXTI4",
	"DMA1_STREAM0", "DMA1_STREAM1", "DMA1_STREAM2", "DMA1_STREAM3", "DMA1_STREAM4", "DMA1_STREAM5", "DMA1_STREAM6",
	"ADC", "CAN1_TX", "CAN1_RX0", "CAN1_RX1", "CAN1_SCE", "EXTI9_5", "TIM1_BRK_TIM9", "TIM1_UP_TIM10", "TIM1_TRG_COM_TIM11",
	"TIM1_CC", "TIM2", "TIM3", "TIM4", "I2C1_EV", "I2C1_ER", "I2C2_EV", "I2C2_ER", "SPI1", "SPI2", "USART1", "USART2", "USART3",
	"EXTI15_10", "RTC_ALARM", "OTG_FS_WKUP", "TIM8_BRK_TIM12", "TIM8_UP_TIM13", "TIM8_TRG_COM_TIM14", "TIM8_CC", "DMA1_STREAM7",
	"FSMC", "SDIO", "TIM5", "SPI3", "UART4", "UART5", "TIM6_DAC", "TIM7", "DMA2_STREAM0", "DMA2_STREAM1", "DMA2_STREAM2",
	"DMA2_STREAM3", "DMA2_STREAM4", "ETH", "ETH_WKUP", "CAN2_TX", "CAN2_RX0", "CAN2_RX1", "CAN2_SCE", "OTG_FS", "DMA2_STREAM5",
	"DMA2_STREAM6", "DMA2_STREAM7", "USART6", "I2C3_EV", "I2C3_ER", "OTG_HS_EP1_OUT", "OTG_HS_EP1_IN", "OTG_HS_WKUP", "OTG_HS",
	"DCMI", 0, "HASH_RNG", "FPU",
};

const char *stator_port_vector_name(uint32_t vector)
{
	return vector < sizeof names / sizeof *names ? names[vector] : 0;
}
