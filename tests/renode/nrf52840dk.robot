*** Settings ***
Documentation    nRF52840 DK, Cortex-M4F at 64 MHz. QEMU has no such board: this is where its images run.
Resource         stator.resource

*** Variables ***
${BOARD}     nrf52840dk
${UART}      uart0
${LED}       sysbus.gpio0.led
${BUTTON}    sysbus.gpio0.button
${MIPS}      64
${PRESS}     Press

*** Test Cases ***
Should Boot, Blink And End
    Blinky Should Start, Keep Time And End

Should Sleep Until The Next Interrupt
    Core Should Sleep Between Toggles

Should Answer An Interrupt In Time
    Press Should Reach The Light Soon

Should Echo Lines
    Lines Should Be Echoed

Should Toggle The Light At Each Press
    Presses Should Toggle The Light

Should Pass The Portable Suite
    Portable Suite Should Pass
