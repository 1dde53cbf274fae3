import type { Index } from "./inverted-index.ts";
import type { Hit, Query } from "./query.ts";
import { COMMON_WORDS } from "./terms.ts";

const AT_MOST = 5;
/** Below this share of the weightiest word, a word decided nothing. */
const WORTH_SAYING = 0.1;

type Span = { readonly from: number; readonly to: number };

/** What `doc` gains by a term, found by bisection among its postings; 0 where the direction does not have it. */
const gainOf = ({ starts, docs, gains }: Index, term: number, doc: number): number => {
  const end = starts[term + 1]!;
  let low = starts[term]!;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (docs[middle]! < doc) low = middle + 1;
    else high = middle;
  }
  return low < end && docs[low] === doc ? gains[low]! : 0;
};

/** Overlapping grams become the longest strings whose every 3-gram the direction has: what it says word for word. */
const runsOf = (grams: readonly Hit[]): Span[] => {
  const triples = new Set<number>();
  for (const { from, to } of grams) if (to - from === 3) triples.add(from);
  const runs: { from: number; to: number }[] = [];
  for (const { from, to } of grams) {
    const last = runs.at(-1);
    if (last && from < last.to && (from === last.from || triples.has(from - 1)))
      last.to = Math.max(last.to, to);
    else runs.push({ from, to });
  }
  return runs;
};

/** Cuts a span back to whole words and takes common words off both ends. */
const wholeWords = ({ from, to }: Span, { cuts, reading: { lower } }: Query): Span | undefined => {
  const inside: number[] = [];
  for (let at = from; at <= to; at++) if (cuts[at]) inside.push(at);
  const isCommon = (i: number) => COMMON_WORDS.has(lower.slice(inside[i], inside[i + 1]));
  let first = 0;
  let last = inside.length - 1;
  while (first < last && isCommon(first)) first += 1;
  while (first < last && isCommon(last - 1)) last -= 1;
  const span = { from: inside[first] ?? 0, to: inside[last] ?? 0 };
  return span.to - span.from > 1 ? span : undefined;
};

/** The words of the text, as people wrote them, that speak most for a direction; the weightiest first. */
export const explain = (query: Query, index: Index, doc: number): string[] => {
  const { lower, shown } = query.reading;
  // weights[i]: what the direction gains by all that begins before place i of the text.
  const weights = new Float64Array(lower.length + 1);
  const held = (hits: readonly Hit[]) =>
    hits.filter(({ term, from }) => {
      const gain = gainOf(index, term, doc);
      weights[from + 1]! += gain;
      return gain > 0;
    });
  const spans: Span[] = held(query.phrases);
  for (const run of [...runsOf(held(query.grams)), ...held(query.words)]) {
    const span = wholeWords(run, query);
    if (span) spans.push(span);
  }
  for (let at = 1; at < weights.length; at++) weights[at]! += weights[at - 1]!;
  const ranked = spans
    .map(({ from, to }) => ({ from, to, weight: weights[to]! - weights[from]! }))
    .sort((a, b) => b.weight - a.weight || b.to - b.from - (a.to - a.from) || a.from - b.from);

  const chosen: Span[] = [];
  const why: string[] = [];
  for (const { from, to, weight } of ranked) {
    if (why.length === AT_MOST || weight < ranked[0]!.weight * WORTH_SAYING) break;
    const word = shown.slice(from, to);
    if (why.some((said) => said.includes(word)) || chosen.some((span) => from < span.to && span.from < to))
      continue;
    chosen.push({ from, to });
    why.push(word);
  }
  return why;
};
