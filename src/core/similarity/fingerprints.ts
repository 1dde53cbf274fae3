import { base, codeHash, leaving, mix } from "./hash.ts";
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

/** Samples whose hash is below `limit`, in order; `mask` keeps out every run that touches text that does not count. */
const sample = (
  codes: Uint16Array,
  mask: Uint8Array,
  limit: number,
  take: (hash: number, at: number) => void,
) => {
  const weight = leaving(span);
  let rolling = 0;
  let clear = 0;
  for (let at = 0; at < codes.length; at += 1) {
    rolling = (Math.imul(rolling, base) + codeHash[codes[at]!]!) | 0;
    if (at >= span) rolling = (rolling - Math.imul(codeHash[codes[at - span]!]!, weight)) | 0;
    clear = mask[at] === own ? clear + 1 : 0;
    if (clear < span) continue;
    const hash = mix(rolling);
    if (hash < limit) take(hash, at - span + 1);
  }
};

/** FracMinHash: the runs whose hash is among the smallest 1/rate of all hashes, as 32-bit keys. Nothing for a text without own runs. */
export const fingerprints = (codes: Uint16Array, mask: Uint8Array, rate: Rate): Fingerprints => {
  const found = collect(codes, mask, 2 ** 32 / rate);
  if (found.keys.length >= fewest) return found;
  const all = collect(codes, mask, 2 ** 32);
  // Those below the limit are among them: what is found in a longer text is found here too.
  const smallest = Array.from(all.keys.keys())
    .sort((a, b) => all.hashes[a]! - all.hashes[b]! || a - b)
    .slice(0, fewest);
  return only(
    all,
    smallest.sort((a, b) => a - b),
  );
};

const collect = (codes: Uint16Array, mask: Uint8Array, limit: number) => {
  const places = new Map<number, number>();
  const positions: number[] = [];
  const counts: number[] = [];
  const hashes: number[] = [];
  sample(codes, mask, Math.floor(limit), (hash, at) => {
    const key = keyAt(codes, at);
    const place = places.get(key);
    if (place === undefined) {
      places.set(key, positions.length);
      positions.push(at);
      counts.push(1);
      hashes.push(hash);
    } else counts[place]! += 1;
  });
  return {
    keys: Uint32Array.from(places.keys()),
    positions: Uint32Array.from(positions),
    counts: Uint32Array.from(counts),
    hashes,
  };
};

/** The fingerprints at some places of the list. */
export const only = ({ keys, positions, counts }: Fingerprints, places: readonly number[]): Fingerprints => ({
  keys: Uint32Array.from(places, (at) => keys[at]!),
  positions: Uint32Array.from(places, (at) => positions[at]!),
  counts: Uint32Array.from(places, (at) => counts[at]!),
});
