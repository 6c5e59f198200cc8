# Netduino Plus 2: STM32F405, Cortex-M4F at 168 MHz. QEMU: -M netduinoplus2
set(STATOR_CHIP stm32f4)
set(STATOR_CORE armv7m)
set(STATOR_CPU -mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=hard)
set(STATOR_STACK_BYTES 6144)
