# Armv7-M and Armv7E-M: Cortex-M3, M4, M7.
set(STATOR_ATOMIC exclusive)
