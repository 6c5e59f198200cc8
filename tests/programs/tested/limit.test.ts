import { check, equal } from "stator/check";
import { limit } from "./limit.ts";

check("small ones stay", () => equal(limit(3), 3));
check("large ones do not", () => equal(limit(8), 5));
