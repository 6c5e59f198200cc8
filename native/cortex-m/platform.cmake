# A board: freestanding, one static block, no C library malloc.
set(STATOR_SLOT_BITS 12)
set(STATOR_SETTINGS STATOR_STACK_SLOTS=320 STATOR_INITIAL_SLOTS=384 STATOR_INITIAL_CHUNK_BYTES=1024 STATOR_SPARE_KEYS=32 STATOR_POOL_BYTES=3072 STATOR_HEAP_BYTES=0 STATOR_HALT=1)
set(STATOR_SETJMP_SYMBOL "\"setjmp\"")
include(${CMAKE_CURRENT_LIST_DIR}/boards/${STATOR_BOARD}/board.cmake)

add_compile_options(${STATOR_CPU} -Wno-override-init -Os -g -ffunction-sections -fdata-sections -fno-common
	-fno-unwind-tables -fno-asynchronous-unwind-tables -fno-tree-loop-distribute-patterns)
add_link_options(${STATOR_CPU} --specs=nano.specs -nostartfiles -Wl,--gc-sections
	-L${CMAKE_CURRENT_LIST_DIR} -T${CMAKE_CURRENT_LIST_DIR}/boards/${STATOR_BOARD}/memory.ld
	-Wl,--no-warn-rwx-segments)
set(STATOR_LIBRARIES m)

set(STATOR_PLATFORM_SOURCES startup.c button.c clock.c console.c cycles.c fault.c memory.c libc.c vectors.c chips/${STATOR_CHIP}/chip.c)
set(STATOR_TRACE_SOURCES ${CMAKE_CURRENT_LIST_DIR}/trace-vectors.c)
list(TRANSFORM STATOR_PLATFORM_SOURCES PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
