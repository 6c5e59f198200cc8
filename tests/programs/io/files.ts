/** Every operation on files, in the directory that is the process's own; logs what each yielded. */
import { log, run, sleep, spawn, TIMEOUT, task } from "stator";
import {
	BufferPool,
	Directory,
	File,
	IoStatus,
	ioBuffer,
	isRegistered,
	mkdir,
	O_DIRECTORY,
	open,
	Path,
	pollDescriptor,
	programArguments,
	providedFree,
	RESOLVE_BENEATH,
	RESOLVE_IN_ROOT,
	RESOLVE_NO_MAGICLINKS,
	RESOLVE_NO_SYMLINKS,
	RESOLVE_NO_XDEV,
	readLink,
	rename,
	ringTimeout,
	rmdir,
	stat,
	statFile,
	suspendForDuration,
	suspendUntilCompletedIo,
	symlink,
	unlink,
} from "stator/io";

const BLOCK = 4096;
const pool = new BufferPool(2, BLOCK);
const block = ioBuffer(BLOCK);
const small = [ioBuffer(3), ioBuffer(5), ioBuffer(100)];
const path = new Path("sub");
const link = new Path();
const directory = new Directory(1024);
const root = new File();
const held = new File();
const statuses: IoStatus[] = [];
const blocks: Uint8Array[] = [];
for (let i = 0; i < 8; i++) {
	statuses.push(new IoStatus());
	blocks.push(ioBuffer(BLOCK));
	statuses[i].tag = i;
}
const args = programArguments();

function fill(bytes: Uint8Array, from: number): void {
	for (let i = 0; i < bytes.length; i++) bytes[i] = (from + i) & 255;
}

/** Whether the first bytes are as `fill` leaves them. */
function filled(bytes: Uint8Array, length: number, from: number): number {
	for (let i = 0; i < length; i++) if (bytes[i] !== ((from + i) & 255)) return i;
	return -1;
}

async function basics(): Promise<void> {
	const buffer = await pool.claim();
	log("registered", isRegistered(buffer.bytes) ? 1 : 0);
	fill(buffer.bytes, 7);
	await using file = await open("data", "w+", { mode: 0o640 });
	log("open", file.status);
	log("write", await file.write(buffer.bytes, { length: 1000 }));
	log("write at", await file.writeAll(buffer.bytes, { offset: 1000, length: 3096, position: 1000 }));
	log("read at the end", await file.read(block, { position: BLOCK }));
	log("read", await file.read(block, { position: 0 }));
	log("differs at", filled(block, BLOCK, 7));
	log("read a part", await file.readAll(block, { offset: 10, length: 20, position: 100 }));
	log("part", block[10]);
	buffer.release();
	log("free", pool.available);
	log("vectors", await file.writeVectors(small, 0));
	log("vectors back", await file.readVectors(small, 0));
	log("sync", await file.sync());
	log("data", await file.syncData());
	log("range", await file.syncRange(0, BLOCK));
	log("allocate", await file.allocate(0, 8192));
	const found = await statFile(file);
	log("size", found.size);
	log("mode", found.mode & 0o777);
	log("is a file", found.isFile ? 1 : 0);
}

async function provided(): Promise<void> {
	await using file = await open("data");
	const before = providedFree();
	const buffer = await file.readProvided({ length: 64, position: 200 });
	log("provided", buffer === undefined ? -1 : buffer.length);
	log("out", before - providedFree());
	log("released", buffer === undefined ? -1 : buffer.release());
	log("again", buffer === undefined ? -1 : buffer.release());
	log("out", before - providedFree());
	log("at the end", (await file.readProvided({ position: 1 << 20 })) === undefined ? 1 : 0);
	log("out", before - providedFree());
}

async function names(): Promise<void> {
	log("mkdir", await mkdir(path));
	log("mkdir again", await mkdir("sub"));
	path.join("a");
	log("make a", await held.open(path, "wx"));
	log("close", await held.close());
	log("exclusive", await held.open(path, "wx"));
	log("rename", await rename(path, "sub/b"));
	log("gone", (await stat(path)).status);
	log("symlink", await symlink("b", "sub/link"));
	log("link says", await readLink("sub/link", link));
	log("not followed", (await stat("sub/link", false)).isLink ? 1 : 0);
	log("list", await directory.open("sub"));
	let count = 0;
	for await (const entry of directory) {
		count++;
		path.set("sub");
		entry.appendTo(path);
		const found = await stat(path, false);
		log(entry.isLink ? "entry link" : "entry file", found.isLink ? 1 : 0);
	}
	log("entries", count);
	log("close", await directory.close());
	log("not empty", await rmdir("sub"));
	log("unlink", await unlink("sub/b"));
	log("unlink", await unlink("sub/link"));
	log("rmdir", await rmdir("sub"));
	log("no such", await unlink("sub/b"));
}

async function resolving(): Promise<void> {
	log("root", await root.open(".", O_DIRECTORY));
	log("beneath", await held.open("data", "r", { directory: root, resolve: RESOLVE_BENEATH }));
	log("close", await held.close());
	log("escape", await held.open("../../etc/passwd", "r", { directory: root, resolve: RESOLVE_BENEATH }));
	log("absolute", await held.open("/etc/passwd", "r", { directory: root, resolve: RESOLVE_BENEATH }));
	await symlink("/etc/passwd", "evil");
	log("by a link", await held.open("evil", "r", { directory: root, resolve: RESOLVE_BENEATH }));
	log("no links", await held.open("evil", "r", { directory: root, resolve: RESOLVE_NO_SYMLINKS }));
	log("nul", await held.open("da\0ta", "r"));
	// By a link to a link that leads up; by the process's own links; around in a circle; into a root that is only said to be one.
	await symlink("..", "up");
	await symlink("up/up", "far");
	log("by two links", await held.open("far/etc/passwd", "r", { directory: root, resolve: RESOLVE_BENEATH }));
	log("magic", await held.open("/proc/self/cwd/data", "r", { resolve: RESOLVE_NO_MAGICLINKS }));
	log("file system", await held.open("/proc/self/cwd/data", "r", { directory: root, resolve: RESOLVE_NO_XDEV }));
	await symlink("circle", "circle");
	log("circle", await held.open("circle", "r", { directory: root, resolve: RESOLVE_IN_ROOT }));
	log("root", await held.open("/../../etc/passwd", "r", { directory: root, resolve: RESOLVE_IN_ROOT }));
	log("is open", held.isOpen ? 1 : 0);
	await unlink("circle");
	await unlink("far");
	await unlink("up");
	await unlink("evil");
	await root.close();
}

async function direct(): Promise<void> {
	log("direct", await held.open("data", "r", { direct: true }));
	log("in the table", held.handle >= 1 << 30 ? 1 : 0);
	log("read", await held.read(block, { length: 16, position: 0 }));
	log("close", await held.close());
	log("handed over", await held.open("data", "r"));
	log("hand over", await held.handOver());
	log("in the table", held.handle >= 1 << 30 ? 1 : 0);
	log("read", await held.read(block, { length: 16, position: 0 }));
	log("close", await held.close());
	log("not open", await held.read(block));
}

async function many(): Promise<void> {
	await using file = await open("many", "w+");
	for (let i = 0; i < 8; i++) {
		fill(blocks[i], i);
		statuses[i].write(file, blocks[i], i * BLOCK);
	}
	log("in flight", statuses[7].status);
	let total = 0;
	let seen = 0;
	for (let done = await suspendUntilCompletedIo(); done !== undefined; done = await suspendUntilCompletedIo()) {
		if (done === TIMEOUT) continue;
		total += done.result;
		seen |= 1 << done.tag;
	}
	log("written", total);
	log("seen", seen);
	for (let i = 0; i < 8; i++) statuses[i].read(file, blocks[7 - i], i * BLOCK);
	log("one of them", await statuses[3].completed());
	log("its status", statuses[3].status);
	let others = 0;
	for (let done = await suspendUntilCompletedIo(1000); done !== undefined; done = await suspendUntilCompletedIo(1000))
		others++;
	log("others", others);
	let wrong = 0;
	for (let i = 0; i < 8; i++) if (filled(blocks[7 - i], BLOCK, i) >= 0) wrong++;
	log("wrong", wrong);
	log("nothing in flight", (await suspendUntilCompletedIo()) === undefined ? 1 : 0);
}

const waiting = task(async () => {
	log("ring timeout", await ringTimeout(20));
});

run(async () => {
	log("arguments", args.length);
	await basics();
	await provided();
	await names();
	await resolving();
	await direct();
	await many();
	const handle = spawn(waiting());
	log("poll for writing", await pollDescriptor(1, 4));
	await suspendForDuration(5);
	await sleep(1);
	await handle.join();
});
