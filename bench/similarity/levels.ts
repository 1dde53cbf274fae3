import { chanceOf } from "./chance.ts";
import { type Disguise, disguise, replacer } from "./disguise.ts";
import type { Vocabulary } from "./vocabulary.ts";
import {
  countedCharacters,
  type Draft,
  ownSentences,
  type Sentence,
  sectionsOf,
  type World,
} from "./world.ts";

export type Level = {
  readonly name: string;
  /** Share of the query's own text that is copied. */
  readonly share: number;
  readonly how: Disguise;
  /** Sentences copied in one piece; all in one where it is not given. */
  readonly run?: number;
  readonly group: "whole" | "small" | "beyond";
  /** Highest mean error of `coverage` that is allowed. */
  readonly error?: number;
};

export const levels: readonly Level[] = [
  { name: "verbatim, 100 %", share: 1, how: {}, group: "whole", error: 0.02 },
  { name: "verbatim, 60 %", share: 0.6, how: {}, run: 12, group: "whole", error: 0.02 },
  { name: "verbatim, 30 %", share: 0.3, how: {}, run: 12, group: "whole", error: 0.02 },
  { name: "reordered sentences, 100 %", share: 1, how: { reordered: true }, group: "whole" },
  { name: "reordered sentences, 30 %", share: 0.3, how: { reordered: true }, group: "whole" },
  { name: "10 % of words replaced, 100 %", share: 1, how: { replaced: 0.1 }, group: "whole", error: 0.02 },
  { name: "30 % of words replaced, 100 %", share: 1, how: { replaced: 0.3 }, group: "whole", error: 0.02 },
  {
    name: "30 % of words replaced, 30 %",
    share: 0.3,
    how: { replaced: 0.3 },
    run: 12,
    group: "whole",
    error: 0.02,
  },
  { name: "20 % of words inserted, 100 %", share: 1, how: { inserted: 0.2 }, group: "whole" },
  { name: "20 % of words inserted, 30 %", share: 0.3, how: { inserted: 0.2 }, run: 12, group: "whole" },
  { name: "10 % of characters misread, 100 %", share: 1, how: { misread: 0.1 }, group: "whole" },
  { name: "10 % of characters misread, 30 %", share: 0.3, how: { misread: 0.1 }, run: 12, group: "whole" },
  { name: "traditional, 100 %", share: 1, how: { traditional: true }, group: "whole", error: 0.02 },
  { name: "traditional, 30 %", share: 0.3, how: { traditional: true }, run: 12, group: "whole", error: 0.02 },
  {
    name: "60 %, reordered, 20 % replaced, 10 % inserted, 2 % misread",
    share: 0.6,
    how: { reordered: true, replaced: 0.2, inserted: 0.1, misread: 0.02 },
    group: "whole",
  },
  {
    name: "30 %, reordered, 30 % replaced",
    share: 0.3,
    how: { reordered: true, replaced: 0.3 },
    group: "whole",
  },
  { name: "one paragraph (3 %)", share: 0.03, how: {}, group: "small", error: 0.02 },
  { name: "verbatim, 10 %", share: 0.1, how: {}, group: "small", error: 0.02 },
  { name: "10 %, 30 % of words replaced", share: 0.1, how: { replaced: 0.3 }, group: "small", error: 0.02 },
  {
    name: "half of the words replaced, 100 %",
    share: 1,
    how: { replaced: 0.5 },
    group: "beyond",
    error: 0.1,
  },
  {
    name: "half of the words replaced, 30 %",
    share: 0.3,
    how: { replaced: 0.5 },
    run: 12,
    group: "beyond",
    error: 0.1,
  },
  {
    name: "half of the words replaced, reordered, 30 %",
    share: 0.3,
    how: { replaced: 0.5, reordered: true },
    group: "beyond",
    error: 0.1,
  },
];

/** A query made from a document of the corpus: `truth` is the share of its own characters that were copied. */
export type Query = {
  readonly id: string;
  readonly source: string;
  readonly truth: number;
  readonly sections: readonly { readonly name: string; readonly text: string }[];
  readonly title: string;
};

export type Tools = {
  readonly replace: (word: string) => string;
  readonly general: readonly string[];
  readonly traditional: (text: string) => string;
};

export const toolsOf = async (vocabulary: Vocabulary): Promise<Tools> => {
  const { Converter } = await import("opencc-js/cn2t");
  const convert = Converter({ from: "cn", to: "t" });
  const known = new Map<string, string>();
  const traditional = (text: string) => {
    const found = known.get(text) ?? convert(text);
    known.set(text, found);
    return found;
  };
  return { replace: replacer(vocabulary), general: vocabulary.general, traditional };
};

const asQuery = (draft: Draft, source: string, truth: number): Query => ({
  id: draft.id,
  title: draft.title,
  source,
  truth,
  sections: sectionsOf(draft),
});

const charactersIn = (sentences: readonly Sentence[]): number =>
  sentences.reduce((sum, { words }) => sum + countedCharacters(words), 0);

/** Copies a share of one document into another that is new: pieces at chosen places, the rest in the new author's own words. */
export const copied = (world: World, level: Level, number: number, tools: Tools): Query => {
  const chance = chanceOf(world.seed, 200_000_000 + number);
  const source = world.documentOf(chance.below(world.documents));
  const sentences = ownSentences(source);
  const size = charactersIn(sentences);
  const laboratory = chance.below(world.laboratories.length);
  const topic = chance.below(world.topics.length);
  if (level.share === 1) {
    const all = disguise(chance, sentences, level.how, tools);
    return asQuery(world.fileUp(chance, `q${number}`, laboratory, topic, all), source.id, 1);
  }
  // The share may ask for more than the source has: then the query is shorter.
  const wanted = Math.min(size * 0.95, level.share * world.charactersOf(chance));
  const pieces: Sentence[][] = [];
  let taken = 0;
  const start = chance.below(sentences.length);
  for (let at = 0; at < sentences.length && taken < wanted; at += 1) {
    const sentence = sentences[(start + at) % sentences.length]!;
    const piece = pieces.at(-1);
    const wraps = start + at === sentences.length;
    if (piece === undefined || piece.length >= (level.run ?? Number.POSITIVE_INFINITY) || wraps)
      pieces.push([sentence]);
    else piece.push(sentence);
    taken += countedCharacters(sentence.words);
  }
  const rest = world.prose(chance, topic, (taken / level.share) * (1 - level.share) * 1.08);
  const changed =
    level.how.reordered === true
      ? disguise(chance, pieces.flat(), level.how, tools).map((one) => [one])
      : pieces.map((piece) => disguise(chance, piece, level.how, tools));
  const places = changed.map(() => chance.below(rest.length + 1)).sort((a, b) => a - b);
  const mixed: Sentence[] = [];
  let from = 0;
  for (const [at, piece] of changed.entries()) {
    mixed.push(...rest.slice(from, places[at]), ...piece);
    from = places[at]!;
  }
  mixed.push(...rest.slice(from));
  const copiedSize = charactersIn(changed.flat());
  const truth = copiedSize / (copiedSize + charactersIn(rest));
  return asQuery(world.fileUp(chance, `q${number}`, laboratory, topic, mixed), source.id, truth);
};

/** A new document that copies nothing. */
export const unrelated = (world: World, number: number): Query =>
  asQuery(world.documentOf(world.documents + number), "", 0);

/** The same laboratory, another topic: shares only what the laboratory and its institution always write. */
export const sibling = (world: World, number: number): Query => {
  const chance = chanceOf(world.seed, 300_000_000 + number);
  const laboratory = chance.below(world.laboratories.length);
  const topic = chance.below(world.topics.length);
  const own = world.prose(chance, topic, world.charactersOf(chance));
  return asQuery(world.fileUp(chance, `q${number}`, laboratory, topic, own), "", 0);
};
