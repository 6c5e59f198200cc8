/* As a file of the SDK's does that has FreeRTOS's folder behind ours (tests/moddable/manifest.test.ts). */
#include <queue.h>

QueueHandle_t of_the_sdk;
