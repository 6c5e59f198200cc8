/** Waits that cannot be, and what is said of each at start-up, before run. */
import { print, task } from "stator";
import { Interrupt, interrupt, pin } from "stator/board";

function tell(body: () => void): void {
	try {
		body();
		print("no error");
	} catch (error) {
		print(String(error));
	}
}

tell(() => new Interrupt("UART0_RX"));
tell(() => new Interrupt("USART1"));
tell(() => new Interrupt(500));
tell(() => void pin("PA0"));
tell(() => void pin("PA16"));
// A compiled task makes its wait when it is declared, not when it comes to it.
const late = task(async () => {
	await interrupt("NOWHERE");
});
print("not reached " + typeof late);
