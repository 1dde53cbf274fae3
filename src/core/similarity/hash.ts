/** Bit mixer of MurmurHash3: every bit of the input moves half of the bits of the output. Unsigned 32 bits. */
export const mix = (value: number): number => {
  let h = value;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** A number for each character code, so that neighbours in the code table are no neighbours here. */
export const codeHash: Int32Array = Int32Array.from(
  { length: 65_536 },
  (_, code) => mix(code + 0x9e3779b9) | 0,
);

export const base = 0x01000193;

/** `base` to the power of `grams`: what a character weighs when it leaves a rolling window of that many. */
export const leaving = (grams: number): number => {
  let power = 1;
  for (let at = 0; at < grams; at += 1) power = Math.imul(power, base);
  return power;
};

/**
 * Calls `visit(hash, position)` for every run of `length` characters, mixed to 32 bits; runs over a section's end come too and hold the 0 between
 * sections.
 */
export const eachGram = (
  codes: Uint16Array,
  length: number,
  visit: (hash: number, position: number) => void,
): void => {
  const weight = leaving(length);
  let rolling = 0;
  for (let at = 0; at < codes.length; at += 1) {
    rolling = (Math.imul(rolling, base) + codeHash[codes[at]!]!) | 0;
    if (at >= length) rolling = (rolling - Math.imul(codeHash[codes[at - length]!]!, weight)) | 0;
    if (at >= length - 1) visit(mix(rolling), at - length + 1);
  }
};
