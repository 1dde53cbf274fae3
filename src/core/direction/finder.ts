import { type DirectionText, type Words, buildIndex } from "./index.ts";
import { eachGram, read } from "./terms.ts";
import { type Tuning, TUNING } from "./tuning.ts";

export type Suggestion = { readonly code: string; readonly score: number; readonly why: readonly string[] };

export const directionFinder = (
  directions: readonly DirectionText[],
  words: Words,
  tuning: Tuning = TUNING,
) => {
  const index = buildIndex(directions, words, tuning);
  const sizes = new Map<string, number>();
  for (const d of directions) sizes.set(d.path.at(-1) ?? "", (sizes.get(d.path.at(-1) ?? "") ?? 0) + 1);
  const priors = directions.map(
    (d) => ((sizes.get(d.path.at(-1) ?? "") ?? 1) / directions.length) ** tuning.prior,
  );
  const sums = new Float64Array(directions.length);
  const suggest = (text: string, top: number): Suggestion[] => {
    const { lower } = read(text);
    sums.fill(0);
    const seen = new Set<number>();
    const hit = (term: number | undefined) => {
      if (term === undefined || seen.has(term)) return;
      seen.add(term);
      for (let p = index.starts[term]!; p < index.starts[term + 1]!; p++) {
        const doc = index.docs[p]!;
        sums[doc] = sums[doc]! + index.gains[p]!;
      }
    };
    eachGram(lower, (gram) => hit(index.grams.get(gram)));
    for (const word of words(lower)) if (word.length > 1) hit(index.words.get(word));
    for (let i = 0; i + 2 <= lower.length; i++) {
      for (const { text, term } of index.phrases.get(lower.slice(i, i + 2)) ?? [])
        if (lower.startsWith(text, i)) hit(term);
    }
    const order: number[] = [];
    for (let d = 0; d < sums.length; d++) {
      sums[d] = sums[d]! * priors[d]!;
      if (sums[d]! > 0) order.push(d);
    }
    order.sort((a, b) => sums[b]! - sums[a]! || a - b);
    return order.slice(0, top).map((d) => ({ code: directions[d]!.code, score: sums[d]!, why: [] }));
  };
  return { suggest };
};
