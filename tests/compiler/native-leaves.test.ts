/** Waits that are nothing but a number of the platform's: compiled tasks call the platform, and make no object for them. */
import { expect, test } from "vitest";
import { compileText } from "../../compiler/index.ts";

test("X1 N1 numbers of shared signals and channels are awaited without an object, in `for await` too; records are not", () => {
	const source = `import { run } from "stator";
import { record, sharedChannel, sharedRecordChannel, sharedSignal } from "stator/actor";
const signal = sharedSignal("signal");
const channel = sharedChannel("channel", "u32", 4);
const Sample = record({ n: "u32" });
const samples = sharedRecordChannel("samples", Sample, 4);
let sum = 0;
run(async () => {
	sum += await signal.wait();
	for await (const n of channel) {
		sum += n;
		if (n === 0) break;
	}
	sum += (await samples.receive()).get(Sample.n);
});
`;
	const text = compileText({ "/leaves/main.ts": source }, "/leaves/main.ts", { root: "/leaves" }).code[
		"/leaves/main.ts"
	];
	expect(text).not.toMatch(/new [\w$]*SharedReceive\(/);
	// One place for both: one of them is waited for at a time.
	expect(text.match(/ringWaitNew\w*\(\)/g)).toHaveLength(1);
	expect(text).toMatch(/ringStart\w*\([^,]+, signal\.number\)/);
	expect(text.match(/ringStart\w*\([^,]+, [\w$]+\.number\)/g)).toHaveLength(2);
	expect(text.match(/ringPoll\w*\([^,]+, \$id\) === 1/g)).toHaveLength(2);
	expect(text).toMatch(/new [\w$]*SharedReceiveRecord\(\)/);
});

test("X1 M7 M8 reads and writes of files and sockets are awaited without an object, with a limit too; what has another value is not", () => {
	const source = `import { run, withTimeout, TIMEOUT } from "stator";
import { File, TcpStream, ioBuffer } from "stator/io";
const file = new File();
const stream = new TcpStream();
const buffer = ioBuffer(64);
run(async () => {
	const count = await file.read(buffer, { position: 8 });
	const got = await withTimeout(stream.read(buffer), 1000);
	if (got === TIMEOUT) return 0;
	await stream.writeAll(buffer, { length: got });
	return count + (await withTimeout(file.readAll(buffer), 5) === TIMEOUT ? 1 : 2);
});
`;
	const text = compileText({ "/io/main.ts": source }, "/io/main.ts", { root: "/io" }).code["/io/main.ts"];
	expect(text).not.toMatch(/new [\w$]*(FileRead|StreamRead|StreamWriteAll)\(/);
	// Begun with the waker, with timer and limit too: the task waits in any case, and looks when it is woken.
	const waits = "; \\$state = \\d+; return 1;";
	const inLine = text.replace(/\s+/g, " ");
	expect(inLine).toMatch(
		RegExp("ioRead\\w*\\(\\$leaf\\d+, file\\.handle, \\$v\\d+, undefined, undefined, 8, \\$id\\)" + waits),
	);
	const limited =
		"stream\\.handle, \\$v\\d+, undefined\\?\\.offset, undefined\\?\\.length, undefined, \\$id, \\$leaf\\d+, 1000\\)";
	expect(inLine).toMatch(RegExp("ioReceive\\w*\\(\\$leaf\\d+, " + limited + waits));
	expect(inLine).toMatch(
		RegExp("ioSendAll\\w*\\(\\$leaf\\d+, stream\\.handle, \\$v\\d+, undefined, got, undefined, \\$id\\)" + waits),
	);
	expect(text.match(/ioLook\w*\(\$leaf\d+, \$id\)/g)).toHaveLength(2);
	// The limit is a timer beside it, and given up with it.
	expect(text.match(/ioLookUntil\w*\(\$leaf\d+, \$id, \$leaf\d+\)/g)).toHaveLength(1);
	expect(text).toMatch(/timerClear\w*\(\$leaf\d+\); [\w$]*ioDrop\w*\(\$leaf\d+\)/);
	// One place for each class, so that what one has begun and given up holds up no other.
	expect(text.match(/= [\w$]*newOperation\w*\(\)/g)).toHaveLength(3);
	expect(text).toMatch(/new [\w$]*FileReadAll\(\)/);
	expect(text).toMatch(/new [\w$]*Timeout\(\)/);
});

test("X1 A3 a sleep is one look a poll, in both forms, where reading its duration again does nothing; else it is started and polled", () => {
	const source = `import { run, sleep, spawn, task, Timer, withTimeout, Channel } from "stator";
const numbers = new Channel<number>(1);
let half = 5;
const framed = task({ pool: 20 }, async (ms: number) => {
	await sleep(ms);
	await sleep(ms / 2);
	await Timer.at(ms);
	await Timer.after(7);
	await withTimeout(numbers.receive(), ms);
});
run(async () => {
	spawn(framed(3));
	for (;;) await sleep(half++);
});
`;
	const text = compileText({ "/sleeps/main.ts": source }, "/sleeps/main.ts", { root: "/sleeps" }).code[
		"/sleeps/main.ts"
	];
	expect(text).toMatch(/if \(\$timerLook\(this\.\$timer, this\.ms\)\)/);
	expect(text).toMatch(/\$timerStart\(this\.\$timer, this\.ms \/ 2\)/);
	expect(text).toMatch(/if \(\$timerPoll\(this\.\$timer, \$id\) === 1\)/);
	expect(text).toMatch(/if \(\$timerLookAt\(this\.\$timer, this\.ms\)\)/);
	expect(text).toMatch(/if \(\$timerLook\(this\.\$timer, 7\)\)/);
	// A limit has an object of its own here, and what counts up is read once.
	expect(text).toMatch(/new \$Timeout\(\)/);
	expect(text).toMatch(/\$timerStart\(\$leaf0, half\+\+\)/);
	expect(text).not.toMatch(/new \$Sleep\(/);
});

test("X1 M8 a limit that is only known when the program runs is evaluated and checked behind the start", () => {
	const source = `import { run, withTimeout, TIMEOUT } from "stator";
import { TcpStream, ioBuffer } from "stator/io";
const stream = new TcpStream();
const buffer = ioBuffer(64);
let patience = 5;
run(async () => {
	const got = await withTimeout(stream.read(buffer), patience++);
	const sent = await withTimeout(stream.write(buffer), 2.5);
	return got === TIMEOUT || sent === TIMEOUT ? 1 : 0;
});
`;
	const text = compileText({ "/io/main.ts": source }, "/io/main.ts", { root: "/io" }).code["/io/main.ts"];
	expect(text).toMatch(/ioReceive\w*\([^;]*, undefined\?\.length\);\s*\$timerStart\w*\(\$leaf\d+, patience\+\+\);/);
	expect(text).toMatch(/ioSend\w*\([^;]*, undefined\?\.length\);\s*\$timerStart\w*\(\$leaf\d+, 2\.5\);/);
});
