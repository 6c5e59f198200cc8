*** Settings ***
Documentation    Netduino Plus 2: STM32F405, Cortex-M4F at 168 MHz.
Resource         stator.resource

*** Variables ***
${BOARD}     netduinoplus2
${UART}      usart1
${LED}       sysbus.gpioPortA.led
${BUTTON}    sysbus.gpioPortB.button
${MIPS}      168
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
