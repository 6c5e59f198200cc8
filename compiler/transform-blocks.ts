/**
 * The body of a state machine: blocks in source order, entered at the top or by number.
 *
 * ```
 * let $s = $state;
 * $loop: for (;;) {
 * 	if ($s < 2) {
 * 		if ($s) ; else {         <- $s < 1, in half the instructions
 * 			block 0
 * 		}
 * 		block 1
 * 	}
 * 	block 2            <- reached from block 1 by falling through, or by `$s = 2; continue $loop`
 * 	$s = 0;
 * }
 * ```
 *
 * The tests form a binary tree without `else`: whoever falls out of a block has an `$s` that is smaller than every
 * number still to be tested on its way, so he falls into the next block without touching `$s`. `switch` is a linear
 * chain on XS; this is log2(n) comparisons of a local, and none of them is repeated by straight-line code.
 */
import type { Line } from "./source-map.ts";

export interface Label {
	readonly id: number;
	/** The block that it stands before; -1: not placed. */
	block: number;
	used: boolean;
	/** A wait of whose number a cancellation must be sure: no other wait shares it. */
	exact?: boolean;
	/** A wait that needs no clean-up: it may take the number of where it goes on. */
	free?: boolean;
}

interface BlockLine extends Line {
	/** An unconditional jump: nothing after it is reached. */
	jump?: Label;
}

const MARK = "\ue000";

/** Code without ways out, awaits and regions. */
const STRAIGHT = /^(?!.*(\ue000|\$s\b|\$id\b|\$region\b|\breturn\b|\byield\b))/s;

/** The end of a function that depends on nothing: as short as a jump to it. */
const SHORT_END = /^(\$returned = undefined; )?return -?\d+;$/;

export class Blocks {
	private readonly blocks: BlockLine[][] = [[]];
	/** Which blocks do not fall into the next. */
	private readonly ends: boolean[] = [];
	private readonly labels: Label[] = [];
	/** True where nothing leads: what is emitted is dropped. */
	dead = false;
	/** Offset in the source that lines are emitted for. */
	position = -1;
	/** How the state between polls stands in text. */
	private readonly stateText: string;

	constructor(stateText: string) {
		this.stateText = stateText;
	}

	get current(): number {
		return this.blocks.length - 1;
	}

	label(): Label {
		const label = { id: this.labels.length, block: -1, used: false };
		this.labels.push(label);
		return label;
	}

	/** The number of a label's block, once it is known: a mark until then. */
	state(label: Label): string {
		label.used = true;
		return MARK + label.id + MARK;
	}

	/** The next line is the label's. Where nothing leads and nobody jumps to, it stays so. */
	place(label: Label): void {
		if (this.dead && !label.used) return;
		if (this.blocks[this.current].length > 0 || this.dead) {
			this.ends[this.current] = this.dead;
			this.blocks.push([]);
		}
		label.block = this.current;
		this.dead = false;
	}

	/** The next line is a wait's, which must have a number of its own: not that of a yield right before it. */
	placeWait(label: Label): void {
		this.place(label);
		const here = this.blocks[this.current];
		if (here.length > 0 || !this.labels.some(({ free, block }) => free && block === this.current)) return;
		here.push({ text: ";", position: -1 });
		this.blocks.push([]);
		label.block = this.current;
	}

	emit(text: string, position = this.position): void {
		if (!this.dead) this.blocks[this.current].push({ text, position });
	}

	/** Lines that were made elsewhere. */
	emitLines(lines: readonly Line[]): void {
		if (!this.dead) this.blocks[this.current].push(...lines);
	}

	/** What a jump looks like in the text of a statement. */
	jumpText(label: Label): string {
		return "$s = " + this.state(label) + "; continue $loop;";
	}

	jump(label: Label): void {
		if (this.dead) return;
		this.blocks[this.current].push({ text: this.jumpText(label), position: this.position, jump: label });
		this.dead = true;
	}

	/** Emits a line after which nothing is reached. */
	end(text: string): void {
		this.emit(text);
		this.dead = true;
	}

	/**
	 * Which blocks are one: a block that nothing enters by number is a part of the one before. Gives for each block the
	 * first of its group.
	 */
	groups(): number[] {
		const entered = this.blocks.map((_, index) => index === 0);
		for (const label of this.labels) if (label.used && label.block >= 0) entered[label.block] = true;
		const groups: number[] = [];
		entered.forEach((own, index) => {
			groups.push(own ? index : groups[index - 1]);
		});
		return groups;
	}

	/** Where a label leads: over blocks that are empty or hold nothing but a jump. */
	private follow(label: Label): number {
		let at = label.block;
		for (const seen = new Set<number>(); at >= 0 && !seen.has(at); ) {
			seen.add(at);
			const lines = this.blocks[at];
			if (lines.length === 0 && !this.ends[at] && at < this.current) at++;
			else if (lines.length === 1 && lines[0].jump !== undefined) at = lines[0].jump.block;
			else break;
		}
		const taken = label.free && this.labels.some(({ exact, block }) => exact && block === at);
		return taken ? label.block : at;
	}

	/** Jumps to a block that only returns return themselves. */
	private shorten(): void {
		for (const label of this.labels) {
			if (label.block < 0) continue;
			const lines = this.blocks[label.block];
			if (lines.length !== 1 || !this.ends[label.block] || !SHORT_END.test(lines[0].text)) continue;
			const jump = this.jumpText(label);
			for (const block of this.blocks)
				block.forEach((line, index) => {
					if (!line.text.includes(jump)) return;
					block[index] = { text: line.text.replaceAll(jump, lines[0].text), position: line.position };
				});
		}
	}

	/** Marks the labels that are still used; empties blocks that nothing leads to. */
	private prune(): void {
		for (let changed = true; changed; ) {
			const text = this.blocks.map((lines) => lines.map((line) => line.text).join("\n")).join("\n");
			for (const label of this.labels)
				if (label.used && !this.outside.has(label)) label.used = text.includes(MARK + label.id + MARK);
			const entered = new Set([0, ...this.labels.filter(({ used }) => used).map(({ block }) => block)]);
			changed = false;
			let falls = true;
			this.blocks.forEach((lines, index) => {
				const reached = falls || entered.has(index);
				if (!reached && lines.length > 0) {
					lines.length = 0;
					changed = true;
				}
				falls = reached && !this.ends[index];
			});
		}
	}

	/** Numbers the states; `resolve` then replaces the marks in any text. */
	layout(): { count: number; resolve: (text: string) => string; lines: () => Line[] } {
		this.ends[this.current] = this.dead;
		for (let index = 0; index < this.blocks.length; index++) {
			// A jump to what comes next anyway; blocks in between that are empty do not count.
			const lines = this.blocks[index];
			const last = lines[lines.length - 1];
			if (last?.jump === undefined || last.jump.block <= index) continue;
			let next = index + 1;
			while (next < last.jump.block && this.blocks[next].length === 0 && !this.ends[next]) next++;
			if (next !== last.jump.block) continue;
			lines.pop();
			this.ends[index] = false;
		}
		for (const [label, block] of this.labels.map((label): [Label, number] => [label, this.follow(label)]))
			label.block = block;
		this.shorten();
		this.prune();
		const groups = this.groups();
		const numbers: number[] = [];
		const merged: BlockLine[][] = [];
		this.blocks.forEach((lines, index) => {
			// A state without code is the one behind it.
			if (groups[index] === index && merged[merged.length - 1]?.length !== 0) merged.push([]);
			numbers.push(merged.length - 1);
			merged[merged.length - 1].push(...lines);
		});
		const resolve = (given: string): string =>
			given.replace(/\ue000(\d+)\ue000/g, (_, id) => {
				const { block } = this.labels[Number(id)];
				if (block < 0) throw new Error("a label was never placed");
				return String(numbers[block]);
			});
		return { count: merged.length, resolve, lines: () => print(merged, resolve, this.stateText) };
	}

	/** Takes the lines at the very beginning that `test` accepts: for those who begin the machine. */
	takeFirst(test: (text: string) => boolean): Line[] {
		const taken: Line[] = [];
		const [first] = this.blocks;
		while (first.length > 0 && test(first[0].text)) taken.push(first.shift() as Line);
		return taken;
	}

	/** The first block as a whole, when it is run through once, from its beginning to its end, and tells nobody the state. */
	takeStraight(): Line[] {
		const [first] = this.blocks;
		const apart = this.labels.some(({ used, block }) => used && block === 1);
		if (!apart || this.ends[0] || first.some(({ text }) => !STRAIGHT.test(text))) return [];
		return first.splice(0);
	}

	/** The first block can be entered again, by a jump or after a wait. */
	get entersFirst(): boolean {
		return this.labels.some(({ used, block }) => used && block === 0);
	}

	private readonly outside = new Set<Label>();

	/** A label that is entered from other functions than poll. */
	enterFromOutside(label: Label): string {
		this.outside.add(label);
		return this.state(label);
	}
}

/** A branch on a number is half of a comparison and the branch on what it gives. */
const below = (state: string, number: number): string =>
	number === 1 ? "if (" + state + ") ; else {" : "if (" + state + " < " + number + ") {";

function print(blocks: BlockLine[][], resolve: (text: string) => string, state: string): Line[] {
	const loops = blocks.some((lines) => lines.some(({ text }) => text.includes("continue $loop")));
	const out: Line[] = [];
	const put = (line: Line, depth: number): void => {
		out.push({ text: "\t".repeat(depth) + resolve(line.text), position: line.position });
	};
	const tree = (low: number, high: number, depth: number): void => {
		if (high - low === 1) {
			const lines = blocks[low];
			lines.forEach((line, index) => {
				// The end of the loop's body goes round by itself.
				if (loops && high === blocks.length && index === lines.length - 1 && line.jump !== undefined)
					put({ text: line.text.replace(" continue $loop;", ""), position: line.position }, depth);
				else put(line, depth);
			});
			return;
		}
		const middle = (low + high) >> 1;
		put({ text: below("$s", middle), position: -1 }, depth);
		tree(low, middle, depth + 1);
		put({ text: "}", position: -1 }, depth);
		tree(middle, high, depth);
	};
	// Tested once, before anything can change it.
	if (blocks.length === 2 && !loops) {
		put({ text: below(state, 1), position: -1 }, 0);
		tree(0, 1, 1);
		put({ text: "}", position: -1 }, 0);
		tree(1, 2, 0);
		return out;
	}
	// One block alone is entered at its beginning.
	const first = blocks.length > 1 ? state : "0";
	if (blocks.length > 1 || loops) put({ text: (loops ? "let" : "const") + " $s = " + first + ";", position: -1 }, 0);
	if (loops) put({ text: "$loop: for (;;) {", position: -1 }, 0);
	tree(0, blocks.length, loops ? 1 : 0);
	if (loops) put({ text: "}", position: -1 }, 0);
	return out;
}
