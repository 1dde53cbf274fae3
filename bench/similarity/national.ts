import { countLive, liveDocuments, ranker, weigh } from "../../src/core/similarity/candidates.ts";
import { capOf } from "../../src/core/similarity/frequency.ts";
import { mix } from "../../src/core/similarity/hash.ts";
import { buildSegment, type Postings } from "../../src/core/similarity/segment.ts";
import { chanceOf } from "./chance.ts";
import { quantiles } from "./quantiles.ts";

/**
 * A nation's applications by their fingerprints only (1/64): texts of 5,000 to 20,000 characters, a seventh of the fingerprints from
 * pools that a subject's documents or all documents share, two in a hundred in every tenth document. No text exists; nothing is aligned.
 */
export const nationalKeys = (seed: number, document: number, visit: (key: number) => void): void => {
  let state = mix(seed ^ Math.imul(document + 1, 0x9e3779b1));
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    return mix(state);
  };
  const length = 5_000 * 4 ** (next() / 2 ** 32);
  const subject = next() % 4_000;
  for (let rest = Math.round(length / 64); rest > 0; rest -= 1) {
    const draw = next();
    const kind = draw & 127;
    const other = next();
    if (kind < 3) visit(mix(other % 40));
    else if (kind < 8) visit(mix(1_000 + (other % 20_000)));
    else if (kind < 18) visit(mix(100_000 + subject * 64 + (other % 64)));
    else visit(mix(draw ^ Math.imul(other, 0x85ebca6b)));
  }
};

/** A third of an earlier one copied in one piece, the rest of another author's and a query's own. */
export const nationalQuery = (
  seed: number,
  documents: number,
  query: number,
): { readonly source: number; readonly row: Uint32Array } => {
  const source = chanceOf(seed, 77 + query).below(documents);
  const copied: number[] = [];
  nationalKeys(seed, source, (key) => copied.push(key));
  const row = copied.slice(0, Math.ceil(copied.length * 0.3));
  nationalKeys(seed, documents + query, (key) => row.push(key));
  return { source, row: Uint32Array.from(new Set(row)) };
};

export const national = (documents: number, seed: number) => {
  const start = performance.now();
  const each: Postings = (visit) => {
    for (let document = 0; document < documents; document += 1)
      nationalKeys(seed, document, (key) => visit(key, document));
  };
  const segment = buildSegment(documents, each);
  const cap = capOf(segment);
  const building = performance.now() - start;
  const collection = {
    parts: [{ segment, first: 0 }],
    delta: new Map<number, readonly number[]>(),
    size: documents,
    live: documents,
    dead: new Uint8Array(0),
    cap,
  };
  const rank = ranker();
  const milliseconds: number[] = [];
  let found = 0;
  const queries = 1_000;
  const warm = 50;
  for (let query = 0; query < queries + warm; query += 1) {
    const { source, row: keys } = nationalQuery(seed, documents, query);
    const positions = Uint32Array.from(keys, (_, at) => at * 64);
    const began = performance.now();
    const counts = Array.from(keys, (key) => countLive(collection, key));
    const weighed = weigh(documents, cap, positions, counts);
    const candidates = rank(documents, (at) => liveDocuments(collection, keys[at]!), weighed, { most: 12 });
    const took = performance.now() - began;
    if (query < warm) continue;
    milliseconds.push(took);
    if (candidates.slice(0, 10).some(({ document }) => document === source)) found += 1;
  }
  const bytes = segment.postings.byteLength + segment.directory.byteLength;
  return {
    documents,
    postings: segment.postings.length,
    bytesPerDocument: Math.round((bytes / documents) * 10) / 10,
    cap,
    buildSeconds: Math.round(building / 100) / 10,
    query: quantiles(milliseconds),
    recallAt10: found / queries,
    megabytes: Math.round(process.memoryUsage.rss() / 1e6),
  };
};
