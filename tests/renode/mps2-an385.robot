*** Settings ***
Documentation    MPS2 AN385, Cortex-M3 at 25 MHz.
Resource         stator.resource

*** Variables ***
${BOARD}     mps2-an385
${UART}      uart0
${LED}       sysbus.fpgaio.led
${BUTTON}    sysbus.fpgaio.button
${MIPS}      25
${PRESS}     PressAndRelease

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
