/* The pins of nRF52840: 32 and 16; the DK's button 1 is on P0.11. */
enum { NRF_PINS = 48, NRF_BUTTON = 11 };

#include "nrf-gpio.h"
