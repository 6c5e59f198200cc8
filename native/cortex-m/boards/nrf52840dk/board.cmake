# Nordic nRF52840 DK: Cortex-M4F at 64 MHz. QEMU has no model of it; Renode has.
set(STATOR_CHIP nrf52)
set(STATOR_CORE armv7m)
set(STATOR_CPU -mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=hard)
set(STATOR_STACK_BYTES 6144)
