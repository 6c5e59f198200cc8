/** 4 KiB reads at random places of a file, 32 tasks at a time, registered buffers. `reads <reads> <file of 16,384 blocks>` */
import { run, TaskGroup, task } from "stator";
import { File, type IoBuffer, ioBuffer, isRegistered, programArguments } from "stator/io";
import { cpuNs, wallNs } from "../measure.native.js";
import { figure, growth, report } from "../report.ts";

const DEPTH = 32;
const BLOCK = 4096;
/** Leaves 14 bits of a random word: the number of a block. */
const BLOCK_SHIFT = 18;
const [countText, path] = programArguments();
const count = Number(countText);
const file = new File();
const { imul } = Math;
const buffers: IoBuffer[] = [];
/** The number of the block that lies in each: four bytes, as the peers compare. */
const numbers: Int32Array[] = [];
for (let i = 0; i < DEPTH; i++) {
	const buffer = ioBuffer(BLOCK);
	buffers.push(buffer);
	numbers.push(new Int32Array(buffer.buffer, buffer.byteOffset, 1));
}
let seed = 1;
let left = 0;
let did = 0;
let wrong = 0;
let wall = 0;
let cpu = 0;

const readers = new TaskGroup(DEPTH);

const reads = task({ pool: DEPTH, name: "reads", form: "captured" }, async (buffer: IoBuffer, number: Int32Array) => {
	while (left > 0) {
		left--;
		seed = (imul(seed, 1664525) + 1013904223) | 0;
		const block = seed >>> BLOCK_SHIFT;
		const length = await file.read(buffer, { position: block * BLOCK });
		if (length !== BLOCK || number[0] !== block) wrong++;
		did++;
	}
});

run(async () => {
	const status = await file.open(path, "r", { direct: true });
	if (status < 0) throw new Error("the file cannot be opened");
	left = count / 10;
	for (let i = 0; i < DEPTH; i++) readers.spawn(reads(buffers[i], numbers[i]));
	await readers.join();
	left = count;
	did = 0;
	wall = wallNs();
	cpu = cpuNs();
	for (let i = 0; i < DEPTH; i++) readers.spawn(reads(buffers[i], numbers[i]));
	await readers.join();
	cpu = cpuNs() - cpu;
	wall = wallNs() - wall;
	await file.close();
});
const grew = growth();
report(
	figure("count", did),
	figure("wrong", wrong),
	figure("registered", isRegistered(buffers[0]) ? 1 : 0),
	figure("wall_ns", wall),
	figure("cpu_ns", cpu),
	grew,
);
