/**
 * Several waits at once, until all are ready. (embassy-futures' join. The wait for a task's end is `handle.join()`.)
 *
 * ```ts
 * const both = await join(temperature.receive(), humidity.receive());
 * log("t", both.first); log("h", both.second);
 * ```
 *
 * What is yielded is the wait itself, made once for each place: good until the same place waits again.
 */
import type { TaskId } from "#hal";
import type { Awaitable } from "../awaitable.ts";
import { Leaf } from "../leaf.ts";
import { PENDING, type Poll, READY } from "../status.ts";

/** What the waits have yielded, in their order. */
export interface Joined<A, B, C = undefined, D = undefined> {
	readonly first: A;
	readonly second: B;
	readonly third: C;
	readonly fourth: D;
}

const ALL = 15;

/** Two to four waits. */
export class JoinAll<A, B, C = undefined, D = undefined> extends Leaf<Joined<A, B, C, D>> {
	first: A | undefined = undefined;
	second: B | undefined = undefined;
	third: C | undefined = undefined;
	fourth: D | undefined = undefined;
	/** One bit for each that is ready or not there. */
	private ready = 0;
	private a: Awaitable<A> | undefined = undefined;
	private b: Awaitable<B> | undefined = undefined;
	private c: Awaitable<C> | undefined = undefined;
	private d: Awaitable<D> | undefined = undefined;

	/** The waits, started. */
	start(a: Awaitable<A>, b: Awaitable<B>, c?: Awaitable<C>, d?: Awaitable<D>): this {
		this.a = a;
		this.b = b;
		this.c = c;
		this.d = d;
		this.ready = (c === undefined ? 4 : 0) | (d === undefined ? 8 : 0);
		this.third = undefined;
		this.fourth = undefined;
		return this;
	}

	poll(waker: TaskId): Poll {
		let ready = this.ready;
		if ((ready & 1) === 0 && (this.a as Awaitable<A>).poll(waker) !== PENDING) ready |= 1;
		if ((ready & 2) === 0 && (this.b as Awaitable<B>).poll(waker) !== PENDING) ready |= 2;
		if ((ready & 4) === 0 && (this.c as Awaitable<C>).poll(waker) !== PENDING) ready |= 4;
		if ((ready & 8) === 0 && (this.d as Awaitable<D>).poll(waker) !== PENDING) ready |= 8;
		this.ready = ready;
		return ready === ALL ? READY : PENDING;
	}

	/** Throws what the first of them throws that throws; what the others have got goes back. */
	take(): Joined<A, B, C, D> {
		if (this.fails()) this.giveBack();
		this.ready = 0; // nothing is left to give back
		this.first = (this.a as Awaitable<A>).take();
		this.second = (this.b as Awaitable<B>).take();
		if (this.c !== undefined) this.third = this.c.take();
		if (this.d !== undefined) this.fourth = this.d.take();
		return this as unknown as Joined<A, B, C, D>;
	}

	/** Also gives back what those have got that are ready. */
	drop(): void {
		this.giveBack();
		this.a?.drop();
		this.b?.drop();
		this.c?.drop();
		this.d?.drop();
	}

	fails(): boolean {
		const { a, b, c, d } = this;
		return a?.fails?.() === true || b?.fails?.() === true || c?.fails?.() === true || d?.fails?.() === true;
	}

	giveBack(): void {
		const ready = this.ready;
		this.ready = 0;
		if ((ready & 1) !== 0) this.a?.giveBack?.();
		if ((ready & 2) !== 0) this.b?.giveBack?.();
		if ((ready & 4) !== 0) this.c?.giveBack?.();
		if ((ready & 8) !== 0) this.d?.giveBack?.();
	}
}

/** Both of two waits. */
export function join<A, B>(a: Awaitable<A>, b: Awaitable<B>): JoinAll<A, B> {
	return new JoinAll<A, B>().start(a, b);
}

/** All of three waits. */
export function join3<A, B, C>(a: Awaitable<A>, b: Awaitable<B>, c: Awaitable<C>): JoinAll<A, B, C> {
	return new JoinAll<A, B, C>().start(a, b, c);
}

/** All of four waits. */
export function join4<A, B, C, D>(
	a: Awaitable<A>,
	b: Awaitable<B>,
	c: Awaitable<C>,
	d: Awaitable<D>,
): JoinAll<A, B, C, D> {
	return new JoinAll<A, B, C, D>().start(a, b, c, d);
}
