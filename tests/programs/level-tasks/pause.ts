/** What main and both levels wait in. */
import { mark, sleep } from "stator";

export async function pause(ms: number): Promise<void> {
	mark("pause", ms);
	await sleep(ms);
}
