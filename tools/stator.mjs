#!/usr/bin/env node
// The `stator` command: lets Node read TypeScript, then runs tools/cli.ts.
import { register } from "tsx/esm/api";

register();
await import("./cli.ts");
