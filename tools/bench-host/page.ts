/** docs/benchmarks.md and its picture, written from the figures of one run. Nothing in them is written by hand. */
import type { HostFigures } from "./command.ts";
import { peersOf } from "./peers.ts";
import { workloads } from "./workloads.ts";

const titles = new Map(peersOf(false, 0).map(({ name, title }) => [name, title]));

/** Three digits that count. */
export function shownNumber(value: number): string {
	if (value === 0) return "0";
	const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
	const [whole, rest] = value.toFixed(Math.min(3, digits)).split(".");
	return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest === undefined ? "" : "." + rest);
}

const escaped = (text: string): string =>
	text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("|", "\\|").replaceAll("\n", " ");

export function pageOf(figures: HostFigures, picture: string): string {
	const { machine, load } = figures;
	const lines = [
		"# Benchmarks on the host",
		"",
		"Written by `node tools/stator.mjs bench host`, with the picture; do not edit. What an emulated board costs: README and `docs/DESIGN.md`.",
		"",
		"- Machine: " +
			machine.processor +
			", " +
			machine.cores +
			" cores, " +
			Math.round(machine.memory_bytes / 2 ** 30) +
			" GiB, " +
			machine.kernel +
			"; " +
			figures.date +
			".",
		"- Used by others, in two seconds: " +
			Math.round(100 * load.before) +
			" % of the processors before, " +
			Math.round(100 * load.after) +
			" % after." +
			(load.loaded
				? " **Others were using the machine**: processor times are what they are, a little higher for cold caches; lateness and wall times say more about the others."
				: ""),
		"- " +
			figures.runs +
			" runs, each through all peers before the next; shown are medians, with the least in brackets. Each process checks what it did, and " +
			"warms up with a tenth of it.",
		"- Versions: " +
			Object.entries(figures.versions)
				.map(([peer, version]) => (titles.get(peer) ?? peer) + (version === "" ? "" : " (" + version + ")"))
				.join(", ") +
			".",
		"",
		"![Medians as bars](" + picture + ")",
	];
	for (const { name, title, figures: shown } of workloads) {
		const rows = Object.entries(figures.workloads[name] ?? {});
		if (rows.length === 0) continue;
		lines.push("", "## " + title, "");
		lines.push("| | " + shown.map((one) => one.title + ", " + one.unit).join(" | ") + " |");
		lines.push("| --- |" + " --- |".repeat(shown.length));
		for (const [peer, found] of rows)
			lines.push(
				"| " +
					(peer === "stator" ? "**Stator**" : (titles.get(peer) ?? peer)) +
					" | " +
					shown
						.map(({ key }) => {
							const series = found[key];
							return series === undefined ? "" : shownNumber(series.median) + " (" + shownNumber(series.min) + ")";
						})
						.join(" | ") +
					" |",
			);
	}
	lines.push("", "## What Stator is held against", "", "| | measured | at most | |", "| --- | --- | --- | --- |");
	for (const { what, value, limit, met } of figures.targets)
		lines.push(
			"| " +
				what +
				" | " +
				shownNumber(value) +
				" | " +
				shownNumber(limit) +
				" | " +
				(met ? "met" : "**not met**") +
				" |",
		);
	lines.push("", "## Stator's heap while it was measured", "", "| | slots | bytes | collections |");
	lines.push("| --- | --- | --- | --- |");
	for (const [name, { slots, bytes, collections }] of Object.entries(figures.growth))
		lines.push("| " + name + " | " + slots + " | " + bytes + " | " + collections + " |");
	if (figures.missing.length > 0) {
		lines.push("", "## Not measured", "");
		for (const { peer, workload, reason } of figures.missing)
			lines.push(
				"- " + (titles.get(peer) ?? peer) + (workload === undefined ? "" : ", " + workload) + ": " + escaped(reason),
			);
	}
	return lines.join("\n") + "\n";
}

const WIDTH = 860;
const LEFT = 190;
const ROW = 20;

/** One group of bars for each workload's first figure; a logarithmic scale from the least of the group. */
export function pictureOf(figures: HostFigures): string {
	const parts: string[] = [];
	let y = 10;
	const text = (x: number, at: number, words: string, more = ""): void =>
		void parts.push('<text x="' + x + '" y="' + at + '"' + more + ">" + escaped(words) + "</text>");
	for (const { name, title, figures: shown } of workloads) {
		const { key, unit } = shown[0];
		const rows = Object.entries(figures.workloads[name] ?? {})
			.filter(([, found]) => found[key] !== undefined)
			.map(([peer, found]) => ({ peer, value: found[key].median }))
			.sort((a, b) => a.value - b.value);
		if (rows.length === 0) continue;
		y += 24;
		text(10, y, title + " (" + unit + ")", ' font-weight="bold"');
		y += 8;
		const least = Math.log10(rows[0].value) - 0.5;
		const span = Math.max(1, Math.log10(rows[rows.length - 1].value) - least);
		for (const { peer, value } of rows) {
			const width = Math.round(((Math.log10(value) - least) / span) * (WIDTH - LEFT - 90));
			text(LEFT - 8, y + 14, titles.get(peer) ?? peer, ' text-anchor="end"');
			const colour = peer === "stator" ? "#d9480f" : "#748ffc";
			parts.push(
				'<rect x="' + LEFT + '" y="' + (y + 3) + '" width="' + width + '" height="14" fill="' + colour + '"/>',
			);
			text(LEFT + width + 6, y + 14, shownNumber(value));
			y += ROW;
		}
	}
	y += 24;
	text(10, y, "Medians; bars are logarithmic, each group on its own scale. Shorter is better.", ' fill="#555"');
	return (
		'<svg xmlns="http://www.w3.org/2000/svg" width="' +
		WIDTH +
		'" height="' +
		(y + 14) +
		'" font-family="sans-serif" font-size="12">\n<rect width="100%" height="100%" fill="white"/>\n' +
		parts.join("\n") +
		"\n</svg>\n"
	);
}
