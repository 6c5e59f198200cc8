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
