# An MPS2 that is taken for a Cortex-M0: what is built for Armv6-M runs on the AN385's Cortex-M3 as well, with memory enough for all tests.
set(STATOR_CHIP mps2)
set(STATOR_CORE armv6m)
set(STATOR_CPU -mcpu=cortex-m0 -mthumb)
set(STATOR_STACK_BYTES 8192)
