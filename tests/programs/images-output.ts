/** What tests/programs/images says on every target, by the codes of the image group. */
export const imageStore = [
	"erased 0",
	"forged 5",
	"no image 3",
	"newer 0",
	"image 0",
	"version 217",
	"marked 0",
	"pending 1",
	"in use 9",
];
