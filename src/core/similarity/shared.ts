import { type Fingerprints, span } from "./fingerprints.ts";
import { frequentText, longestFrequent, own } from "./mask.ts";
import { countOwn, type Prepared } from "./prepared.ts";
import { lastAtMost } from "./text.ts";

/** A stretch that so many applications share is nobody's: what a laboratory or an institution always writes. */
export const leastShared = 8;
/** One shared fingerprint is a turn of phrase; so many in a row are a paragraph. */
const leastInARow = 3;
/** Fingerprints stand 32 characters apart on average; a wider gap parts two stretches. */
const widestGap = 160;
/** A paragraph begins and ends with a sentence, so far from its outer fingerprints at most. */
const nearSentence = 64;

/** Masks what many documents share by the documents of the query's own fingerprints: exact, and at once after every change of the collection. */
export const withoutShared = (
  query: Prepared,
  { positions }: Pick<Fingerprints, "positions">,
  documents: ArrayLike<number>,
): Prepared => {
  let mask: Uint8Array | undefined;
  for (let at = 0; at < positions.length; at += 1) {
    if (documents[at]! < leastShared) continue;
    const first = at;
    while (
      at + 1 < positions.length &&
      documents[at + 1]! >= leastShared &&
      positions[at + 1]! - positions[at]! <= widestGap
    )
      at += 1;
    if (at - first + 1 < leastInARow) continue;
    const lowest = first === 0 ? 0 : positions[first - 1]! + span;
    const highest = positions[at + 1] ?? query.mask.length;
    const from = sentenceBefore(query, positions[first]!, lowest);
    const to = sentenceAfter(query, positions[at]! + span, highest);
    if (to - from > longestFrequent) continue;
    mask ??= query.mask.slice();
    for (let place = from; place < to; place += 1) if (mask[place] === own) mask[place] = frequentText;
  }
  return mask === undefined ? query : { ...query, mask, ownBefore: countOwn(mask) };
};

const sentenceBefore = ({ text }: Prepared, position: number, lowest: number): number => {
  const { clauses, sections } = text;
  let at = lastAtMost(clauses, 1, position * 2 + 1);
  while (at >= 0 && (clauses[at]! & 1) === 0) at -= 1;
  const start = sections.findLast(({ from }) => from <= position)?.from ?? 0;
  const sentence = Math.max(start, at >= 0 ? clauses[at]! >>> 1 : 0);
  return sentence >= lowest && position - sentence <= nearSentence ? sentence : position;
};

const sentenceAfter = ({ text }: Prepared, position: number, highest: number): number => {
  const { clauses, sections } = text;
  let at = lastAtMost(clauses, 1, position * 2 - 1) + 1;
  while (at < clauses.length && (clauses[at]! & 1) === 0) at += 1;
  const end = sections.find(({ to }) => to >= position)?.to ?? position;
  const sentence = Math.min(end, at < clauses.length ? clauses[at]! >>> 1 : end);
  return sentence <= highest && sentence - position <= nearSentence ? sentence : position;
};
