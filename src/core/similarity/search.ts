import { mostPlaces } from "./anchors.ts";
import {
  type Candidate,
  type Collection,
  countLive,
  liveDocuments,
  ranker,
  rarity,
  weigh,
  type Weighed,
} from "./candidates.ts";
import { comparer, type Comparison } from "./compare.ts";
import { type Fingerprints, fingerprints, only, type Rate, span } from "./fingerprints.ts";
import type { Frequency } from "./frequency.ts";
import type { Known } from "./known.ts";
import { own } from "./mask.ts";
import { ownCharacters, type Prepared, prepare } from "./prepared.ts";
import { leastShared, withoutShared } from "./shared.ts";
import type { Synonyms } from "./synonyms.ts";
import type { Text } from "./text.ts";

export type Hit = Comparison & { readonly document: number };

export type Question = {
  /** Hits wanted at most. */
  readonly top: number;
  /** Leaves documents out: versions of the same application. */
  readonly skip?: (document: number) => boolean;
  /** Decides between equals; by number unless told. */
  readonly order?: (a: number, b: number) => number;
};

/** What a search looks into. */
export type Source = {
  readonly collection: Collection;
  readonly frequency: Frequency;
  readonly known: Known;
  readonly rate: Rate;
  readonly textOf: (document: number) => Text;
  readonly groupOf: (document: number) => string;
};

/** Candidates that are aligned for a list of ten. */
const leastAligned = 12;

/**
 * What a query is looked up by: taken as it was for the index, then without what stands in frequent text and what the text
 * itself repeats. A text that has nothing else keeps them all.
 */
export const fingerprintsOf = (query: Prepared, rate: Rate): Fingerprints => {
  const all = fingerprints(query.text.codes, query.known, rate);
  return orAll(all, telling(query, all));
};

const telling = ({ mask }: Prepared, { positions, counts }: Fingerprints): readonly number[] =>
  Array.from(positions.keys()).filter((at) => {
    if (counts[at]! > mostPlaces) return false;
    const from = positions[at]!;
    for (let place = from; place < from + span; place += 1) if (mask[place] !== own) return false;
    return true;
  });

const orAll = (all: Fingerprints, places: readonly number[]): Fingerprints =>
  places.length === 0 || places.length === all.keys.length ? all : only(all, places);

/** A query when it is known how many documents have each of its fingerprints: what they all share no longer counts. */
export const weighQuery = (
  query: Prepared,
  found: Fingerprints,
  documents: ArrayLike<number>,
  live: number,
  cap: number,
): { readonly query: Prepared; readonly weighed: readonly Weighed[] } => {
  const rest = withoutShared(query, found, documents);
  const places = new Set(telling(rest, found));
  const weighed = weigh(live, cap, found.positions, documents);
  const kept = weighed.filter(({ at }) => places.has(at));
  return { query: rest, weighed: kept.length > 0 ? kept : weighed };
};

/** Always aligned: the first of each list, and after those that share enough so many that share little. */
const firstOfEach = 2;
const weakOnes = 3;

/**
 * Leaves out most of those that share neither two rare fingerprints in one place nor several of some rarity: the words of the
 * subject. A copied paragraph shares about twelve fingerprints that stand nowhere else.
 */
export const worthAligning = (live: number, candidates: readonly Candidate[]): readonly Candidate[] => {
  const unique = rarity(live, 1);
  const densest = candidates.toSorted((a, b) => b.densest - a.densest);
  const strong = ({ densest: dense, score }: Candidate, rank: number) =>
    rank < firstOfEach || dense >= unique * 1.3 || score >= unique * 5;
  const first = new Set(densest.slice(0, firstOfEach));
  const weak = new Set(densest.filter((one) => !strong(one, firstOfEach)).slice(0, weakOnes));
  return candidates.filter((one, rank) => strong(one, rank) || first.has(one) || weak.has(one));
};

const byNumber = (a: number, b: number) => a - b;

/** Candidates looked up for each of the two lists. */
export const candidatesFor = (top: number): number => Math.max(leastAligned, top + 2);

/** Answers one question after the other: candidates by their fingerprints, then their passages; most covered first. */
export const searcher = (synonyms: Synonyms) => {
  const rank = ranker();
  const compare = comparer(synonyms);

  const search = (source: Source, text: Text, { top, skip, order }: Question): readonly Hit[] => {
    const { collection, rate, known, frequency } = source;
    const asked = prepare(text, known, frequency);
    const found = fingerprintsOf(asked, rate);
    const documents = Array.from(found.keys, (key) => {
      const count = countLive(collection, key);
      return countsApplications(count) ? applications(liveDocuments(collection, key), source.groupOf) : count;
    });
    const { query, weighed } = weighQuery(asked, found, documents, collection.live, collection.cap);
    const ranking = {
      most: candidatesFor(top),
      ...(skip === undefined ? {} : { skip }),
      ...(order === undefined ? {} : { order }),
    };
    const candidates = worthAligning(
      collection.live,
      rank(collection.size, (at) => liveDocuments(collection, found.keys[at]!), weighed, ranking),
    );
    return align(source, query, candidates, top, order);
  };

  /** Passages of candidates, wherever they were found. */
  const align = (
    source: Pick<Source, "frequency" | "textOf">,
    query: Prepared,
    candidates: readonly Candidate[],
    top: number,
    order: (a: number, b: number) => number = byNumber,
  ): readonly Hit[] => {
    if (ownCharacters(query) === 0) return [];
    return candidates
      .map(({ document }) => ({
        document,
        ...compare(query, source.textOf(document), source.frequency),
      }))
      .filter(({ passages }) => passages.length > 0)
      .sort((a, b) => b.coverage - a.coverage || order(a.document, b.document))
      .slice(0, top);
  };

  return { search, align };
};

/** Versions of one application count once where the number decides: whether so many documents make text everybody's. */
export const countsApplications = (documents: number): boolean =>
  documents >= leastShared && documents <= leastShared * 8;

const applications = (documents: readonly number[], groupOf: (document: number) => string): number =>
  new Set(documents.map(groupOf)).size;
