# A board: freestanding, one static block, no C library malloc. What differs between boards is in the board's folder: which chip,
# which core (board.cmake), which clocks (board.json), how much memory (memory.ld).
set(STATOR_SLOT_BITS 12)
set(STATOR_SETTINGS STATOR_STACK_SLOTS=320 STATOR_INITIAL_SLOTS=384 STATOR_INITIAL_CHUNK_BYTES=1024 STATOR_SPARE_KEYS=32 STATOR_POOL_BYTES=3072 STATOR_HEAP_BYTES=0 STATOR_HALT=1)
set(STATOR_SETJMP_SYMBOL "\"setjmp\"")
include(${STATOR_BOARD}/board.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/${STATOR_CORE}/core.cmake)

# The first clock that the board names is its own; a program may choose another (setting "clock").
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${STATOR_BOARD}/board.json ${STATOR_BOARD}/board.cmake)
file(READ ${STATOR_BOARD}/board.json board)
string(JSON STATOR_CLOCK GET "${board}" clocks 0)
set(STATOR_TIME_DRIVERS ${CMAKE_CURRENT_LIST_DIR}/time)

add_compile_options(${STATOR_CPU} -Wno-override-init -Os -g -ffunction-sections -fdata-sections -fno-common
	-fno-unwind-tables -fno-asynchronous-unwind-tables -fno-tree-loop-distribute-patterns)
add_link_options(${STATOR_CPU} --specs=nano.specs -nostartfiles -Wl,--gc-sections
	-L${CMAKE_CURRENT_LIST_DIR} -T${STATOR_BOARD}/memory.ld
	-Wl,--no-warn-rwx-segments)
include_directories(${CMAKE_CURRENT_SOURCE_DIR}/xs/fixed-steps)
set(STATOR_LIBRARIES m)

set(STATOR_PLATFORM_SOURCES startup.c clock.c console.c cycles.c fault.c flash/areas.c flash/program.c interrupt.c level.c lock.c memory.c shared-memory.c libc.c vectors.c
	${STATOR_CORE}/core.c chips/${STATOR_CHIP}/chip.c)
# Pins, those that interrupt, the names of vectors and the flash, as far as the chip's folder has them.
foreach(part digital pins names flash)
	if(EXISTS ${CMAKE_CURRENT_LIST_DIR}/chips/${STATOR_CHIP}/${part}.c)
		list(APPEND STATOR_PLATFORM_SOURCES chips/${STATOR_CHIP}/${part}.c)
	else()
		list(APPEND STATOR_PLATFORM_SOURCES no-${part}.c)
	endif()
endforeach()
set(STATOR_TRACE_SOURCES ${CMAKE_CURRENT_LIST_DIR}/trace-vectors.c)
# Where the outside comes in: compiled anew for programs that are recorded.
set(STATOR_RECORD_SOURCES clock console fault interrupt record-port ../xs/record-board)
list(TRANSFORM STATOR_RECORD_SOURCES PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
list(TRANSFORM STATOR_RECORD_SOURCES APPEND .c)
set(STATOR_RECORD_MEMORY ${CMAKE_CURRENT_SOURCE_DIR}/xs/record-memory.c)
list(TRANSFORM STATOR_PLATFORM_SOURCES PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
# Between an interrupt and the task that it wakes.
set(STATOR_PLATFORM_HOT clock interrupt lock)
list(TRANSFORM STATOR_PLATFORM_HOT PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
list(TRANSFORM STATOR_PLATFORM_HOT APPEND .c)
