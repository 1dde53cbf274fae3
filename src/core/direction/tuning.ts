export const FIELDS = ["title", "path", "body", "synonyms"] as const;
export type Field = (typeof FIELDS)[number];

/** The ways in which a text and a direction can share something; each with its own vocabulary and weight. */
export type Kind = "pair" | "triple" | "word" | "phrase";

export type Tuning = {
  /** BM25F: how much an occurrence in a field counts, and how much a long field weakens it. */
  readonly fields: Readonly<Record<Field, { readonly weight: number; readonly b: number }>>;
  readonly kinds: Readonly<Record<Kind, number>>;
  /** How soon more occurrences of the same term stop to count. */
  readonly k1: number;
  /** Power of the inverse document frequency: above 1, what only one of two look-alikes says decides more. */
  readonly rarity: number;
  /** What a word that any title may contain still counts for. */
  readonly common: number;
  /** How many times more a decisive synonym counts. */
  readonly decisive: number;
  /** Power of a category's share of all directions: of two equally good twins the broader category is likelier. */
  readonly prior: number;
  /** What a term first met after `TITLE_LENGTH` characters, in the abstract, counts for. */
  readonly abstract: number;
};

/** Found by search on the development half of test/direction/titles.jsonl, then rounded: the optimum is flat. */
export const TUNING: Tuning = {
  fields: {
    title: { weight: 2.5, b: 0.1 },
    path: { weight: 0.2, b: 0.3 },
    body: { weight: 1, b: 0.7 },
    synonyms: { weight: 1.2, b: 0.3 },
  },
  kinds: { pair: 1, triple: 0.4, word: 1.2, phrase: 1.4 },
  k1: 1.7,
  rarity: 1.3,
  common: 0.4,
  decisive: 4,
  prior: 0.04,
  abstract: 0.5,
};

export const TITLE_LENGTH = 60;
