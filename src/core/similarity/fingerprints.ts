import { base, codeHash, leaving, mix } from "./hash.ts";
import { own } from "./mask.ts";

/** Characters in a fingerprint. */
export const span = 5;

/** One run in so many is kept; the sample of 64 is part of the sample of 32. */
export type Rate = 32 | 64;

/** A text with fewer fingerprints than this would be found by luck only: it keeps the smallest of its hashes instead. */
const fewest = 8;

export type Fingerprints = {
  /** Distinct, in the order of their first place. */
  readonly keys: Uint32Array;
  readonly positions: Uint32Array;
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
  const seen = new Map<number, number>();
  sample(codes, mask, Math.floor(2 ** 32 / rate), (_, at) => {
    const key = keyAt(codes, at);
    if (!seen.has(key)) seen.set(key, at);
  });
  if (seen.size < fewest) {
    const all = new Map<number, { readonly hash: number; readonly at: number }>();
    sample(codes, mask, 2 ** 32, (hash, at) => {
      const key = keyAt(codes, at);
      if (!all.has(key)) all.set(key, { hash, at });
    });
    const smallest = [...all].sort(([, a], [, b]) => a.hash - b.hash || a.at - b.at).slice(0, fewest);
    for (const [key, { at }] of smallest) if (!seen.has(key)) seen.set(key, at);
  }
  const ordered = [...seen].sort(([, a], [, b]) => a - b);
  return {
    keys: Uint32Array.from(ordered, ([key]) => key),
    positions: Uint32Array.from(ordered, ([, at]) => at),
  };
};
