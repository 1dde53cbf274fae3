/** Bit mixer of MurmurHash3: every bit of the input moves half of the bits of the output. Unsigned 32 bits. */
export const mix = (value: number): number => {
  let h = value;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** Base of the polynomial that rolls along a text; what it gives is mixed before it is used. */
export const base = 0x9e3779b1 | 0;

/** Spreads a rolling hash over 32 bits at the price of one multiplication: its upper bits are good ones. */
export const spread = (rolling: number): number => Math.imul(rolling ^ (rolling >>> 15), 0x85ebca6b);

/** `base` to the power of `grams`: what a character weighs when it leaves a rolling window of that many. */
export const leaving = (grams: number): number => {
  let power = 1;
  for (let at = 0; at < grams; at += 1) power = Math.imul(power, base);
  return power;
};

/**
 * Calls `visit(hash, position)` for every run of `length` characters, spread over 32 bits, the upper ones the best; runs over a section's end come too and hold the 0 between
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
    rolling = (Math.imul(rolling, base) + codes[at]!) | 0;
    if (at >= length) rolling = (rolling - Math.imul(codes[at - length]!, weight)) | 0;
    if (at >= length - 1) visit(spread(rolling), at - length + 1);
  }
};
