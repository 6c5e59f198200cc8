/* nRF52840's flash: pages of 4 KB. */
enum { NVMC_PAGE = 4096 };
#include "flash/nrf-nvmc.h"
