/** Platforms whose memory is equally near everywhere: nothing is fetched ahead, and the bundler removes the call. */

export function fetchAhead(_base: number, _frames: readonly object[]): void {}
