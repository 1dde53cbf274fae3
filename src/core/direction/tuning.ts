import { type Kind } from "./index.ts";

export type Tuning = {
  readonly fields: Readonly<
    Record<"title" | "path" | "body" | "synonyms", { readonly weight: number; readonly b: number }>
  >;
  readonly kinds: Readonly<Record<Kind, number>>;
  readonly k1: number;
  /** Power of the inverse document frequency: above 1, text that only one direction has decides more. */
  readonly rarity: number;
  /** What a word of `COMMON_WORDS` still counts for. */
  readonly common: number;
  readonly prior: number;
};

export const TUNING: Tuning = {
  fields: {
    title: { weight: 2, b: 0.3 },
    path: { weight: 0.5, b: 0.3 },
    body: { weight: 1, b: 0.4 },
    synonyms: { weight: 1, b: 0.3 },
  },
  kinds: { pair: 0.5, triple: 0.7, word: 0.7, phrase: 1.5 },
  k1: 1.2,
  rarity: 1.2,
  common: 0.2,
  prior: 0.05,
};
