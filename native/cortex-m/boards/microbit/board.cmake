# BBC micro:bit: nRF51822, Cortex-M0 at 16 MHz. QEMU: -M microbit
set(STATOR_CHIP nrf51)
set(STATOR_CORE armv6m)
set(STATOR_CPU -mcpu=cortex-m0 -mthumb)
set(STATOR_STACK_BYTES 4096)
