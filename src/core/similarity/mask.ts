import { type GramSet, gramLength, shiftFor } from "./gram-set.ts";
import { base, leaving, spread } from "./hash.ts";
import { eachStretch, isKnownStretch, type Known } from "./known.ts";
import type { Text } from "./text.ts";

/** What a character counts as: the author's own, everybody's by known text, everybody's by frequency, or no text at all. */
export const own = 0;
export const knownText = 1;
export const frequentText = 2;
export const noText = 3;

/** A passage has at least so many characters of the original; a section shorter than one cannot be compared and does not count. */
export const shortestPassage = 20;

/** Single runs meet by chance; this many in a row are a stretch of at least ten characters. */
const leastRuns = 3;

/** A standard paragraph is shorter than this. A longer stretch that many share is a copied application, which must be reported. */
export const longestFrequent = 1_000;

const markRuns = (codes: Uint16Array, set: GramSet, most: number, value: number, mask: Uint8Array): void => {
  const { bits, size } = set;
  const shift = shiftFor(size);
  // The first character of a run leaves before the next one comes: one power less.
  const weight = leaving(gramLength - 1);
  const end = codes.length;
  let rolling = 0;
  for (let at = 0; at < Math.min(gramLength - 1, end); at += 1)
    rolling = (Math.imul(rolling, base) + codes[at]!) | 0;
  let run = 0;
  for (let at = gramLength - 1; at <= end; at += 1) {
    if (at < end) {
      rolling = (Math.imul(rolling, base) + codes[at]!) | 0;
      const slot = spread(rolling) >>> shift;
      rolling = (rolling - Math.imul(codes[at - gramLength + 1]!, weight)) | 0;
      if (((bits[slot >>> 5]! >>> (slot & 31)) & 1) === 1) {
        run += 1;
        continue;
      }
    }
    if (run === 0) continue;
    const length = run + gramLength - 1;
    if (run >= leastRuns && length <= most)
      for (let place = at - length; place < at; place += 1) if (mask[place] === own) mask[place] = value;
    run = 0;
  }
};

/** Which characters of a document everybody may use by known text. Does not depend on any other document. `mask`: zeros, one a character. */
export const maskKnown = (
  text: Text,
  known: Known,
  mask: Uint8Array = new Uint8Array(text.codes.length),
): Uint8Array => {
  if (known.grams.size > 32) markRuns(text.codes, known.grams, Number.POSITIVE_INFINITY, knownText, mask);
  if (known.stretches.size > 0)
    eachStretch(text, (hash, from, to) => {
      if (isKnownStretch(known, hash)) mask.fill(knownText, from, to);
    });
  for (const { from, to } of text.sections) {
    if (to - from < shortestPassage) mask.fill(noText, from, to);
    if (to < mask.length) mask[to] = noText;
  }
  return mask;
};

/** Adds what many documents of the collection share word for word. */
export const maskFrequent = (text: Text, frequent: GramSet, mask: Uint8Array): void => {
  if (frequent.size > 32) markRuns(text.codes, frequent, longestFrequent, frequentText, mask);
};
