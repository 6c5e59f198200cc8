/**
 * Two signed images of 240 bytes, the public key that their signatures are for, and nothing else of that key: the program is
 * about what a device does with them (tests/unit/image/images.ts has made them).
 */
export const KEY = "6393d66b120f131aab7744d4d9e0ee83efc0882284514344878862ffec11e244";

/** Version 2.1.0+7. */
export const NEWER =
	"3db8f396000000002000000040000000000000000201000007000000000000003f464d545b626970777e858c939aa1a8afb6bdc4cbd2d9e0" +
	"e7eef5fc030a11181f262d343b424950575e656c737a81888f969da4abb2b9c0c7ced5dce3eaf1f8076990001000200068e6169289c30f98" +
	"dfe4061e18787edd19364bf22310d01a9e093134a64396a7010020002053e881c119ef79ce9b456bd11363023f534e524510f362e0d95be6" +
	"0133ba6724004000880f1429b1f294e0bac259a6c97a4bf6281c6e3675b9b87512bdcd51e06e366620526ee4bcddb34485afb929c8b2201c" +
	"b1107daec7d13cd01a7d3fdc1d96410b";

/** Version 2.0.9+0. */
export const OLDER =
	"3db8f396000000002000000040000000000000000200090000000000000000003e454c535a61686f767d848b9299a0a7aeb5bcc3cad1d8df" +
	"e6edf4fb020910171e252c333a41484f565d646b727980878e959ca3aab1b8bfc6cdd4dbe2e9f0f70769900010002000db0c72991940ce6d" +
	"c16d4a3197a3c4509714c77e07a273e1a238ad342901489c010020002053e881c119ef79ce9b456bd11363023f534e524510f362e0d95be6" +
	"0133ba6724004000c72799ea086de12813f8c003a77938b7457dd975ab4de300fb398c2843c60531f041cfa9ac7eedb2d5dd22270a9c54e4" +
	"9069c1e5fc2c4b4e899f5aa3457bee0c";

/** The bytes of hexadecimal digits. INIT */
export function bytesOf(text: string): Uint8Array {
	const bytes = new Uint8Array(text.length / 2);
	for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
	return bytes;
}
