/* nRF51822's flash: pages of 1 KB. */
enum { NVMC_PAGE = 1024 };
#include "flash/nrf-nvmc.h"
