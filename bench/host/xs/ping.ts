/** Native async functions on XS: a value there and back over two channels of one slot, written with promises. `ping <round trips>` */
import { programArguments } from "stator/io";
import { jobs } from "#hal";
import { cpuNs, wallNs } from "../measure.native.js";
import { figure, report } from "../report.ts";

/** The same as in bench/host/script/native.js. */
class Channel {
	private value: number | undefined = undefined;
	private sending: (() => void) | undefined = undefined;
	private receiving: ((value: number) => void) | undefined = undefined;

	// stator: allows-allocation native await is what is measured
	async send(value: number): Promise<void> {
		const receiving = this.receiving;
		if (receiving !== undefined) {
			this.receiving = undefined;
			receiving(value);
			return;
		}
		if (this.value !== undefined)
			await new Promise<void>((resolve) => {
				this.sending = resolve;
			});
		this.value = value;
	}

	// stator: allows-allocation native await is what is measured
	async receive(): Promise<number> {
		const value = this.value;
		if (value === undefined)
			return await new Promise<number>((resolve) => {
				this.receiving = resolve;
			});
		this.value = undefined;
		const sending = this.sending;
		this.sending = undefined;
		sending?.();
		return value;
	}
}

const count = Number(programArguments()[0]);
const ask = new Channel();
const answer = new Channel();
let turns = 0;
let done = false;

// stator: allows-allocation native await is what is measured
async function answers(): Promise<void> {
	for (;;) await answer.send((await ask.receive()) + 1);
}

// stator: allows-allocation native await is what is measured
async function asks(until: number): Promise<void> {
	while (turns < until) {
		await ask.send(turns);
		turns = await answer.receive();
	}
	done = true;
}

function runs(more: number): void {
	done = false;
	void asks(turns + more);
	while (!done) jobs();
}

void answers();
runs(count / 10);
const first = turns;
const wall = wallNs();
const cpu = cpuNs();
runs(count);
report(figure("count", turns - first), figure("wall_ns", wallNs() - wall), figure("cpu_ns", cpuNs() - cpu));
