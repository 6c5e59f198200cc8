import { check, equal } from "stator/check";

check("this passes", () => equal(1, 1));
throw new RangeError("too far");
