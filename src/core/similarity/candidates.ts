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

/** Numbers kept for a document while one query runs, side by side in memory: score, half window, its sum, the sum before, the densest. */
const stride = 8;
const [scoreAt, halfAt, nowAt, beforeAt, bestAt] = [0, 1, 2, 3, 4];

export type Ranking = {
  readonly most: number;
  /** Leaves documents out. */
  readonly skip?: (document: number) => boolean;
  /** Decides between equal ones; by number unless told. */
  readonly order?: (a: number, b: number) => number;
};

/** Ranks documents; keeps its working memory (36 bytes a document) from one query to the next. */
export const ranker = () => {
  let numbers = new Uint32Array(0);
  let touched = new Uint32Array(0);

  /**
   * The `most` documents with the highest rarity-weighted containment of the query, and the `most` with the densest place; best first.
   * `documentsOf` gives the documents of a fingerprint by its place in the query.
   */
  return (
    size: number,
    documentsOf: (at: number) => readonly number[],
    weighed: readonly Weighed[],
    { most, skip = never, order = ascending }: Ranking,
  ): readonly Candidate[] => {
    if (touched.length < size) {
      touched = new Uint32Array(Math.ceil(size * 1.25));
      numbers = new Uint32Array(touched.length * stride);
    }
    let count = 0;
    for (const { at, half, weight, inPlace } of weighed)
      for (const document of documentsOf(at)) {
        const row = document * stride;
        if (numbers[row + scoreAt] === 0) {
          touched[count] = document;
          count += 1;
          numbers[row + halfAt] = half;
          numbers[row + nowAt] = 0;
          numbers[row + beforeAt] = 0;
          numbers[row + bestAt] = 0;
        } else if (numbers[row + halfAt] !== half) {
          numbers[row + beforeAt] = numbers[row + halfAt] === half - 1 ? numbers[row + nowAt]! : 0;
          numbers[row + nowAt] = 0;
          numbers[row + halfAt] = half;
        }
        numbers[row + scoreAt]! += weight;
        numbers[row + nowAt]! += inPlace;
        const dense = numbers[row + nowAt]! + numbers[row + beforeAt]!;
        if (dense > numbers[row + bestAt]!) numbers[row + bestAt] = dense;
      }
    const highest = shortList(most, order);
    const densest = shortList(most, order);
    const chosen = new Map<number, Candidate>();
    for (let place = 0; place < count; place += 1) {
      const document = touched[place]!;
      const row = document * stride;
      const score = numbers[row + scoreAt]!;
      const dense = numbers[row + bestAt]!;
      numbers[row + scoreAt] = 0;
      if (!highest.wants(document, score) && !densest.wants(document, dense)) continue;
      if (skip(document)) continue;
      highest.put(document, score);
      densest.put(document, dense);
      chosen.set(document, { document, score, densest: dense });
    }
    const listed = new Set([...highest.documents(), ...densest.documents()]);
    return Array.from(listed, (document) => chosen.get(document)!).sort(
      (a, b) => b.score - a.score || order(a.document, b.document),
    );
  };
};

/** The documents of the highest values, `order` deciding between equal ones. */
const shortList = (most: number, order: (a: number, b: number) => number) => {
  const documents: number[] = [];
  const values: number[] = [];
  const precedes = (document: number, value: number, at: number) =>
    value > values[at]! || (value === values[at] && order(document, documents[at]!) < 0);
  return {
    wants: (document: number, value: number) =>
      documents.length < most || precedes(document, value, documents.length - 1),
    put: (document: number, value: number) => {
      let at = documents.length;
      while (at > 0 && precedes(document, value, at - 1)) at -= 1;
      if (at >= most) return;
      documents.splice(at, 0, document);
      values.splice(at, 0, value);
      documents.length = Math.min(documents.length, most);
      values.length = documents.length;
    },
    documents: (): readonly number[] => documents,
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

/** How many live documents have a fingerprint; of one far beyond the cap the dead may be among them. */
export const countLive = (collection: Collection, key: number): number => {
  const { parts, delta, dead, cap, size, live } = collection;
  let count = delta.get(key)?.length ?? 0;
  for (const { segment } of parts) {
    const start = startOf(segment, key);
    count += endOf(segment, key, start) - start;
  }
  return dead.length === 0 || count > cap + size - live ? count : liveDocuments(collection, key).length;
};
