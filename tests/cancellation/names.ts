/** The names of the table's columns, actions and outcomes. */

/** What a task can be in. */
export const STATES = [
	"not started",
	"ready",
	"polling itself",
	"waiting",
	"woken",
	"finishing",
	"cleaning up",
	"done",
] as const;

export const ACTIONS = ["cancel", "stop", "timeout", "unheeded stop"] as const;

/** What a cell comes to. */
export const OUTCOMES = ["CANCELLED", "value", "TIMEOUT", "STOPPED", "gone", "ESRCH"] as const;
