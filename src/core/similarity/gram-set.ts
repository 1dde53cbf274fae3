import { eachGram } from "./hash.ts";

/** Runs of this many characters decide whether text is known or frequent. */
export const gramLength = 8;

/** A set of run hashes as a bitmap by their upper bits: never misses one, rarely takes another for one. */
export type GramSet = { readonly bits: Uint32Array; readonly size: number };

export const emptySet: GramSet = { bits: new Uint32Array(1), size: 32 };

/** Leaves so many upper bits of a hash as a map of `size` has places. */
export const shiftFor = (size: number): number => 32 - Math.log2(size);

/** The smallest power of two that holds `count` entries one in `sparse`, within `least` and `most`. */
export const sizeFor = (count: number, sparse: number, least: number, most: number): number => {
  let size = least;
  while (size < most && size < count * sparse) size *= 2;
  return size;
};

export const gramsOf = (texts: readonly Uint16Array[]): GramSet => {
  const count = texts.reduce((sum, codes) => sum + codes.length, 0);
  if (count === 0) return emptySet;
  const size = sizeFor(count, 64, 1024, 2 ** 23);
  const bits = new Uint32Array(size / 32);
  const shift = shiftFor(size);
  for (const codes of texts)
    eachGram(codes, gramLength, (hash) => {
      const at = hash >>> shift;
      bits[at >>> 5]! |= 1 << (at & 31);
    });
  return { bits, size };
};
