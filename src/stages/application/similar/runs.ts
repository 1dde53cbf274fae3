import type { Fold } from "../../../core/similarity/fold.ts";
import { normalize } from "../../../core/similarity/normalize.ts";
import { endOffsetOf, offsetOf } from "../../../core/similarity/text.ts";

/** A stretch that stands in both of two passages; offsets in each, ends exclusive. */
export type SharedRun = {
  readonly from: number;
  readonly to: number;
  readonly inFrom: number;
  readonly inTo: number;
};

/** Shorter agreement is chance. */
const shortest = 4;

/** What two passages share word for word, in order; punctuation, width and traditional characters make no difference. */
export const sharedRuns = (fold: Fold, mine: string, theirs: string): readonly SharedRun[] => {
  const [a, b] = [mine, theirs].map((text) => normalize(fold, [{ name: "", text }])) as [
    ReturnType<typeof normalize>,
    ReturnType<typeof normalize>,
  ];
  const gram = (codes: Uint16Array, at: number) => codes.subarray(at, at + shortest).join(" ");
  const places = new Map<string, number[]>();
  for (let at = 0; at + shortest <= b.codes.length; at += 1) {
    const key = gram(b.codes, at);
    const known = places.get(key);
    if (known === undefined) places.set(key, [at]);
    else known.push(at);
  }
  const runs: SharedRun[] = [];
  let behind = 0;
  for (let at = 0; at + shortest <= a.codes.length;) {
    const start = places.get(gram(a.codes, at))?.find((place) => place >= behind);
    // A far jump ahead would leave out what comes before it.
    if (start === undefined || start - behind > 200 + at) {
      at += 1;
      continue;
    }
    let length = shortest;
    while (
      at + length < a.codes.length &&
      start + length < b.codes.length &&
      a.codes[at + length] === b.codes[start + length]
    )
      length += 1;
    runs.push({
      from: offsetOf(a, at),
      to: endOffsetOf(a, at + length - 1),
      inFrom: offsetOf(b, start),
      inTo: endOffsetOf(b, start + length - 1),
    });
    at += length;
    behind = start + length;
  }
  return runs;
};

/** A passage in pieces; `same` is what stands in the other word for word, the rest was rewritten, or is only punctuation. */
export type Piece = { readonly text: string; readonly same: boolean };

export const piecesOf = (
  text: string,
  runs: readonly (readonly [from: number, to: number])[],
): readonly Piece[] => {
  const pieces: Piece[] = [];
  let at = 0;
  for (const [from, to] of runs) {
    if (from > at) pieces.push({ text: text.slice(at, from), same: false });
    pieces.push({ text: text.slice(from, to), same: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), same: false });
  return pieces;
};
