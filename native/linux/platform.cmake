# The Linux host.
set(STATOR_SLOT_BITS 17)
set(STATOR_ATOMIC exclusive)
set(STATOR_SETTINGS STATOR_STACK_SLOTS=4096 STATOR_INITIAL_SLOTS=16384 STATOR_INITIAL_CHUNK_BYTES=65536 STATOR_SPARE_KEYS=1024 STATOR_POOL_BYTES=1048576 STATOR_HEAP_BYTES=268435456 STATOR_HALT=1
	STATOR_IO_ENTRIES=256 STATOR_IO_FILES=1024 STATOR_IO_BUFFER_BYTES=67108864 STATOR_IO_PROVIDED=256 STATOR_IO_PROVIDED_BYTES=4096)
set(STATOR_SETJMP_SYMBOL "\"_setjmp\"")
# -fno-tree-slp-vectorize: with it gcc 12 merges the interpreter's dispatch into one indirect jump.
add_compile_options(-O2 -g -fno-tree-slp-vectorize)
# The archive: a program without files and sockets takes nothing of it.
set(STATOR_LIBRARIES m pthread -l:liburing.a)
set(STATOR_PLATFORM_SOURCES port cycles hold interrupt level libc digital uring uring-operation uring-complete uring-buffers uring-shared io-glue file-glue socket-glue
	memory ahead shared-memory sleeper dispatch dispatch-made dispatch-queue threads threads-glue flash-file)
list(TRANSFORM STATOR_PLATFORM_SOURCES PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
list(TRANSFORM STATOR_PLATFORM_SOURCES APPEND .c)
set(STATOR_SETTINGS_SOURCES ${CMAKE_CURRENT_LIST_DIR}/io-settings.c)
# Where the outside comes in: compiled anew for programs that are recorded, or replayed. Of the C library's functions the engine gets ours.
set(STATOR_RECORD_SOURCES port interrupt uring uring-complete uring-buffers uring-record file-glue socket-glue record-port record-libc)
list(TRANSFORM STATOR_RECORD_SOURCES PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
list(TRANSFORM STATOR_RECORD_SOURCES APPEND .c)
set(STATOR_RECORD_WRITERS ${CMAKE_CURRENT_LIST_DIR}/record-file.c)
set(STATOR_REPLAY_SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/replay/replay.c ${CMAKE_CURRENT_SOURCE_DIR}/replay/report.c)
set(STATOR_RECORD_WRAPPED gettimeofday localtime_r mktime rand)
