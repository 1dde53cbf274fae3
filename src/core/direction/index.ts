import { COMMON_WORDS, eachGram, read } from "./terms.ts";
import { type Tuning } from "./tuning.ts";

/** One leaf of a guide as the finder reads it. */
export type DirectionText = {
  readonly code: string;
  readonly title: string;
  /** Titles of what stands above it: field, subfield, category. */
  readonly path: readonly string[];
  readonly body: string;
  /** Words of the trade that the guide does not use. */
  readonly synonyms: readonly string[];
};

/** Cuts a text into words that, joined, give the text again (jieba's plain cut). */
export type Words = (text: string) => readonly string[];

/** The four ways a text and a direction can share something; each has its own vocabulary and its own weight. */
export const KINDS = ["pair", "triple", "word", "phrase"] as const;
export type Kind = (typeof KINDS)[number];

/** Inverted index: the postings of term t are `docs` and `gains` from `starts[t]` to `starts[t + 1]`. */
export type Index = {
  readonly grams: ReadonlyMap<string, number>;
  readonly words: ReadonlyMap<string, number>;
  /** Synonyms by their first two characters, longest first: a whole synonym found in a text is strong evidence. */
  readonly phrases: ReadonlyMap<string, readonly { readonly text: string; readonly term: number }[]>;
  readonly starts: Int32Array;
  readonly docs: Uint16Array;
  /** BM25F contributions, ready to be added up. */
  readonly gains: Float32Array;
  /** For each term the most that a direction could gain by it. */
  readonly best: Float32Array;
};

type Field = "title" | "path" | "body" | "synonyms";
const FIELDS: readonly Field[] = ["title", "path", "body", "synonyms"];

type Term = {
  readonly id: number;
  readonly kind: Kind;
  readonly common: boolean;
  readonly weights: Map<number, number>;
};

const fieldTexts = (direction: DirectionText): Readonly<Record<Field, readonly string[]>> => ({
  title: [direction.title],
  path: direction.path,
  body: [direction.body],
  synonyms: direction.synonyms,
});

export const buildIndex = (directions: readonly DirectionText[], words: Words, tuning: Tuning): Index => {
  const terms: Term[] = [];
  const grams = new Map<string, number>();
  const vocabulary = new Map<string, number>();
  const phrases = new Map<string, { text: string; term: number }[]>();
  const phraseIds = new Map<string, number>();

  const idOf = (map: Map<string, number>, key: string, kind: Kind): number => {
    let id = map.get(key);
    if (id === undefined) {
      id = terms.length;
      terms.push({ id, kind, common: COMMON_WORDS.has(key), weights: new Map() });
      map.set(key, id);
    }
    return id;
  };

  const counts = directions.map((direction) => {
    const fields = fieldTexts(direction);
    return FIELDS.map((field) => {
      const count = new Map<number, number>();
      const add = (id: number) => count.set(id, (count.get(id) ?? 0) + 1);
      for (const text of fields[field]) {
        const { lower } = read(text);
        eachGram(lower, (gram) => add(idOf(grams, gram, gram.length === 2 ? "pair" : "triple")));
        for (const word of words(lower)) {
          if (word.length > 1 && /[\p{L}]/u.test(word)) add(idOf(vocabulary, word, "word"));
        }
        if (field === "synonyms" && lower.length > 1) {
          const head = lower.slice(0, 2);
          const known = phraseIds.has(lower);
          const id = idOf(phraseIds, lower, "phrase");
          add(id);
          if (!known) phrases.set(head, [...(phrases.get(head) ?? []), { text: lower, term: id }]);
        }
      }
      return count;
    });
  });

  const lengths = counts.map((fields) =>
    fields.map((count) => [...count.values()].reduce((sum, n) => sum + n, 0)),
  );
  const means = FIELDS.map(
    (_, f) => lengths.reduce((sum, fields) => sum + fields[f]!, 0) / Math.max(1, directions.length) || 1,
  );
  counts.forEach((fields, doc) =>
    fields.forEach((count, f) => {
      const { weight, b } = tuning.fields[FIELDS[f]!];
      const scale = weight / (1 - b + (b * lengths[doc]![f]!) / means[f]!);
      for (const [id, n] of count) {
        const { weights } = terms[id]!;
        weights.set(doc, (weights.get(doc) ?? 0) + n * scale);
      }
    }),
  );

  const total = directions.length;
  const starts = new Int32Array(terms.length + 1);
  for (const term of terms) starts[term.id + 1] = starts[term.id]! + term.weights.size;
  const docs = new Uint16Array(starts[terms.length]!);
  const gains = new Float32Array(docs.length);
  const best = new Float32Array(terms.length);
  for (const { id, kind, common, weights } of terms) {
    const df = weights.size;
    const rarity = Math.log(1 + (total - df + 0.5) / (df + 0.5)) ** tuning.rarity;
    const strength = tuning.kinds[kind] * (common ? tuning.common : 1) * rarity;
    let at = starts[id]!;
    for (const [doc, weight] of [...weights].sort(([a], [b]) => a - b)) {
      docs[at] = doc;
      gains[at++] = (strength * weight * (tuning.k1 + 1)) / (tuning.k1 + weight);
    }
    best[id] = strength * (tuning.k1 + 1);
  }
  for (const list of phrases.values()) list.sort((a, b) => b.text.length - a.text.length);
  return { grams, words: vocabulary, phrases, starts, docs, gains, best };
};
