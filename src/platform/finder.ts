import { type DirectionFinder, directionFinder } from "../core/direction/finder.ts";
import type { GuideNode } from "../core/guide/guide.ts";
import type { Policy } from "../core/policy/policy.ts";
import { leaves } from "../core/policy/programme.ts";
import type { FitOf } from "../core/policy/situation.ts";
import { loadWords } from "./words.ts";

const bodyOf = (node: GuideNode | undefined): string =>
  node === undefined ? "" : [node.text, ...node.children.map(bodyOf)].join("\n");

const built = new WeakMap<Policy, Promise<DirectionFinder>>();

const build = async (policy: Policy): Promise<DirectionFinder> => {
  const directions = policy.programme.categories.flatMap((category) =>
    category.fields.flatMap((field) =>
      leaves(field).map((leaf) => ({
        code: leaf.code,
        title: leaf.title.zh,
        path: [field.title.zh, category.title.zh],
        body: bodyOf(policy.nodes.get(leaf.node)),
        synonyms: policy.synonyms[leaf.code] ?? [],
      })),
    ),
  );
  return directionFinder(directions, await loadWords());
};

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
