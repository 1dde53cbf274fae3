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

/** Words of a direction that say enough by themselves: single characters and pairs stand in any text. */
const ownWords = (policy: Policy): ReadonlyMap<string, readonly string[]> =>
  new Map(
    directionTexts(policy).map(({ code, title, synonyms }) => [
      code,
      [title, ...synonyms.map((word) => word.replace(/!$/, ""))].filter((word) => word.length > 2),
    ]),
  );

/** A finder as the rules ask it. A text that says one of the direction's own words is not looked at any further. */
export const fitOf = (policy: Policy, finder: DirectionFinder): FitOf => {
  const own = ownWords(policy);
  return (text, direction, top) => {
    if (own.get(direction)?.some((word) => text.includes(word)) === true) return { rank: 1, best: direction };
    const suggestions = finder.suggest(text, top);
    const first = suggestions[0];
    if (first === undefined) return null;
    const index = suggestions.findIndex((one) => one.code === direction);
    return { rank: index < 0 ? Number.POSITIVE_INFINITY : index + 1, best: first.code };
  };
};
