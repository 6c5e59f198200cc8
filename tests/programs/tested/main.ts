import { print } from "stator";
import { limit } from "./limit.ts";

print("the application itself: " + limit(7));
