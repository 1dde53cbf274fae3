import { base, leaving, mix, spread } from "./hash.ts";
import { own } from "./mask.ts";

/** Characters in a fingerprint. */
export const span = 5;

/** One run in so many is kept; the sample of 64 is part of the sample of 32. */
export type Rate = 32 | 64;

/** A text with fewer fingerprints than this would be found by luck only: it keeps the smallest of all its hashes instead. */
const fewest = 8;

export type Fingerprints = {
  /** Distinct, in the order of their first place. */
  readonly keys: Uint32Array;
  readonly positions: Uint32Array;
  /** How often each stands in the text. */
  readonly counts: Uint32Array;
};

const keyAt = (codes: Uint16Array, at: number): number => {
  let key = 0;
  for (let place = at; place < at + span; place += 1) key = (Math.imul(key, 0x5bd1e995) ^ codes[place]!) | 0;
  return mix(key);
};

/** Runs whose hash has `zeros` upper bits clear, in order; `mask` keeps out every run that touches text that does not count. */
const sample = (
  codes: Uint16Array,
  mask: Uint8Array,
  zeros: number,
  take: (hash: number, at: number) => void,
) => {
  const weight = leaving(span - 1);
  const shift = 32 - zeros;
  let rolling = 0;
  let clear = 0;
  for (let at = 0; at < codes.length; at += 1) {
    rolling = (Math.imul(rolling, base) + codes[at]!) | 0;
    clear = mask[at] === own ? clear + 1 : 0;
    if (at < span - 1) continue;
    const hash = spread(rolling);
    rolling = (rolling - Math.imul(codes[at - span + 1]!, weight)) | 0;
    if ((zeros === 0 || hash >>> shift === 0) && clear >= span) take(hash >>> 0, at - span + 1);
  }
};

/** FracMinHash: the runs whose hash is among the smallest 1/rate of all hashes, as 32-bit keys. Nothing for a text without own runs. */
export const fingerprints = (codes: Uint16Array, mask: Uint8Array, rate: Rate): Fingerprints => {
  const found = collect(codes, mask, Math.log2(rate));
  if (found.keys.length >= fewest) return found;
  const all = collect(codes, mask, 0);
  // Those below the limit are among them: what is found in a longer text is found here too.
  const smallest = Array.from(all.keys.keys())
    .sort((a, b) => all.hashes[a]! - all.hashes[b]! || a - b)
    .slice(0, fewest);
  return only(
    all,
    smallest.sort((a, b) => a - b),
  );
};

const collect = (codes: Uint16Array, mask: Uint8Array, zeros: number) => {
  const found: { readonly at: number[]; readonly hash: number[] } = { at: [], hash: [] };
  sample(codes, mask, zeros, (hash, at) => {
    found.at.push(at);
    found.hash.push(hash);
  });
  const total = found.at.length;
  const keys = new Uint32Array(total);
  const positions = new Uint32Array(total);
  const counts = new Uint32Array(total);
  const hashes: number[] = [];
  // Open addressing: a map of the language's own takes as long as all the hashing.
  const bits = Math.max(4, Math.ceil(Math.log2(total + 1)) + 1);
  const table = new Int32Array(2 ** bits).fill(-1);
  let count = 0;
  for (let index = 0; index < total; index += 1) {
    const at = found.at[index]!;
    const key = keyAt(codes, at);
    let slot = key >>> (32 - bits);
    while (table[slot]! >= 0 && keys[table[slot]!] !== key) slot = (slot + 1) & (table.length - 1);
    if (table[slot]! >= 0) {
      counts[table[slot]!]! += 1;
      continue;
    }
    table[slot] = count;
    keys[count] = key;
    positions[count] = at;
    counts[count] = 1;
    hashes.push(found.hash[index]!);
    count += 1;
  }
  return {
    keys: keys.slice(0, count),
    positions: positions.slice(0, count),
    counts: counts.slice(0, count),
    hashes,
  };
};

/** The fingerprints at some places of the list. */
export const only = ({ keys, positions, counts }: Fingerprints, places: readonly number[]): Fingerprints => ({
  keys: Uint32Array.from(places, (at) => keys[at]!),
  positions: Uint32Array.from(places, (at) => positions[at]!),
  counts: Uint32Array.from(places, (at) => counts[at]!),
});
