/* The pins of nRF51: one port; the micro:bit's button A is on P0.17. */
enum { NRF_PINS = 32, NRF_BUTTON = 17 };

#include "nrf-gpio.h"
