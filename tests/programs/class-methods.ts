/** Async methods of a class, which tasks have compiled into themselves, and `async` as a name. Proven. */
import { CANCELLED, log, Mutex, type MutexGuard, run, sleep, spawn, task } from "stator";

class Meter {
	async = 1;
	static async = 2;
	total = 0;
	private readonly lock = new Mutex(0);

	async add(n: number): Promise<number> {
		using _guard: MutexGuard<number> = await this.lock.lock();
		const before = this.total;
		await sleep(5);
		this.total = before + n;
		return this.total;
	}
}

const meter = new Meter();
const async = 4;
const { async: again } = { async };

const adder = task({ pool: 3 }, async (n: number) => {
	let sum = 0;
	for (let x = 1; x < 4; x++) sum += await meter.add(x * n);
	try {
		if (sum > 20) throw new RangeError("too much");
	} catch (error) {
		log((error as Error).message);
	}
	return sum;
});

run(async () => {
	const one = spawn(adder(1));
	const two = spawn(adder(2));
	const a = await one.join();
	const b = await two.join();
	if (a !== CANCELLED) log("one", a);
	if (b !== CANCELLED) log("two", b);
	log("total", meter.total);
	log("names", meter.async + Meter.async + async + again);
});
