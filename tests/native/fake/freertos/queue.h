/* Where FreeRTOS has its queues. */
typedef struct QueueDefinition *QueueHandle_t;
