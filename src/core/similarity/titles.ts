import type { Fold } from "./fold.ts";
import { normalize } from "./normalize.ts";

/** Words that stand in most titles and tell none of them apart. */
const empty = /研究|及其|应用|关键技术|技术|项目|的|与|和|基于|面向/g;

const charactersOf = (fold: Fold, title: string): string =>
  String.fromCharCode(...normalize(fold, [{ name: "", text: title.slice(0, 500) }]).codes);

const pairsOf = (text: string): ReadonlyMap<string, number> => {
  const pairs = new Map<string, number>();
  for (let at = 0; at + 2 <= text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
};

/** A title as it is compared: folded, without the words that stand in all of them unless nothing else is left. */
export const titleKey = (fold: Fold, title: string): string => {
  const all = charactersOf(fold, title);
  const telling = all.replaceAll(empty, "");
  return telling.length >= 4 ? telling : all;
};

/** Likeness of two title keys, 0 to 1: Dice's share of common pairs of characters. */
export const titleLikeness = (a: string, b: string): number => {
  if (a === "" || b === "") return 0;
  if (a === b) return 1;
  const [first, second] = [pairsOf(a), pairsOf(b)];
  let common = 0;
  for (const [pair, count] of first) common += Math.min(count, second.get(pair) ?? 0);
  const total = Math.max(0, a.length - 1) + Math.max(0, b.length - 1);
  return total === 0 ? 0 : (2 * common) / total;
};

/** From this likeness on two titles are nearly equal; a policy pack may say otherwise. */
export const nearTitle = 0.75;

export type TitleSignal = { readonly id: string; readonly title: string; readonly likeness: number };

/** Titles nearly equal to one, most alike first. `others`: their keys with them. */
export const nearTitles = (
  key: string,
  others: Iterable<{ readonly id: string; readonly title: string; readonly key: string }>,
  least: number = nearTitle,
): readonly TitleSignal[] =>
  [...others]
    .filter((one) => 2 * Math.min(one.key.length, key.length) >= least * (one.key.length + key.length) - 2)
    .map(({ id, title, key: other }) => ({ id, title, likeness: titleLikeness(key, other) }))
    .filter(({ likeness }) => likeness >= least)
    .sort((a, b) => b.likeness - a.likeness || (a.id < b.id ? -1 : 1));
