/**
 * `stator map --svg`: the flash and the RAM of an image as areas: owners, within them the source files, and in RAM what the machine takes of its block. d3-hierarchy lays them out.
 */
import { type HierarchyRectangularNode, hierarchy, treemap } from "d3-hierarchy";
import type { Built } from "./build.ts";
import { blockShares } from "./creation.ts";
import { blockBytes, readParts } from "./map.ts";
import { Drawing } from "./svg.ts";

interface Area {
	name: string;
	bytes?: number;
	children?: Area[];
}

const WIDTH = 960;
const PANEL = 420;
const MARGIN = 16;
const HEAD = 34;
const LABEL = 17;
/** Widths of text in this font, roughly: what does not fit is not written, and stands in the box's title. */
const LETTER = 6.6;

const COLOURS = [
	"#4e79a7",
	"#f28e2b",
	"#59a14f",
	"#e15759",
	"#76b7b2",
	"#edc948",
	"#b07aa1",
	"#9c755f",
	"#ff9da7",
	"#bab0ac",
];

const grouped = new Intl.NumberFormat("en-US");
const bytes = (count: number): string => grouped.format(count) + " B";

/** Owners with their files; owners of one file have no second level. */
function ownersOf(built: Built, memory: "flash" | "ram"): Area[] {
	const owners = new Map<string, Area[]>();
	for (const part of readParts(built))
		if (part[memory] > 0)
			owners.set(part.owner, [...(owners.get(part.owner) ?? []), { name: part.name, bytes: part[memory] }]);
	return [...owners].map(([name, children]) =>
		children.length === 1 ? { name, bytes: children[0].bytes as number } : { name, children },
	);
}

/** What a memory holds, as a tree. */
export function areasOf(built: Built, memory: "flash" | "ram"): Area[] {
	const areas = ownersOf(built, memory);
	const shares = blockShares(built.machine, built.app.settings);
	if (memory === "ram" && shares !== undefined)
		areas.push({
			name: "machine",
			children: Object.entries(shares).map(([name, count]) => ({ name, bytes: count as number })),
		});
	return areas;
}

const sizeOf = ({ bytes: own, children }: Area): number =>
	own ?? (children ?? []).reduce((sum, child) => sum + sizeOf(child), 0);

function panel(
	drawing: Drawing,
	built: Built,
	memory: "flash" | "ram",
	top: number,
	colourOf: (name: string) => string,
): void {
	const { target } = built;
	const size = memory === "flash" ? target.flashBytes : target.ramBytes;
	const areas = areasOf(built, memory);
	const used = areas.reduce((sum, area) => sum + sizeOf(area), 0);
	const title = memory === "flash" ? "Flash" : "RAM";
	const of = size === undefined ? "" : " of " + bytes(size) + " (" + ((100 * used) / size).toFixed(1) + " %)";
	drawing.text(MARGIN, top + 14, title + ": " + bytes(used) + of, ' font-size="14" font-weight="bold"');
	const block = blockBytes(built);
	if (memory === "ram" && block !== undefined)
		drawing.text(WIDTH - MARGIN, top + 14, "the machine's block: " + bytes(block), ' text-anchor="end" fill="#555"');
	const root = hierarchy<Area>({ name: title, children: areas }, ({ children }) => children)
		.sum(({ bytes: own }) => own ?? 0)
		.sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
	const laid = treemap<Area>()
		.size([WIDTH - 2 * MARGIN, PANEL - HEAD])
		.paddingInner(1)
		.paddingTop((node) => (node.depth === 1 && node.children !== undefined ? LABEL : 0))
		.round(true)(root);
	for (const node of laid.descendants().slice(1)) cell(drawing, node, top + HEAD - 10, colourOf);
}

function cell(
	drawing: Drawing,
	node: HierarchyRectangularNode<Area>,
	top: number,
	colourOf: (name: string) => string,
): void {
	const [x, y, width, height] = [node.x0 + MARGIN, node.y0 + top, node.x1 - node.x0, node.y1 - node.y0];
	if (width < 1 || height < 1) return;
	const { name } = node.data;
	const owner = node.depth === 1 ? name : (node.parent as HierarchyRectangularNode<Area>).data.name;
	const about = (node.depth === 1 ? "" : owner + ": ") + name + ", " + bytes(node.value ?? 0);
	const extra = node.children === undefined ? ' fill-opacity="0.75"' : ' fill-opacity="0.4"';
	drawing.box(x, y, width, height, colourOf(owner), about, extra);
	const label = name + "  " + bytes(node.value ?? 0);
	const style =
		' fill="#111" pointer-events="none"' + (node.children === undefined ? ' font-size="11"' : ' font-weight="bold"');
	if (height >= 15 && label.length * LETTER < width) drawing.text(x + 4, y + 13, label, style);
	else if (height >= 15 && name.length * LETTER < width) drawing.text(x + 4, y + 13, name, style);
}

/** The picture of both memories. */
export function treemapOf(built: Built): string {
	const drawing = new Drawing();
	const names = ["flash", "ram"].flatMap((memory) => areasOf(built, memory as "flash" | "ram").map(({ name }) => name));
	const order = [...new Set(names)];
	const colourOf = (name: string): string => COLOURS[order.indexOf(name) % COLOURS.length];
	drawing.text(MARGIN, 26, built.app.name + " on " + built.target.name, ' font-size="16" font-weight="bold"');
	panel(drawing, built, "flash", 44, colourOf);
	panel(drawing, built, "ram", 44 + PANEL + 12, colourOf);
	return drawing.toSvg(WIDTH, 44 + 2 * PANEL + 24);
}
