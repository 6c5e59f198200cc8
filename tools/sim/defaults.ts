/** What `stator sim` does unless the command line says otherwise. Apart, so that its help needs no simulator. */
export const DEFAULTS = { seed: 1, runs: 1000, seconds: 10, steps: 20_000 };
