import type { GuideNode } from "../../core/guide/guide.ts";
import type { Policy } from "../../core/policy/policy.ts";
import { type Category, type Field, leaves } from "../../core/policy/programme.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import { markerOf } from "../../ui/marker.ts";

export type Leaf = {
  readonly category: Category;
  readonly field: Field;
  readonly code: string;
  readonly title: Bilingual;
  readonly node: string;
  /** Marker in the guide, `31.`. */
  readonly marker: string;
  readonly paragraphs: readonly string[];
};

const textOf = (node: GuideNode | undefined): readonly string[] =>
  node === undefined
    ? []
    : [...(node.text === "" ? [] : node.text.split("\n")), ...node.children.flatMap(textOf)];

/** Everything one can choose, in the order of the guide, with its text. */
export const leavesOf = (policy: Policy): readonly Leaf[] =>
  policy.programme.categories.flatMap((category) =>
    category.fields.flatMap((field) =>
      leaves(field).map((leaf) => ({
        category,
        field,
        code: leaf.code,
        title: leaf.title,
        node: leaf.node,
        marker: markerOf(policy.nodes.get(leaf.node) ?? { marker: "" }),
        paragraphs: textOf(policy.nodes.get(leaf.node)),
      })),
    ),
  );

/** Where the self-check begins when a direction is chosen already. */
export const selfCheckQuery = (leaf: Leaf) => ({
  category: leaf.category.code,
  field: leaf.field.code,
  direction: leaf.code,
});

export const divisionOf = (policy: Policy, field: Field): Bilingual =>
  policy.programme.divisions.find((one) => one.code === field.division)?.title ?? { zh: "", en: "" };
