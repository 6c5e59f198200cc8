/** The table of cancellations on XS on Linux. */
import { cancellationOn } from "../cancellation/on-target.ts";

const reason = "the host's console receives nothing";

cancellationOn("linux", {
	"SerialReceive; woken": reason,
	"SerialReceive; finishing": reason,
	"SerialReceive; done": reason,
	"SerialReceive; unheeded stop": reason,
});
