import type { GuideNode } from "../../core/guide/guide.ts";
import { anchorOf } from "../../ui/anchor.ts";
import { markerOf } from "../../ui/marker.ts";
import { officialLang } from "../../ui/official.tsx";
import { type Place, wordsOf } from "../../ui/place.ts";

/** A name for a node: its heading, or the beginning of its sentence. */
export const nameOf = (node: GuideNode): string => {
  if (node.heading !== "") return node.heading;
  const [start = ""] = node.text.split(/[：，。；\n]/u, 1);
  return start.length > 16 ? `${start.slice(0, 15)}…` : start;
};

const Item = ({ node, level }: { node: GuideNode; level: number }) => (
  <li class={level === 1 ? "moj-side-navigation__item" : `moj-side-navigation__item l${level}`}>
    <a href={`#${anchorOf(node.id)}`}>
      {markerOf(node)}
      {nameOf(node)}
    </a>
  </li>
);

/** Sections and what stands under them; `deep`: the level below folds, so that the whole is seen at a glance. */
export const GuideTree = ({ place, deep = false }: { place: Place; deep?: boolean }) => (
  <ul class="moj-side-navigation__list" lang={officialLang(place)}>
    {place.policy.guide.nodes.flatMap((node) => [
      <Item node={node} level={1} />,
      ...node.children.flatMap((child) => {
        const below = child.children.filter((one) => one.heading !== "");
        return [
          <Item node={child} level={2} />,
          ...(!deep || below.length < 2
            ? []
            : [
                <li>
                  <details>
                    <summary lang={place.language === "en" ? "en" : undefined}>
                      {wordsOf(place).guide.below(below.length)}
                      <span class="govuk-visually-hidden">{nameOf(child)}</span>
                    </summary>
                    <ul>
                      {below.map((one) => (
                        <Item node={one} level={3} />
                      ))}
                    </ul>
                  </details>
                </li>,
              ]),
        ];
      }),
    ])}
  </ul>
);
