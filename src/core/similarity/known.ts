import { type GramSet, gramsOf } from "./gram-set.ts";
import { base, mix } from "./hash.ts";
import type { Text } from "./text.ts";

/** Text that everybody may use: the guide, the form's headings and explanations, texts given with the form, citations of law. */
export type Known = {
  readonly grams: GramSet;
  /** Hashes of whole stretches between punctuation marks that are shorter than a run: headings such as 研究内容. */
  readonly stretches: ReadonlySet<number>;
  /** Bitmap of the stretches' upper bits: spares nearly every look-up. */
  readonly likely: Uint32Array;
};

const likelyBits = 15;

export const knownFrom = (grams: GramSet, stretches: ReadonlySet<number>): Known => {
  const likely = new Uint32Array(2 ** likelyBits / 32);
  for (const hash of stretches) {
    const at = hash >>> (32 - likelyBits);
    likely[at >>> 5]! |= 1 << (at & 31);
  }
  return { grams, stretches, likely };
};

export const isKnownStretch = ({ stretches, likely }: Known, hash: number): boolean => {
  const at = hash >>> (32 - likelyBits);
  return ((likely[at >>> 5]! >>> (at & 31)) & 1) === 1 && stretches.has(hash);
};

const longestStretch = 14;

/** Calls `visit(hash, from, to)` for every short stretch without a break in the original. */
export const eachStretch = (text: Text, visit: (hash: number, from: number, to: number) => void): void => {
  const { codes, breaks } = text;
  for (let at = 0; at < breaks.length; at += 2) {
    const from = breaks[at]!;
    const to = breaks[at + 2] ?? codes.length;
    if (to - from < 2 || to - from > longestStretch || codes[from] === 0) continue;
    let hash = to - from;
    for (let place = from; place < to; place += 1) hash = (Math.imul(hash, base) + codes[place]!) | 0;
    visit(mix(hash), from, to);
  }
};

/** `headings` count where they stand alone between breaks, however short; `texts` wherever a run of them stands. */
export const knownOf = (texts: readonly Text[], headings: readonly Text[]): Known => {
  const stretches = new Set<number>();
  for (const heading of headings) eachStretch(heading, (hash) => stretches.add(hash));
  return knownFrom(gramsOf([...texts, ...headings].map(({ codes }) => codes)), stretches);
};

export const nothingKnown: Known = knownOf([], []);
