# MPS2 AN385: Cortex-M3 at 25 MHz. QEMU: -M mps2-an385
set(STATOR_CHIP mps2)
set(STATOR_CORE armv7m)
set(STATOR_CPU -mcpu=cortex-m3 -mthumb)
set(STATOR_STACK_BYTES 8192)
