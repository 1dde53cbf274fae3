import { type GuideNode, walk } from "../guide/guide.ts";
import type { Policy } from "../policy/policy.ts";
import { leaves } from "../policy/programme.ts";
import type { DirectionText } from "./inverted-index.ts";

/** All that stands under a node, its own heading left out: the heading is the direction's title. */
const bodyOf = ({ text, children }: GuideNode): string =>
  [text, ...[...walk(children)].flatMap((child) => [child.heading, child.text])].filter(Boolean).join("\n");

/** What the finder reads of a pack: every leaf of the programme with the guide's words and the trade's. */
export const directionTexts = ({
  programme,
  nodes,
  synonyms,
}: Pick<Policy, "programme" | "nodes" | "synonyms">): DirectionText[] =>
  programme.categories.flatMap((category) =>
    category.fields.flatMap((field) =>
      leaves(field).map(({ code, title, node }) => {
        const found = nodes.get(node);
        // A subfield is no entry of the programme: it stands in the guide between field and direction.
        const parent = nodes.get(node.slice(0, node.lastIndexOf("/")));
        const above = [field.title.zh, parent?.heading ?? "", category.title.zh];
        return {
          code,
          title: title.zh,
          path: [...new Set(above)].filter((words) => words !== "" && words !== title.zh),
          body: found ? bodyOf(found) : "",
          synonyms: synonyms[code] ?? [],
        };
      }),
    ),
  );
