/** Keeps the programs that this process builds from those of the processes beside it. */
process.env.STATOR_SIDE = process.env.VITEST_POOL_ID;
