/**
 * Several waits at once, the first that is ready counts: the others are given up in that moment. Waits are looked at in
 * their order, so of two that are ready the one that stands first wins. (embassy-futures' select.)
 *
 * ```ts
 * const first = await select(presses.receive(), sleep(1000));
 * if (first.index === 0) log("press", first.value);
 * ```
 *
 * What is yielded is the wait itself, made once for each place: good until the same place waits again.
 */
import type { TaskId } from "#hal";
import type { Awaitable } from "../awaitable.ts";
import { Leaf } from "../leaf.ts";
import { PENDING, type Poll, READY } from "../status.ts";

/** Which of the waits was first, from 0, and what it has yielded. */
export type Selected<A, B, C = never, D = never> =
	| { readonly index: 0; readonly value: A }
	| { readonly index: 1; readonly value: B }
	| ([C] extends [never] ? never : { readonly index: 2; readonly value: C })
	| ([D] extends [never] ? never : { readonly index: 3; readonly value: D });

/** The first of two waits: by far the most, so it carries nothing for others. */
export class Select<A, B> extends Leaf<Selected<A, B>> {
	index = -1;
	value: unknown = undefined;
	private a: Awaitable<A> | undefined = undefined;
	private b: Awaitable<B> | undefined = undefined;

	/** The waits, started. */
	start(a: Awaitable<A>, b: Awaitable<B>): this {
		this.a = a;
		this.b = b;
		return this;
	}

	poll(waker: TaskId): Poll {
		const a = this.a as Awaitable<A>;
		const b = this.b as Awaitable<B>;
		if (a.poll(waker) !== PENDING) {
			this.index = 0;
			b.drop();
			return READY;
		}
		if (b.poll(waker) === PENDING) return PENDING;
		this.index = 1;
		a.drop();
		return READY;
	}

	/** Throws what the wait that was first throws. */
	take(): Selected<A, B> {
		const first = this.index === 0 ? this.a : this.b;
		this.value = (first as Awaitable<unknown>).take();
		return this as unknown as Selected<A, B>;
	}

	fails(): boolean {
		return (this.index === 0 ? this.a : this.b)?.fails?.() === true;
	}

	giveBack(): void {
		if (this.index === 0) this.a?.giveBack?.();
		else this.b?.giveBack?.();
	}

	drop(): void {
		this.a?.drop();
		this.b?.drop();
	}
}

/** The first of three or four waits. */
export class SelectMore<A, B, C, D = never> extends Leaf<Selected<A, B, C, D>> {
	index = -1;
	value: unknown = undefined;
	private a: Awaitable<A> | undefined = undefined;
	private b: Awaitable<B> | undefined = undefined;
	private c: Awaitable<C> | undefined = undefined;
	private d: Awaitable<D> | undefined = undefined;

	/** The waits, started. */
	start(a: Awaitable<A>, b: Awaitable<B>, c: Awaitable<C>, d?: Awaitable<D>): this {
		this.index = -1;
		this.value = undefined;
		this.a = a;
		this.b = b;
		this.c = c;
		this.d = d;
		return this;
	}

	poll(waker: TaskId): Poll {
		const { a, b, c, d } = this;
		if ((a as Awaitable<A>).poll(waker) !== PENDING) this.index = 0;
		else if ((b as Awaitable<B>).poll(waker) !== PENDING) this.index = 1;
		else if ((c as Awaitable<C>).poll(waker) !== PENDING) this.index = 2;
		else if (d !== undefined && d.poll(waker) !== PENDING) this.index = 3;
		else return PENDING;
		if (this.index !== 0) a?.drop();
		if (this.index !== 1) b?.drop();
		if (this.index !== 2) c?.drop();
		if (this.index !== 3) d?.drop();
		return READY;
	}

	/** Throws what the wait that was first throws. */
	take(): Selected<A, B, C, D> {
		const index = this.index;
		const first = index === 0 ? this.a : index === 1 ? this.b : index === 2 ? this.c : this.d;
		this.value = (first as Awaitable<unknown>).take();
		return this as unknown as Selected<A, B, C, D>;
	}

	fails(): boolean {
		return this.first()?.fails?.() === true;
	}

	giveBack(): void {
		this.first()?.giveBack?.();
	}

	private first(): Awaitable<unknown> | undefined {
		const index = this.index;
		return index === 0 ? this.a : index === 1 ? this.b : index === 2 ? this.c : this.d;
	}

	drop(): void {
		this.a?.drop();
		this.b?.drop();
		this.c?.drop();
		this.d?.drop();
	}
}

/** The first of two waits. */
export function select<A, B>(a: Awaitable<A>, b: Awaitable<B>): Select<A, B> {
	return new Select<A, B>().start(a, b);
}

/** The first of three waits. */
export function select3<A, B, C>(a: Awaitable<A>, b: Awaitable<B>, c: Awaitable<C>): SelectMore<A, B, C> {
	return new SelectMore<A, B, C>().start(a, b, c);
}

/** The first of four waits. */
export function select4<A, B, C, D>(
	a: Awaitable<A>,
	b: Awaitable<B>,
	c: Awaitable<C>,
	d: Awaitable<D>,
): SelectMore<A, B, C, D> {
	return new SelectMore<A, B, C, D>().start(a, b, c, d);
}
