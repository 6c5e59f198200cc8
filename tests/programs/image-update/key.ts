/** The public key that images must be signed for: the test writes its own in place of this one, which nobody has the other half of. */
export const KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
