# Armv6-M: Cortex-M0, M0+. No exclusive access; a load or store that is not aligned faults.
set(STATOR_ATOMIC masked)
add_compile_definitions(mxUnalignedAccess=0)
