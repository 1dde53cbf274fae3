import { buildIndex, type DirectionText, type Words } from "./inverted-index.ts";
import { type Hit, readQuery } from "./query.ts";
import { TITLE_LENGTH, type Tuning, TUNING } from "./tuning.ts";
import { explain } from "./why.ts";

export type { DirectionText, Words } from "./inverted-index.ts";

/** `score`: the share of all evidence in the text that speaks for this direction; `why`: its weightiest words. */
export type Suggestion = { readonly code: string; readonly score: number; readonly why: readonly string[] };

export type DirectionFinder = {
  /** At most `top` directions, the likeliest first; none where no word of the text means anything to the guide. */
  readonly suggest: (text: string, top: number) => readonly Suggestion[];
};

/** BM25F over words, 2- and 3-grams and whole synonyms: built once for a guide, asked for every title. */
export const directionFinder = (
  directions: readonly DirectionText[],
  words: Words,
  tuning: Tuning = TUNING,
): DirectionFinder => {
  const index = buildIndex(directions, words, tuning);
  const { starts, docs, gains, best } = index;
  const priors = priorsOf(directions, tuning.prior);
  // A word that no direction knows weighs as one that a single direction has: it could have pointed elsewhere.
  const stranger = tuning.kinds.word * Math.log(1 + directions.length) ** tuning.rarity;
  const sums = new Float64Array(directions.length);
  // The last query that met a term: a word said twice is one piece of evidence.
  const met = new Uint32Array(best.length);
  let round = 0;

  const weigh = (hits: readonly Hit[]): number => {
    let possible = 0;
    for (const { term, from } of hits) {
      if (met[term] === round) continue;
      met[term] = round;
      const share = from < TITLE_LENGTH ? 1 : tuning.abstract;
      possible += best[term]! * share;
      const end = starts[term + 1]!;
      for (let at = starts[term]!; at < end; at++) sums[docs[at]!]! += gains[at]! * share;
    }
    return possible;
  };

  const suggest = (text: string, top: number): Suggestion[] => {
    const query = readQuery(text, index, words);
    round += 1;
    sums.fill(0);
    const possible =
      weigh(query.phrases) + weigh(query.grams) + weigh(query.words) + stranger * query.unknown;
    const order: number[] = [];
    for (const [doc, prior] of priors.entries()) {
      if (sums[doc]! > 0) order.push(doc);
      sums[doc]! *= prior;
    }
    order.sort((a, b) => sums[b]! - sums[a]! || a - b);
    const suggestions: Suggestion[] = [];
    for (const doc of order) {
      if (suggestions.length >= top) break;
      const why = explain(query, index, doc);
      // What cannot be explained is not suggested.
      if (why.length > 0)
        suggestions.push({ code: directions[doc]!.code, score: share(sums[doc]!, possible), why });
    }
    return suggestions;
  };
  return { suggest };
};

/** In four decimals; sums of the same numbers in another order may differ by a hair. */
const share = (part: number, whole: number): number => Math.min(1, Math.round((part / whole) * 1e4) / 1e4);

/** Of two equally good twins in different categories, the one in the broader category is likelier. */
const priorsOf = (directions: readonly DirectionText[], power: number): Float64Array => {
  const sizes = new Map<string | undefined, number>();
  for (const { path } of directions) sizes.set(path.at(-1), (sizes.get(path.at(-1)) ?? 0) + 1);
  return Float64Array.from(directions, ({ path }) => (sizes.get(path.at(-1))! / directions.length) ** power);
};
