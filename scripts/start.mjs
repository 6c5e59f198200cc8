/**
 * `npm start`: makes the clone ready, then builds the blinky example for the Netduino Plus 2 and runs it in QEMU.
 * Ends with the exit code of the run.
 */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { bootstrap } from "./bootstrap.mjs";

await bootstrap({ purpose: "to build and run the example" });

const root = fileURLToPath(new URL("..", import.meta.url));
const args = ["tools/stator.mjs", "run", "blinky", "--board", "netduinoplus2", ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
// Ctrl-C reaches the child as well; it decides how to end, and its end is ours.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.once("error", (error) => {
	process.stderr.write("cannot start node: " + error.message + "\n");
	process.exit(1);
});
child.once("close", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
