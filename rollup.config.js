// `npx rollup -c`: the library and one application (APP, default examples/blinky) for one platform (PLATFORM, default
// linux) into dist/, as ES modules for XS. `stator build` goes on from there to bytecode and an image.
import { register } from "tsx/esm/api";

register();
const { bundleOptions } = await import("./tools/bundle.ts");
const { findApp } = await import("./tools/app.ts");

const app = findApp(process.env.APP ?? "blinky");

export default {
	...bundleOptions(app.main, process.env.PLATFORM ?? "linux"),
	output: { dir: "dist", format: "es", sourcemap: true, entryFileNames: app.name + ".js" },
};
