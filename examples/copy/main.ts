/**
 * Copies a file or a tree: `stator run copy -- from to`. One task walks the directories, eight copy files beside each other; paths,
 * buffers and open directories are made at start-up. Symbolic links are copied as links; what is neither file, directory nor link is
 * named and left out. Permissions are given when a file is made, less what the process masks; owners and times are not kept.
 */
import { Channel, log, run, Semaphore, spawn, task } from "stator";
import {
	Directory,
	type DirectoryEntry,
	EEXIST,
	ENAMETOOLONG,
	EOPNOTSUPP,
	File,
	ioBuffer,
	ioStatusText,
	mkdir,
	Path,
	programArguments,
	readLink,
	stat,
	statFile,
	symlink,
	unlink,
} from "stator/io";

const COPIERS = 8;
const DEPTH_MAX = 64;
const BLOCK = 128 * 1024;
const NEWLINE = "\n";

/** What one copier needs: made once, used for one file after another. */
class Job {
	readonly from = new Path();
	readonly to = new Path();
	readonly source = new File();
	readonly target = new File();
	readonly block = ioBuffer(BLOCK);
}

const args = programArguments();
const idle = new Channel<Job>(COPIERS);
const work = new Channel<Job, undefined>(COPIERS);
for (let i = 0; i < COPIERS; i++) idle.trySend(new Job());
const directories: Directory[] = [];
for (let i = 0; i < DEPTH_MAX; i++) directories.push(new Directory(16384));
/** How long the two paths are at each depth. */
const fromLengths: number[] = [];
const toLengths: number[] = [];
for (let i = 0; i < DEPTH_MAX; i++) {
	fromLengths.push(0);
	toLengths.push(0);
}
const from = new Path(args[0] ?? "");
const to = new Path(args[1] ?? "");
const text = new Path();
const stderr = new File();
stderr.handle = 2;
/** One line at a time. */
const line = new Semaphore(1);
let files = 0;
let megabytes = 0;
let rest = 0;
let failures = 0;

/** Names what could not be copied, and why. */
async function fail(path: Path, status: number): Promise<void> {
	failures++;
	using _ = await line.acquire();
	path.bytes[path.length] = 10;
	await stderr.writeAll(path.bytes, { length: path.length + 1 });
	text.set(ioStatusText(status));
	text.append(NEWLINE);
	await stderr.writeAll(text.bytes, { length: text.length });
}

async function copyFile(job: Job): Promise<number> {
	const { source, target, block } = job;
	let status = await source.open(job.from, "r");
	if (status < 0) return status;
	const { mode } = await statFile(source);
	status = await target.open(job.to, "w", { mode: mode & 0o7777 });
	while (status >= 0) {
		const count = await source.read(block);
		if (count <= 0) {
			status = count;
			break;
		}
		status = await target.writeAll(block, { length: count });
		if (status > 0) rest += status;
		while (rest >= 1 << 20) {
			rest -= 1 << 20;
			megabytes++;
		}
	}
	await source.close();
	const closed = target.isOpen ? await target.close() : 0;
	return status < 0 ? status : closed;
}

const copier = task({ pool: COPIERS, name: "copier" }, async () => {
	for await (const job of work) {
		const status = await copyFile(job);
		if (status < 0) await fail(job.from, status);
		else files++;
		idle.trySend(job);
	}
});

async function copyLink(): Promise<number> {
	const length = await readLink(from, text);
	if (length < 0) return length;
	await unlink(to);
	return await symlink(text, to);
}

/** Something that is no directory: what `from` and `to` name. */
async function copyEntry(isFile: boolean, isLink: boolean): Promise<void> {
	if (isFile) {
		const job = await idle.receive();
		job.from.setTo(from);
		job.to.setTo(to);
		await work.send(job);
	} else {
		const status = isLink ? await copyLink() : EOPNOTSUPP;
		if (status < 0) await fail(from, status);
	}
}

/** Makes the directory that `to` names and opens the one that `from` names. */
async function enter(depth: number): Promise<number> {
	if (depth === DEPTH_MAX) return ENAMETOOLONG;
	const { mode } = await stat(from);
	const made = await mkdir(to, (mode & 0o7777) | 0o700);
	if (made < 0 && made !== EEXIST) return made;
	fromLengths[depth] = from.length;
	toLengths[depth] = to.length;
	return await directories[depth].open(from);
}

async function walk(): Promise<void> {
	const status = await enter(0);
	if (status < 0) return await fail(from, status);
	let depth = 0;
	while (depth >= 0) {
		const directory = directories[depth];
		from.cut(fromLengths[depth]);
		to.cut(toLengths[depth]);
		const entry: DirectoryEntry | undefined = directory.read();
		if (entry === undefined) {
			if (directory.status < 0) await fail(from, directory.status);
			await directory.close();
			depth--;
			continue;
		}
		entry.appendTo(from);
		entry.appendTo(to);
		if (!entry.isDirectory) await copyEntry(entry.isFile, entry.isLink);
		else {
			const entered = await enter(depth + 1);
			if (entered < 0) await fail(from, entered);
			else depth++;
		}
	}
}

run(async () => {
	if (args.length !== 2) {
		log("usage: copy from to");
		return;
	}
	for (let i = 0; i < COPIERS; i++) spawn(copier(), null);
	const found = await stat(from, false);
	if (found.status < 0) await fail(from, found.status);
	else if (found.isDirectory) await walk();
	else await copyEntry(found.isFile, found.isLink);
	// All are back when all are done.
	for (let i = 0; i < COPIERS; i++) await idle.receive();
	work.close();
	log("files", files);
	log("megabytes", megabytes);
	log("failures", failures);
});
