/* Takes the place of __builtin_prefetch: see tests/native/ahead.c. */
void note_prefetch(const void *address, ...);
