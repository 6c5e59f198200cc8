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

/** A source of the library, which runs on devices. */
export function isLibraryFile(file: string): boolean {
	return file.startsWith(path("src") + "/") || file.startsWith(path("hal") + "/");
}
