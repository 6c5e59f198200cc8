/** One half of the random programs: fuzz.ts. X1 */
import { fuzz } from "./fuzz.ts";

fuzz(0);
