import { type DirectionFinder, directionFinder } from "../core/direction/finder.ts";
import { directionTexts } from "../core/direction/texts.ts";
import type { Policy } from "../core/policy/policy.ts";
import type { FitOf } from "../core/policy/situation.ts";
import { loadWords } from "./words.ts";

const built = new WeakMap<Policy, Promise<DirectionFinder>>();

const build = async (policy: Policy): Promise<DirectionFinder> =>
  directionFinder(directionTexts(policy), await loadWords());

/** The direction finder of a pack, built on first use from the guide's own text and the pack's synonyms. */
export const finderOf = (policy: Policy): Promise<DirectionFinder> => {
  const finder = built.get(policy) ?? build(policy);
  built.set(policy, finder);
  return finder;
};

/** A finder as the rules ask it: where the chosen direction ranks. */
export const fitOf =
  (finder: DirectionFinder): FitOf =>
  (text, direction, top) => {
    const suggestions = finder.suggest(text, top);
    const first = suggestions[0];
    if (first === undefined) return null;
    const index = suggestions.findIndex((one) => one.code === direction);
    return { rank: index < 0 ? Number.POSITIVE_INFINITY : index + 1, best: first.code };
  };
