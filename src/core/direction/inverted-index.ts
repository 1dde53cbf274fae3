import { COMMON_WORDS, eachGram, isWord, read } from "./terms.ts";
import { FIELDS, type Field, type Kind, type Tuning } from "./tuning.ts";

/** One leaf of a guide as the finder reads it. */
export type DirectionText = {
  readonly code: string;
  readonly title: string;
  /** Titles of what stands above it: field, subfield, category (last). */
  readonly path: readonly string[];
  readonly body: string;
  /**
   * Words of the trade that the guide does not use. One that ends in `!` decides whatever else the text is about
   * (the partner's country makes a project one of international cooperation).
   */
  readonly synonyms: readonly string[];
};

/** Cuts a text into words which, joined, give the text again. */
export type Words = (text: string) => readonly string[];

type Phrase = { readonly text: string; readonly term: number; readonly decisive: boolean };

/** Inverted index: the postings of term t are `docs` and `gains` from `starts[t]` to `starts[t + 1]`. */
export type Index = {
  readonly grams: ReadonlyMap<string, number>;
  readonly words: ReadonlyMap<string, number>;
  /** Whole synonyms by their first two characters: one found in a text is stronger evidence than its pieces. */
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>;
  readonly starts: Int32Array;
  readonly docs: Uint16Array;
  /** BM25F contributions, ready to be added up. */
  readonly gains: Float32Array;
  /** For each term the most that a direction gains by it. */
  readonly best: Float32Array;
};

type Term = {
  readonly kind: Kind;
  readonly factor: number;
  readonly decisive: boolean;
  /** By direction: how often it is there, each field in its weight. */
  readonly weights: Map<number, number>;
};

const DECISIVE = /!$/u;

export const buildIndex = (directions: readonly DirectionText[], words: Words, tuning: Tuning): Index => {
  const terms: Term[] = [];
  const grams = new Map<string, number>();
  const vocabulary = new Map<string, number>();
  const synonyms = new Map<string, number>();

  const idOf = (known: Map<string, number>, key: string, kind: Kind, decisive = false): number => {
    const id = known.get(key) ?? terms.length;
    if (id === terms.length) {
      const factor = (COMMON_WORDS.has(key) ? tuning.common : 1) * (decisive ? tuning.decisive : 1);
      terms.push({ kind, factor, decisive, weights: new Map() });
      known.set(key, id);
    }
    return id;
  };

  const countTerms = (field: Field, texts: readonly string[]): Map<number, number> => {
    const count = new Map<number, number>();
    const add = (id: number) => count.set(id, (count.get(id) ?? 0) + 1);
    for (const text of texts) {
      const { lower } = read(text.replace(DECISIVE, ""));
      eachGram(lower, (gram) => add(idOf(grams, gram, gram.length === 2 ? "pair" : "triple")));
      for (const word of words(lower)) if (isWord(word)) add(idOf(vocabulary, word, "word"));
      if (field === "synonyms" && lower.length > 1) add(idOf(synonyms, lower, "phrase", DECISIVE.test(text)));
    }
    return count;
  };

  const counts = directions.map(({ title, path, body, synonyms }) => {
    const texts = { title: [title], path, body: [body], synonyms };
    return FIELDS.map((field) => countTerms(field, texts[field]));
  });
  const lengths = counts.map((fields) =>
    fields.map((count) => [...count.values()].reduce((a, n) => a + n, 0)),
  );
  for (const [f, field] of FIELDS.entries()) {
    const mean = lengths.reduce((sum, of) => sum + of[f]!, 0) / directions.length || 1;
    const { weight, b } = tuning.fields[field];
    for (const [doc, fields] of counts.entries()) {
      const scale = weight / (1 - b + (b * lengths[doc]![f]!) / mean);
      for (const [id, n] of fields[f]!) {
        const { weights, kind } = terms[id]!;
        // A synonym is in the list or it is not: a long list does not make its words weaker.
        weights.set(doc, (weights.get(doc) ?? 0) + (kind === "phrase" ? weight : n * scale));
      }
    }
  }
  return {
    grams,
    words: vocabulary,
    phrases: byHead(synonyms, terms),
    ...postings(terms, directions.length, tuning),
  };
};

const byHead = (synonyms: ReadonlyMap<string, number>, terms: readonly Term[]): Map<string, Phrase[]> => {
  const phrases = new Map<string, Phrase[]>();
  for (const [text, term] of synonyms) {
    const head = text.slice(0, 2);
    const list = phrases.get(head);
    const phrase = { text, term, decisive: terms[term]!.decisive };
    if (list) list.push(phrase);
    else phrases.set(head, [phrase]);
  }
  return phrases;
};

const postings = (terms: readonly Term[], total: number, tuning: Tuning) => {
  const starts = new Int32Array(terms.length + 1);
  for (const [id, { weights }] of terms.entries()) starts[id + 1] = starts[id]! + weights.size;
  const docs = new Uint16Array(starts[terms.length]!);
  const gains = new Float32Array(docs.length);
  const best = new Float32Array(terms.length);
  for (const [id, { kind, factor, weights }] of terms.entries()) {
    const rarity = Math.log(1 + (total - weights.size + 0.5) / (weights.size + 0.5)) ** tuning.rarity;
    const strength = tuning.kinds[kind] * factor * rarity * (tuning.k1 + 1);
    let at = starts[id]!;
    for (const [doc, weight] of [...weights].sort(([a], [b]) => a - b)) {
      docs[at] = doc;
      gains[at] = (strength * weight) / (tuning.k1 + weight);
      best[id] = Math.max(best[id]!, gains[at]!);
      at += 1;
    }
  }
  return { starts, docs, gains, best };
};
