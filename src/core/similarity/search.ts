import { candidateFinder, type Candidate, type Collection } from "./candidates.ts";
import { comparer, type Comparison } from "./compare.ts";
import { type Fingerprints, fingerprints, type Rate, span } from "./fingerprints.ts";
import type { Frequency } from "./frequency.ts";
import type { Known } from "./known.ts";
import { own } from "./mask.ts";
import { ownCharacters, type Prepared, prepare } from "./prepared.ts";
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
};

/** Candidates that are aligned for a list of ten. */
const leastAligned = 12;

/**
 * What a query is looked up by: taken as they were for the index, then without those in text that is frequent. A text that is
 * frequent throughout keeps them all.
 */
export const fingerprintsOf = ({ text, known, mask }: Prepared, rate: Rate): Fingerprints => {
  const { keys, positions } = fingerprints(text.codes, known, rate);
  const telling = Array.from(positions.keys()).filter((at) => {
    for (let place = positions[at]!; place < positions[at]! + span; place += 1) if (mask[place] !== own) return false;
    return true;
  });
  if (telling.length === 0) return { keys, positions };
  return {
    keys: Uint32Array.from(telling, (at) => keys[at]!),
    positions: Uint32Array.from(telling, (at) => positions[at]!),
  };
};

const byNumber = (a: number, b: number) => a - b;

/** Answers one question after the other: candidates by their fingerprints, then their passages; most covered first. */
export const searcher = (synonyms: Synonyms) => {
  const find = candidateFinder();
  const compare = comparer(synonyms);

  const candidatesOf = (source: Source, query: Prepared, question: Question): readonly Candidate[] =>
    find(
      source.collection,
      fingerprintsOf(query, source.rate),
      Math.max(leastAligned, question.top + 2),
      question.skip,
      question.order,
    );

  const search = (source: Source, text: Text, question: Question): readonly Hit[] => {
    const query = prepare(text, source.known, source.frequency);
    return align(source, query, candidatesOf(source, query, question), question);
  };

  /** Passages of candidates that were found elsewhere, as by SQL. */
  const align = (
    source: Pick<Source, "frequency" | "textOf">,
    query: Prepared,
    candidates: readonly Candidate[],
    { top, order = byNumber }: Question,
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

  return { search, align, candidatesOf, compare };
};
