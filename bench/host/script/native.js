// Native async functions on QuickJS; the host (bench/host/rust) gives cpuNs, wallNs, resident and report, and runs the jobs.
function Channel() {
	this.value = undefined;
	this.sending = undefined;
	this.receiving = undefined;
}

Channel.prototype.send = async function (value) {
	const receiving = this.receiving;
	if (receiving !== undefined) {
		this.receiving = undefined;
		receiving(value);
		return;
	}
	if (this.value !== undefined)
		await new Promise((resolve) => {
			this.sending = resolve;
		});
	this.value = value;
};

Channel.prototype.receive = async function () {
	const value = this.value;
	if (value === undefined)
		return await new Promise((resolve) => {
			this.receiving = resolve;
		});
	this.value = undefined;
	const sending = this.sending;
	this.sending = undefined;
	if (sending) sending();
	return value;
};

async function measured(count, run) {
	await run(count / 10);
	const wall = wallNs();
	const cpu = cpuNs();
	const did = await run(count);
	report(JSON.stringify({ count: did, wall_ns: wallNs() - wall, cpu_ns: cpuNs() - cpu }));
}

globalThis.resume = (count) => {
	const run = async (more) => {
		let turns = 0;
		const yields = async () => {
			while (turns < more) {
				turns++;
				await undefined;
			}
		};
		const all = [];
		for (let i = 0; i < 64; i++) all.push(yields());
		await Promise.all(all);
		return turns;
	};
	measured(count, run);
};

globalThis.ping = (count) => {
	const ask = new Channel();
	const answer = new Channel();
	const answers = async () => {
		for (;;) await answer.send((await ask.receive()) + 1);
	};
	const run = async (more) => {
		let turns = 0;
		while (turns < more) {
			await ask.send(turns);
			turns = await answer.receive();
		}
		return turns;
	};
	answers();
	measured(count, run);
};

// No timers here: the tasks wait for promises that are never resolved.
globalThis.idle = (count) => {
	const before = resident();
	const kept = [];
	let started = 0;
	const idles = async () => {
		started++;
		await new Promise((resolve) => {
			kept.push(resolve);
		});
	};
	for (let i = 0; i < count; i++) idles();
	report(JSON.stringify({ count: started, bytes: (resident() - before) / count }));
};
