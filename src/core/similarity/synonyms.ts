import { base, codeHash, mix } from "./hash.ts";

/** Words that are read as one, as normalised codes: two to four characters each. */
export type Synonyms = {
  /** Longest word that begins with a code; 0 where none does. */
  readonly longest: Uint8Array;
  /** Hash of a word to the token of its group. */
  readonly tokens: ReadonlyMap<number, number>;
};

/** Tokens of groups stand behind all character codes. */
const firstToken = 0x10000;

const hashOf = (codes: Uint16Array, from: number, length: number): number => {
  let hash = length;
  for (let at = from; at < from + length; at += 1) hash = (Math.imul(hash, base) + codeHash[codes[at]!]!) | 0;
  return mix(hash);
};

export const synonymsOf = (groups: readonly (readonly Uint16Array[])[]): Synonyms => {
  const longest = new Uint8Array(65_536);
  const tokens = new Map<number, number>();
  for (const [group, words] of groups.entries())
    for (const word of words) {
      if (word.length < 2) continue;
      longest[word[0]!] = Math.max(longest[word[0]!]!, word.length);
      const hash = hashOf(word, 0, word.length);
      // A word of two groups stays with the first.
      if (!tokens.has(hash)) tokens.set(hash, firstToken + group);
    }
  return { longest, tokens };
};

export const noSynonyms: Synonyms = synonymsOf([]);

/** The text between two positions with every word of a group, longest first, replaced by the group's token. */
export const tokensOf = (
  codes: Uint16Array,
  from: number,
  to: number,
  { longest, tokens }: Synonyms,
): readonly number[] => {
  const row: number[] = [];
  for (let at = from; at < to;) {
    let length = Math.min(longest[codes[at]!]!, to - at);
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
