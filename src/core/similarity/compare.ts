import { anchorFinder } from "./anchors.ts";
import { chainFinder, type Stretch } from "./chains.ts";
import type { Frequency } from "./frequency.ts";
import { own } from "./mask.ts";
import { ownCharacters, ownIn, type Prepared } from "./prepared.ts";
import { sentenceFinder } from "./sentences.ts";
import { settle } from "./stretches.ts";
import type { Synonyms } from "./synonyms.ts";
import { endOffsetOf, offsetOf, sectionAt, type Text } from "./text.ts";

/** The same text in two documents. Offsets in UTF-16 units of the sections as given, ends exclusive. */
export type Passage = {
  readonly section: string;
  readonly from: number;
  readonly to: number;
  readonly inSection: string;
  readonly inFrom: number;
  readonly inTo: number;
  /** Share of the query's own characters in it that stand there character for character. */
  readonly verbatim: number;
};

export type SectionCoverage = { readonly section: string; readonly own: number; readonly coverage: number };

export type Comparison = {
  /** Share of the query's own characters that passages cover, 0 to 1. */
  readonly coverage: number;
  readonly sections: readonly SectionCoverage[];
  readonly passages: readonly Passage[];
};

/** Sentences are looked at where alignment found at least this share and not nearly all. */
const worthASecondLook = 0.02;
const asGoodAsAll = 0.97;

/** Compares one query after the other with candidates; working memory is kept between calls. */
export const comparer = (synonyms: Synonyms) => {
  const anchors = anchorFinder();
  const chains = chainFinder();
  const sentences = sentenceFinder(synonyms);
  let ready: Prepared | undefined;

  return (query: Prepared, candidate: Text, { common }: Frequency): Comparison => {
    const same = sameSections(query, candidate);
    if (same.length === sectionsThatCount(query)) return told(query, candidate, same);
    if (ready !== query) {
      ready = query;
      anchors.prepare(query.text.codes, query.mask, common);
    }
    const found = anchors.find(candidate.codes);
    const aligned = settle(query, candidate, [...same, ...chains(found, query, candidate)]);
    const share = coveredBy(query, aligned) / ownCharacters(query);
    if (share < worthASecondLook || share > asGoodAsAll) return told(query, candidate, aligned);
    const reworded = sentences(query, candidate, aligned);
    return told(query, candidate, settle(query, candidate, [...aligned, ...reworded]));
  };
};

const sectionsThatCount = (query: Prepared): number =>
  query.text.sections.filter(({ from, to }) => ownIn(query, from, to) > 0).length;

/** Sections that stand in the candidate as they are: needs no search, and is right for text that offers nothing to search by. */
const sameSections = (query: Prepared, candidate: Text): readonly Stretch[] =>
  query.text.sections.flatMap(({ from, to }) => {
    const equal = ownIn(query, from, to);
    if (equal === 0) return [];
    const other = candidate.sections.find(
      (one) =>
        one.to - one.from === to - from &&
        sameCodes(query.text.codes, from, candidate.codes, one.from, to - from),
    );
    return other === undefined ? [] : [{ from, to, inFrom: other.from, inTo: other.to, equal }];
  });

const sameCodes = (a: Uint16Array, from: number, b: Uint16Array, inFrom: number, length: number): boolean => {
  for (let at = 0; at < length; at += 1) if (a[from + at] !== b[inFrom + at]) return false;
  return true;
};

const markOf = (query: Prepared, stretches: readonly Stretch[]): Uint8Array => {
  const covered = new Uint8Array(query.mask.length);
  for (const { from, to } of stretches) covered.fill(1, from, to);
  return covered;
};

const countIn = ({ mask }: Prepared, covered: Uint8Array, from: number, to: number): number => {
  let count = 0;
  for (let at = from; at < to; at += 1) if (covered[at] === 1 && mask[at] === own) count += 1;
  return count;
};

const coveredBy = (query: Prepared, stretches: readonly Stretch[]): number =>
  countIn(query, markOf(query, stretches), 0, query.mask.length);

const told = (query: Prepared, candidate: Text, stretches: readonly Stretch[]): Comparison => {
  const covered = markOf(query, stretches);
  const all = ownCharacters(query);
  const sections = query.text.sections.map(({ name, from, to }) => {
    const count = ownIn(query, from, to);
    return {
      section: name,
      own: count,
      coverage: count === 0 ? 0 : countIn(query, covered, from, to) / count,
    };
  });
  return {
    coverage: all === 0 ? 0 : countIn(query, covered, 0, query.mask.length) / all,
    sections,
    passages: stretches.map((one) => passageOf(query, candidate, one)),
  };
};

const passageOf = (
  query: Prepared,
  candidate: Text,
  { from, to, inFrom, inTo, equal }: Stretch,
): Passage => ({
  section: query.text.sections[sectionAt(query.text, from)]!.name,
  from: offsetOf(query.text, from),
  to: endOffsetOf(query.text, to - 1),
  inSection: candidate.sections[sectionAt(candidate, inFrom)]!.name,
  inFrom: offsetOf(candidate, inFrom),
  inTo: endOffsetOf(candidate, inTo - 1),
  verbatim: Math.min(1, equal / Math.max(1, ownIn(query, from, to))),
});
