import type { Fingerprints } from "./fingerprints.ts";
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

/** Finds candidates; keeps its working memory (24 bytes a document) from one query to the next. */
export const candidateFinder = () => {
  let scratch = scratchOf(0);

  /**
   * The `most` documents with the highest rarity-weighted containment of the query, and the `most` with the densest place; best first.
   * `skip` leaves documents out, `order` decides between equal ones.
   */
  return (
    collection: Collection,
    { keys, positions }: Fingerprints,
    most: number,
    skip: (document: number) => boolean = never,
    order: (a: number, b: number) => number = ascending,
  ): readonly Candidate[] => {
    if (scratch.score.length < collection.size) scratch = scratchOf(Math.ceil(collection.size * 1.25));
    const { score, place, now, before, best, touched } = scratch;
    const lists: { readonly documents: readonly number[]; readonly at: number }[] = [];
    const frequent: typeof lists = [];
    for (let at = 0; at < keys.length; at += 1) {
      const documents = liveDocuments(collection, keys[at]!);
      if (documents.length === 0) continue;
      (documents.length <= collection.cap ? lists : frequent).push({ documents, at });
    }
    if (lists.length === 0)
      lists.push(
        ...frequent
          .sort((a, b) => a.documents.length - b.documents.length || a.at - b.at)
          .slice(0, lastResort)
          .sort((a, b) => a.at - b.at),
      );
    let count = 0;
    for (const { documents, at } of lists) {
      const weight = rarity(collection.live, documents.length);
      const inPlace = rarityInPlace(collection.live, documents.length);
      const half = (positions[at]! / halfWindow) | 0;
      for (const document of documents) {
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

const liveDocuments = ({ parts, delta, dead }: Collection, key: number): readonly number[] => {
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
