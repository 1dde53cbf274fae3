import type { Index, Words } from "./inverted-index.ts";
import { COMMON_WORDS, eachGram, isWord, type Reading, read } from "./terms.ts";

/** A term of the index found in a text, from where to where. */
export type Hit = { readonly term: number; readonly from: number; readonly to: number };

export type Query = {
  readonly reading: Reading;
  readonly grams: readonly Hit[];
  readonly words: readonly Hit[];
  readonly phrases: readonly Hit[];
  /** 1 at every place where a word begins or ends, for explaining in whole words. */
  readonly cuts: Uint8Array;
  /** How many words of a meaning of their own no direction knows. */
  readonly unknown: number;
};

const LATIN = /[a-z0-9]/u;

/** `dna` in `cdna` or `acid` in `acidic` is another word. */
const cutsThroughLatin = (text: string, from: number, to: number): boolean =>
  (LATIN.test(text[from]!) && from > 0 && LATIN.test(text[from - 1]!)) ||
  (LATIN.test(text[to - 1]!) && to < text.length && LATIN.test(text[to]!));

export const readQuery = (text: string, index: Index, cut: Words): Query => {
  const reading = read(text);
  const { lower } = reading;
  const grams: Hit[] = [];
  eachGram(lower, (gram, from) => {
    const term = index.grams.get(gram);
    if (term !== undefined) grams.push({ term, from, to: from + gram.length });
  });
  const words: Hit[] = [];
  const cuts = new Uint8Array(lower.length + 1);
  cuts[0] = 1;
  const strangers = new Set<string>();
  let from = 0;
  for (const word of cut(lower)) {
    const to = from + word.length;
    if (isWord(word)) {
      const term = index.words.get(word);
      if (term !== undefined) words.push({ term, from, to });
      else if (!COMMON_WORDS.has(word)) strangers.add(word);
    }
    cuts[to] = 1;
    from = to;
  }
  return { reading, grams, words, phrases: findPhrases(lower, cuts, index), cuts, unknown: strangers.size };
};

const findPhrases = (lower: string, cuts: Uint8Array, index: Index): Hit[] => {
  const plain: Hit[] = [];
  const decisive: Hit[] = [];
  for (let from = 0; from + 2 <= lower.length; from++) {
    for (const phrase of index.phrases.get(lower.slice(from, from + 2)) ?? []) {
      const to = from + phrase.text.length;
      if (!lower.startsWith(phrase.text, from) || cutsThroughLatin(lower, from, to)) continue;
      const hit = { term: phrase.term, from, to };
      if (!phrase.decisive) plain.push(hit);
      else if (cuts[from] && cuts[to]) decisive.push(hit);
    }
  }
  // What decides must stand for itself: no piece of other words (大气中|新型), nor part of a longer name (日本对虾).
  const within = (hit: Hit) => plain.some((other) => other.from <= hit.from && other.to >= hit.to);
  return [...decisive.filter((hit) => !within(hit)), ...plain];
};
