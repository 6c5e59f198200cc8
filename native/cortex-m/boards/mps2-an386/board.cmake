# MPS2 AN386: Cortex-M4F at 25 MHz, the peripherals of the AN385. QEMU: -M mps2-an386
set(STATOR_CHIP mps2)
set(STATOR_CORE armv7m)
set(STATOR_CPU -mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=hard)
set(STATOR_STACK_BYTES 8192)
