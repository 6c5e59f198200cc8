/** Numbers, big integers, mathematics and binary data, in a program that uses nothing else. */
import { print } from "stator";

print([(255).toString(16), (1.005).toFixed(2), (1e21).toPrecision(4), (1234.5).toExponential(1), 0.1 + 0.2].join());
print(
	[
		Number("0x1f"),
		Number.parseFloat("3.5e2x"),
		Number.isInteger(5),
		Object.is(-0, 0),
		2 ** 40,
		7 % -4,
		-7 >>> 28,
	].join(),
);
print(
	String(2n ** 70n % 1_000_007n) +
		" " +
		BigInt("12345678901234567890") * 3n +
		" " +
		(5n > 4) +
		" " +
		typeof 1n +
		" " +
		BigInt.asUintN(8, 257n),
);
print(
	[
		Math.hypot(3, 4),
		Math.clz32(1),
		Math.fround(5.5),
		Math.imul(3, 4),
		Math.trunc(-1.5),
		Math.cbrt(27),
		Math.atan2(1, 1),
	].join(),
);
print(
	[Math.sin(1), Math.exp(1), Math.log2(8), 2 ** 0.5, Math.max(1, 3, 2), Math.sign(-3)].map((n) => n.toFixed(6)).join(),
);
const bytes = new Uint8Array([1, 2, 300]);
const floats = new Float64Array(new ArrayBuffer(24), 8, 2);
floats[1] = Math.PI;
print([bytes.join(), floats[1], bytes.map((b) => b * 2).toString(), bytes.subarray(1).length].join(" "));
const view = new DataView(floats.buffer);
view.setInt16(0, -2, true);
print([view.getFloat64(16, true), view.getUint16(0, true), view.getBigInt64(0, true)].join(" "));
print(
	[
		new Int16Array([3, 1, 2]).sort().toString(),
		new Uint8ClampedArray([300, -5]).toString(),
		new BigInt64Array([5n])[0],
	].join(" "),
);
const shared = new Int32Array(new SharedArrayBuffer(8));
print(
	[
		Atomics.add(shared, 0, 5),
		Atomics.exchange(shared, 0, 7),
		Atomics.load(shared, 0),
		Atomics.compareExchange(shared, 0, 7, 9),
	].join(),
);
