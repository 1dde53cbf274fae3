import { endOf, type Segment, startOf } from "./segment.ts";

/** Segments one behind the other, documents numbered through; the delta holds what no segment holds yet. */
export type Collection = {
  readonly parts: readonly { readonly segment: Segment; readonly first: number }[];
  readonly delta: ReadonlyMap<number, readonly number[]>;
  /** All numbers given, dead ones included. */
  readonly size: number;
  readonly live: number;
  /** 1 for a document that was removed or changed; empty when there is none. */
  readonly dead: Uint8Array;
  readonly cap: number;
};

export type Candidate = { readonly document: number; readonly score: number; readonly densest: number };

/** Characters in half a window: copied text is dense in one place, chance is spread over the whole. */
export const halfWindow = 256;

/** Integers, so that a sum has no order and SQL finds the same. */
export const rarity = (live: number, documents: number): number =>
  Math.round(1024 * Math.log(1 + live / documents));

/** The same for the densest place: what a whole laboratory writes must not hide one copied paragraph. */
export const rarityInPlace = (live: number, documents: number): number =>
  Math.round((1024 * Math.log(1 + live / documents)) / Math.sqrt(documents));

/** Fingerprints of a query that are looked up when every one of them is too frequent. */
const lastResort = 16;

/** A fingerprint of a query with what finding it says about a document. */
export type Weighed = {
  /** Its place among the query's fingerprints. */
  readonly at: number;
  readonly half: number;
  readonly weight: number;
  readonly inPlace: number;
};

/** What each fingerprint weighs, in the order of the text; `documents`: live documents that have it. Those beyond the cap are left out. */
export const weigh = (
  live: number,
  cap: number,
  positions: Uint32Array,
  documents: ArrayLike<number>,
): readonly Weighed[] => {
  const found = Array.from(positions.keys()).filter((at) => documents[at]! > 0);
  const rare = found.filter((at) => documents[at]! <= cap);
  const chosen =
    rare.length > 0
      ? rare
      : found
          .sort((a, b) => documents[a]! - documents[b]! || a - b)
          .slice(0, lastResort)
          .sort((a, b) => a - b);
  return chosen.map((at) => ({
    at,
    half: Math.floor(positions[at]! / halfWindow),
    weight: rarity(live, documents[at]!),
    inPlace: rarityInPlace(live, documents[at]!),
  }));
};

type Scratch = {
  readonly score: Uint32Array;
  readonly place: Int32Array;
  readonly now: Uint32Array;
  readonly before: Uint32Array;
  readonly best: Uint32Array;
  readonly touched: Uint32Array;
};

const scratchOf = (size: number): Scratch => ({
  score: new Uint32Array(size),
  place: new Int32Array(size),
  now: new Uint32Array(size),
  before: new Uint32Array(size),
  best: new Uint32Array(size),
  touched: new Uint32Array(size),
});

export type Ranking = {
  readonly most: number;
  /** Leaves documents out. */
  readonly skip?: (document: number) => boolean;
  /** Decides between equal ones; by number unless told. */
  readonly order?: (a: number, b: number) => number;
};

/** Ranks documents; keeps its working memory (24 bytes a document) from one query to the next. */
export const ranker = () => {
  let scratch = scratchOf(0);

  /** The `most` documents with the highest rarity-weighted containment of the query, and the `most` with the densest place; best first. */
  return (
    size: number,
    lists: readonly (readonly number[])[],
    weighed: readonly Weighed[],
    { most, skip = never, order = ascending }: Ranking,
  ): readonly Candidate[] => {
    if (scratch.score.length < size) scratch = scratchOf(Math.ceil(size * 1.25));
    const { score, place, now, before, best, touched } = scratch;
    let count = 0;
    for (const { at, half, weight, inPlace } of weighed)
      for (const document of lists[at]!) {
        if (score[document] === 0) {
          touched[count] = document;
          count += 1;
          place[document] = half;
          now[document] = 0;
          before[document] = 0;
          best[document] = 0;
        } else if (place[document] !== half) {
          before[document] = place[document] === half - 1 ? now[document]! : 0;
          now[document] = 0;
          place[document] = half;
        }
        score[document]! += weight;
        now[document]! += inPlace;
        const dense = now[document]! + before[document]!;
        if (dense > best[document]!) best[document] = dense;
      }
    const found = touched.subarray(0, count);
    const chosen = new Set([
      ...highest(found, score, most, skip, order),
      ...highest(found, best, most, skip, order),
    ]);
    const candidates = [...chosen].map((document) => ({
      document,
      score: score[document]!,
      densest: best[document]!,
    }));
    for (const document of found) score[document] = 0;
    return candidates.sort((a, b) => b.score - a.score || order(a.document, b.document));
  };
};

const never = () => false;
const ascending = (a: number, b: number) => a - b;

/** The live documents that have a fingerprint. */
export const liveDocuments = ({ parts, delta, dead }: Collection, key: number): readonly number[] => {
  const documents: number[] = [];
  for (const { segment, first } of parts) {
    const start = startOf(segment, key);
    const end = endOf(segment, key, start);
    const lowest = 2 ** segment.documentBits - 1;
    for (let at = start; at < end; at += 1) {
      const document = first + (segment.postings[at]! & lowest);
      if (dead.length === 0 || dead[document] !== 1) documents.push(document);
    }
  }
  for (const document of delta.get(key) ?? [])
    if (dead.length === 0 || dead[document] !== 1) documents.push(document);
  return documents;
};

const highest = (
  found: Uint32Array,
  value: Uint32Array,
  most: number,
  skip: (document: number) => boolean,
  order: (a: number, b: number) => number,
): readonly number[] => {
  const best: number[] = [];
  const precedes = (a: number, b: number) =>
    value[a]! > value[b]! || (value[a] === value[b] && order(a, b) < 0);
  for (const document of found) {
    if (best.length === most && !precedes(document, best[most - 1]!)) continue;
    if (skip(document)) continue;
    let at = best.length;
    while (at > 0 && precedes(document, best[at - 1]!)) at -= 1;
    best.splice(at, 0, document);
    if (best.length > most) best.pop();
  }
  return best;
};
