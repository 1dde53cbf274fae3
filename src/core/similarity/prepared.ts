import type { Frequency } from "./frequency.ts";
import type { Known } from "./known.ts";
import { maskFrequent, maskKnown, own } from "./mask.ts";
import type { Text } from "./text.ts";

/** A query with what counts in it. */
export type Prepared = {
  readonly text: Text;
  /** By known text only: what fingerprints are taken from, so that they never depend on other documents. */
  readonly known: Uint8Array;
  /** By known text and by frequency. */
  readonly mask: Uint8Array;
  /** Own characters before each position, and at the end all of them. */
  readonly ownBefore: Uint32Array;
};

export const prepare = (text: Text, known: Known, { frequent }: Pick<Frequency, "frequent">): Prepared => {
  const byText = maskKnown(text, known);
  const mask = byText.slice();
  maskFrequent(text, frequent, mask);
  return { text, known: byText, mask, ownBefore: countOwn(mask) };
};

export const countOwn = (mask: Uint8Array): Uint32Array => {
  const before = new Uint32Array(mask.length + 1);
  for (let at = 0; at < mask.length; at += 1) before[at + 1] = before[at]! + (mask[at] === own ? 1 : 0);
  return before;
};

export const ownIn = ({ ownBefore }: Prepared, from: number, to: number): number =>
  ownBefore[to]! - ownBefore[from]!;

/** The number of characters that `coverage` is a share of. */
export const ownCharacters = ({ ownBefore }: Prepared): number => ownBefore.at(-1) ?? 0;
