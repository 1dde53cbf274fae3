import { readFileSync } from "node:fs";
import path from "node:path";
import type { Chance } from "../random.ts";
import type { Sentence } from "./world.ts";
import type { Vocabulary } from "./vocabulary.ts";

/**
 * How copied text is disguised. Words are replaced from a table of this benchmark's own (`replacements.json`), which the engine
 * never sees; a word that is not in it is replaced by another word of the dictionary, half of the time one with a character in common.
 */

export const replacementTable = (): readonly (readonly [string, string])[] =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, "replacements.json"), "utf8")) as [string, string][];

const punctuation = /^[^\p{L}\p{N}]+$/u;
/** Words of frames that no one replaces: single characters of grammar. */
const fixed = (word: string) => word.length < 2 || punctuation.test(word);

export const replacer = ({ general, terms }: Vocabulary) => {
  const table = new Map(
    replacementTable().flatMap(
      ([a, b]) =>
        [
          [a, b],
          [b, a],
        ] as const,
    ),
  );
  const beginning = Map.groupBy([...general, ...terms], (word) => `${word.length}${word[0]!}`);
  const ending = Map.groupBy([...general, ...terms], (word) => `${word.length}${word.at(-1)!}`);
  const hash = (word: string) =>
    Array.from(word).reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)!) >>> 0, 7);
  return (word: string): string => {
    const listed = table.get(word);
    if (listed !== undefined) return listed;
    const draw = hash(word);
    const near =
      draw % 4 === 0
        ? beginning.get(`${word.length}${word[0]!}`)
        : draw % 4 === 1
          ? ending.get(`${word.length}${word.at(-1)!}`)
          : undefined;
    const from = near !== undefined && near.length > 1 ? near : general;
    const found = from[(draw >>> 3) % from.length]!;
    return found === word ? from[((draw >>> 3) + 1) % from.length]! : found;
  };
};

export type Disguise = {
  /** Share of the words replaced. */
  readonly replaced?: number;
  /** Words put in, as a share of the words. */
  readonly inserted?: number;
  /** Share of the characters read wrongly. */
  readonly misread?: number;
  readonly traditional?: boolean;
  readonly reordered?: boolean;
};

export const disguise = (
  chance: Chance,
  sentences: readonly Sentence[],
  how: Disguise,
  tools: {
    readonly replace: (word: string) => string;
    readonly general: readonly string[];
    readonly traditional: (text: string) => string;
  },
): readonly Sentence[] => {
  const changed = sentences.map(({ words, origin }): Sentence => {
    const row: string[] = [];
    for (const word of words) {
      row.push(!fixed(word) && chance.happens(how.replaced ?? 0) ? tools.replace(word) : word);
      if (!punctuation.test(word) && chance.happens(how.inserted ?? 0)) row.push(chance.pick(tools.general));
    }
    const read = row.map((word) =>
      Array.from(word, (letter) =>
        !punctuation.test(letter) && chance.happens(how.misread ?? 0)
          ? chance.pick(tools.general)[0]!
          : letter,
      ).join(""),
    );
    return { words: how.traditional === true ? read.map(tools.traditional) : read, origin };
  });
  if (how.reordered !== true) return changed;
  for (let at = changed.length - 1; at > 0; at -= 1) {
    const other = chance.below(at + 1);
    [changed[at], changed[other]] = [changed[other]!, changed[at]!];
  }
  return changed;
};
