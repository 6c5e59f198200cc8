# The Linux host.
set(STATOR_SLOT_BITS 17)
set(STATOR_ATOMIC exclusive)
set(STATOR_SETTINGS STATOR_STACK_SLOTS=4096 STATOR_INITIAL_SLOTS=16384 STATOR_INITIAL_CHUNK_BYTES=65536 STATOR_SPARE_KEYS=1024 STATOR_POOL_BYTES=1048576 STATOR_HEAP_BYTES=268435456 STATOR_HALT=1)
set(STATOR_SETJMP_SYMBOL "\"_setjmp\"")
# -fno-tree-slp-vectorize: with it gcc 12 merges the interpreter's dispatch into one indirect jump.
add_compile_options(-O2 -g -fno-tree-slp-vectorize)
set(STATOR_LIBRARIES m pthread)
set(STATOR_PLATFORM_SOURCES ${CMAKE_CURRENT_LIST_DIR}/port.c ${CMAKE_CURRENT_LIST_DIR}/cycles.c ${CMAKE_CURRENT_LIST_DIR}/interrupt.c ${CMAKE_CURRENT_LIST_DIR}/level.c
	${CMAKE_CURRENT_LIST_DIR}/shared-memory.c ${CMAKE_CURRENT_LIST_DIR}/sleeper.c ${CMAKE_CURRENT_LIST_DIR}/dispatch.c ${CMAKE_CURRENT_LIST_DIR}/threads.c ${CMAKE_CURRENT_LIST_DIR}/threads-glue.c)
