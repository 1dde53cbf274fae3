import { type GramSet, gramLength, emptySet, shiftFor, sizeFor } from "./gram-set.ts";
import { eachGram } from "./hash.ts";
import type { Segment } from "./segment.ts";

/** What a collection says about its own text, taken when it is built and kept until it has doubled. */
export type Frequency = {
  /** Runs that so many documents share that they are nobody's. */
  readonly frequent: GramSet;
  /** Four-character runs too common to start an alignment from. */
  readonly common: GramSet;
  /** Fingerprints in more documents than this are ignored. */
  readonly cap: number;
};

export const seedLength = 4;
export const sampledDocuments = 256;

export const leastCap = 48;
export const noFrequency: Frequency = { frequent: emptySet, common: emptySet, cap: leastCap };

/** Runs of `length` that stand in at least `least` of the documents. */
const sharedBy = (texts: readonly Uint16Array[], length: number, least: number, most: number): GramSet => {
  const count = texts.reduce((sum, codes) => sum + codes.length, 0);
  const size = sizeFor(count, 1.3, 1024, most);
  const shift = shiftFor(size);
  const counts = new Uint16Array(size);
  const last = new Uint16Array(size);
  for (const [index, codes] of texts.entries())
    eachGram(codes, length, (hash) => {
      const at = hash >>> shift;
      if (last[at] === index + 1) return;
      last[at] = index + 1;
      counts[at]! += 1;
    });
  let shared = 0;
  for (const documents of counts) if (documents >= least) shared += 1;
  // Few are shared: a map that fits the processor's cache does, as a slot's upper bits are a slot of the smaller map.
  const smaller = Math.min(size, sizeFor(shared, 64, 64, most));
  const bits = new Uint32Array(smaller / 32);
  for (let slot = 0; slot < size; slot += 1)
    if (counts[slot]! >= least) {
      const at = Math.floor(slot / (size / smaller));
      bits[at >>> 5]! |= 1 << (at & 31);
    }
  return { bits, size: smaller };
};

/** `texts`: at most `sampledDocuments` of them, no two the same. */
export const frequentOf = (texts: readonly Uint16Array[]): Pick<Frequency, "frequent" | "common"> => {
  if (texts.length < 5) return { frequent: emptySet, common: emptySet };
  return {
    frequent: sharedBy(texts, gramLength, Math.max(5, Math.ceil(texts.length * 0.003)), 2 ** 25),
    common: sharedBy(texts, seedLength, Math.max(8, Math.ceil(texts.length * 0.06)), 2 ** 21),
  };
};

/** Postings that one fingerprint of a query may cost on average. */
const budget = 24;

/** The highest number of documents a fingerprint may stand in so that looking up a text like those in the segment stays cheap. */
export const capOf = ({ documentBits, directory, postings }: Segment): number => {
  const histogram = new Map<number, number>();
  for (let bucket = 0; bucket < directory.length - 1; bucket += 1) {
    let run = 0;
    const to = directory[bucket + 1]!;
    for (let at = directory[bucket]!; at < to; at += 1) {
      run += 1;
      if (at + 1 < to && postings[at]! >>> documentBits === postings[at + 1]! >>> documentBits) continue;
      histogram.set(run, (histogram.get(run) ?? 0) + 1);
      run = 0;
    }
  }
  return capOfCounts([...histogram]);
};

/** The same from numbers of documents and how many fingerprints stand in so many. */
export const capOfCounts = (counts: readonly (readonly [documents: number, keys: number])[]): number => {
  const postings = counts.reduce((sum, [documents, keys]) => sum + documents * keys, 0);
  let cost = 0;
  let cap = leastCap;
  for (const [documents, keys] of counts.toSorted(([a], [b]) => a - b)) {
    cost += documents * documents * keys;
    if (cost > budget * postings) break;
    cap = Math.max(cap, documents);
  }
  return cap;
};
