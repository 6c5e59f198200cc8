/* core.h of no core: registers are a function of the test's, which sees each access. */
#ifndef STATOR_CORE_H
#define STATOR_CORE_H

#include <stdbool.h>
#include <stdint.h>

volatile uint32_t *fake_register(uint32_t address);
#define REG(address) (*fake_register(address))

uint32_t core_mask(void);
void core_unmask(uint32_t state);
void core_enable_vector(uint32_t vector);
void core_pend_vector(uint32_t vector);
void core_flash_writable(bool writable);
const uint8_t *core_memory(uint32_t address);

#endif
