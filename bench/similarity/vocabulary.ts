import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Words for synthetic text, drawn from the word list of the dictionary that jieba cuts by. No sentence is anyone's. */

export type Vocabulary = {
  /** Everyday words of two characters, most frequent first. */
  readonly general: readonly string[];
  /** Rarer nouns of two to four characters: the terms of a subject. */
  readonly terms: readonly string[];
};

const listed = (): readonly (readonly [string, number, string])[] => {
  const file = createRequire(import.meta.url).resolve("@node-rs/jieba/dict.txt");
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => {
      const [word = "", count = "0", kind = ""] = line.split(" ");
      return [word, Number(count), kind] as const;
    });
};

export const vocabulary = (): Vocabulary => {
  const words = listed().filter(([word]) => /^[\u4e00-\u9fff]{2,4}$/.test(word));
  const general = words
    .filter(([word, , kind]) => word.length === 2 && /^(?:n|v|vn|a|an|ad|d)$/.test(kind))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(30, 2_400)
    .map(([word]) => word);
  const terms = words
    .filter(([, count, kind]) => /^(?:n|vn)$/.test(kind) && count >= 3 && count < 600)
    .map(([word]) => word);
  return { general, terms };
};
