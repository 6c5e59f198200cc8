/**
 * `stator/board`: the board's own devices. Each platform has its form of this module (hal/<platform>/board.ts) and the
 * bundler picks the one that is built for; types and tests under Node see the simulated one.
 */
export * from "./sim/board.ts";
