/** Binds a native function that no C file defines. */
import { nowhere } from "./missing.native.js";

nowhere();
