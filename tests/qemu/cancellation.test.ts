/** The table of cancellations on a Cortex-M3. */
import { cancellationOn } from "../cancellation/on-target.ts";

cancellationOn("mps2-an385");
