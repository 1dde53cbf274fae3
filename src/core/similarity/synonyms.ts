import { base, mix } from "./hash.ts";

/** Words that are read as one, as normalised codes: two to four characters each. */
export type Synonyms = {
  /** Longest word that begins with a code; 0 where none does. */
  readonly longest: Uint8Array;
  /** Bitmap of the first two codes of all words: spares nearly every look-up. */
  readonly beginnings: Uint32Array;
  /** Hash of a word to the token of its group. */
  readonly tokens: ReadonlyMap<number, number>;
};

/** Tokens of groups stand behind all character codes. */
const firstToken = 0x10000;

const hashOf = (codes: Uint16Array, from: number, length: number): number => {
  let hash = length;
  for (let at = from; at < from + length; at += 1) hash = (Math.imul(hash, base) + codes[at]!) | 0;
  return mix(hash);
};

const beginningBits = 16;
const beginningOf = (first: number, second: number): number =>
  Math.imul(Math.imul(first, 0x9e3779b1) + second, 0x85ebca6b) >>> (32 - beginningBits);

export const synonymsOf = (groups: readonly (readonly Uint16Array[])[]): Synonyms => {
  const longest = new Uint8Array(65_536);
  const beginnings = new Uint32Array(2 ** beginningBits / 32);
  const tokens = new Map<number, number>();
  for (const [group, words] of groups.entries())
    for (const word of words) {
      if (word.length < 2) continue;
      longest[word[0]!] = Math.max(longest[word[0]!]!, word.length);
      const beginning = beginningOf(word[0]!, word[1]!);
      beginnings[beginning >>> 5]! |= 1 << (beginning & 31);
      const hash = hashOf(word, 0, word.length);
      // A word of two groups stays with the first.
      if (!tokens.has(hash)) tokens.set(hash, firstToken + group);
    }
  return { longest, beginnings, tokens };
};

export const noSynonyms: Synonyms = synonymsOf([]);

/** The text between two positions with every word of a group, longest first, replaced by the group's token. */
export const tokensOf = (
  codes: Uint16Array,
  from: number,
  to: number,
  { longest, beginnings, tokens }: Synonyms,
): readonly number[] => {
  const row: number[] = [];
  for (let at = from; at < to;) {
    let length = Math.min(longest[codes[at]!]!, to - at);
    if (length >= 2) {
      const beginning = beginningOf(codes[at]!, codes[at + 1]!);
      if (((beginnings[beginning >>> 5]! >>> (beginning & 31)) & 1) === 0) length = 0;
    }
    let token: number | undefined;
    for (; length >= 2; length -= 1) {
      token = tokens.get(hashOf(codes, at, length));
      if (token !== undefined) break;
    }
    row.push(token ?? codes[at]!);
    at += token === undefined ? 1 : length;
  }
  return row;
};
