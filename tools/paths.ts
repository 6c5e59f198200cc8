/** Where things are: all paths from the project's root. */
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

export function path(...parts: string[]): string {
	return [root, ...parts].join("/");
}

/** A path as people should see it: relative to where they are. */
export function shown(file: string): string {
	const here = process.cwd() + "/";
	return file.startsWith(here) ? file.slice(here.length) : file;
}
