import type { Changes, Content } from "../../src/core/application/content.ts";
import type { Policy } from "../../src/core/policy/policy.ts";
import { completeContent } from "../../test/world/content.ts";
import { type Chance, chanceOf } from "../random.ts";

/** What the investigators of the bench write: complete, of the length of a real application, in the words of the guide. */

const phrasesOf = ({ programme }: Policy): readonly string[] => [
  ...new Set(JSON.stringify(programme).match(/[\u4e00-\u9fff]{2,12}/g)),
];

/** Prose of about so many characters; a Chinese one takes three bytes. */
export const proseOf = (policy: Policy): ((chance: Chance, characters: number) => string) => {
  const phrases = phrasesOf(policy);
  return (chance, characters) => {
    let text = "";
    while (text.length < characters) text += `${chance.pick(phrases)}${chance.happens(0.2) ? "，" : ""}`;
    return text;
  };
};

/** A narrative answer of a save: 1 to 2 kB of UTF-8. */
export const answerOf = (policy: Policy, seed: number): string => {
  const chance = chanceOf(seed);
  return proseOf(policy)(chance, chance.between(340, 660));
};

const { members: _, ...complete } = completeContent();
export const sections: readonly string[] = Object.keys(complete.sections ?? {});
const declared: Content["declarations"] = {
  nonClassified: true,
  intellectualPropertyClear: true,
  ethics: ["NONE"],
  commitment: true,
};

/** As it is stored, without members and title; about 20 kB. */
export const templateOf = (policy: Policy, empty: Content): Content => {
  const chance = chanceOf(3);
  const prose = proseOf(policy);
  return {
    ...empty,
    ...complete,
    declarations: declared,
    sections: Object.fromEntries(sections.map((id) => [id, prose(chance, chance.between(340, 660))])),
  } as Content;
};

/** A save of thirty fields at once: what a program that keeps its own form would send. */
export const thirtyFields = (policy: Policy, turn: number): Changes => {
  const chance = chanceOf(turn);
  const prose = proseOf(policy);
  return {
    category: complete.category ?? null,
    field: complete.field ?? null,
    direction: complete.direction ?? null,
    title: `${complete.title ?? ""}${turn}`,
    titleEn: `Interfaces of electrolytes in storage, ${turn}`,
    abstract: prose(chance, 200),
    keywords: ["锂硫电池", "电解质", `储能${turn % 10}`],
    periodEnd: "2027-12-31",
    extensionReason: "",
    requestedGrant: 30_000_000 + turn * 100,
    platform: null,
    sciencePopularizationBase: null,
    completionPercent: turn % 101,
    declarations: declared,
    sections: Object.fromEntries(sections.map((id) => [id, prose(chance, 60)])),
    indicators: [
      {
        key: "i1",
        type: "TECHNICAL",
        code: null,
        name: "电池循环寿命",
        comparator: ">=",
        target: 1_000 + turn,
        unit: "次",
        verification: "第三方检测报告",
      },
    ],
  };
};
