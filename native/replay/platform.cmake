# The Linux host in the place of a board that a record is of (docs/record-and-replay.md): ids, calendar and random numbers are a board's, what
# comes from outside is the record's. The names of vectors are the chip's: a source of each program (tools/record/program.ts).
set(STATOR_SLOT_BITS 12)
set(STATOR_ATOMIC exclusive)
set(STATOR_SETTINGS STATOR_STACK_SLOTS=4096 STATOR_INITIAL_SLOTS=16384 STATOR_INITIAL_CHUNK_BYTES=65536 STATOR_SPARE_KEYS=1024 STATOR_POOL_BYTES=1048576 STATOR_HEAP_BYTES=268435456 STATOR_HALT=1)
set(STATOR_SETJMP_SYMBOL "\"_setjmp\"")
add_compile_options(-O2 -g -fno-tree-slp-vectorize)
add_compile_definitions(STATOR_RECORDED=1)
set(STATOR_PLATFORM_INCLUDES ${CMAKE_CURRENT_LIST_DIR}/board ${CMAKE_CURRENT_SOURCE_DIR}/linux)
set(STATOR_LIBRARIES m pthread)

set(NATIVE ${CMAKE_CURRENT_SOURCE_DIR})
set(STATOR_PLATFORM_SOURCES ${CMAKE_CURRENT_LIST_DIR}/replay.c ${CMAKE_CURRENT_LIST_DIR}/report.c ${CMAKE_CURRENT_LIST_DIR}/port.c ${CMAKE_CURRENT_LIST_DIR}/interrupt.c
	${NATIVE}/linux/memory.c ${NATIVE}/linux/ahead.c ${NATIVE}/linux/cycles.c ${NATIVE}/linux/hold.c ${NATIVE}/linux/shared-memory.c ${NATIVE}/cortex-m/libc.c ${NATIVE}/xs/record-steps.c ${NATIVE}/xs/record-board.c
	${NATIVE}/xs/record-native.c)
# The trace asks for times, which are in the record, too.
set(STATOR_TRACE_SOURCES ${CMAKE_CURRENT_LIST_DIR}/replay.c)
