import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  affinityOver,
  type ApplicationProfile,
  defaultWeights,
  type ExpertProfile,
} from "../../src/core/affinity.ts";

const words = (text: string) => text.split(" ");
const application: ApplicationProfile = {
  id: "a1",
  category: "C",
  field: "F",
  direction: "D1",
  region: "210202",
  text: "钠离子 电池 负极 硬碳",
};
const others: readonly ApplicationProfile[] = [
  application,
  { ...application, id: "a2", direction: "D2", text: "电池 隔膜 涂层" },
  { ...application, id: "a3", field: "G", direction: "D3", text: "桥梁 健康 监测" },
];
const expert: ExpertProfile = {
  id: "e1",
  directions: [],
  keywords: [],
  projects: [],
  familiarity: {},
  preferred: [],
  declined: [],
  region: null,
  senior: true,
};
const of = (change: Partial<ExpertProfile>) =>
  affinityOver(others, words)(application, { ...expert, ...change });

describe("affinity", () => {
  it("is nothing for a stranger", () => expect(of({})).toEqual({ score: 0, terms: [] }));

  it("is no candidate for a declined direction", () => expect(of({ declined: ["D1"] })).toBeNull());

  it("grows with the nearness of the direction", () => {
    const at = (category: string, field: string, direction: string) =>
      of({ directions: [{ category, field, direction }] })?.score ?? 0;
    const scores = [at("X", "Y", "Z"), at("C", "G", "D3"), at("C", "F", "D2"), at("C", "F", "D1")];
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    expect(scores[3]).toBe(defaultWeights.direction);
  });

  it("weighs rare words more than common ones, and names them", () => {
    const rare = of({ keywords: ["硬碳"] });
    const common = of({ keywords: ["电池"] });
    expect(rare?.score).toBeGreaterThan(common?.score ?? 1);
    expect(rare?.terms).toMatchObject([{ term: "keywords", because: ["硬碳"] }]);
  });

  it("counts projects, familiarity and preference, and takes away for region and seniority", () => {
    const full = of({
      projects: ["硬碳 负极"],
      familiarity: { D1: 0.8 },
      preferred: ["D1"],
      region: "210202",
      senior: false,
    });
    expect(full?.terms.map((one) => one.term)).toEqual([
      "projects",
      "familiarity",
      "preference",
      "region",
      "seniority",
    ]);
    expect(full?.terms.at(-1)?.share).toBe(-defaultWeights.seniority);
  });

  it("explains itself: the terms add up to the score, which stays in [0, 1] with six decimals", () => {
    const text = fc.array(fc.constantFrom("电池", "负极", "硬碳", "桥梁", "监测", "无关"), { maxLength: 6 });
    fc.assert(
      fc.property(
        text,
        text,
        fc.double({ min: -1, max: 2, noNaN: true }),
        fc.boolean(),
        fc.boolean(),
        (keywords, projects, familiar, near, senior) => {
          const affinity = of({
            keywords,
            projects,
            familiarity: { D1: familiar },
            directions: near ? [{ category: "C", field: "F", direction: "D1" }] : [],
            senior,
          });
          const sum = affinity?.terms.reduce((total, { share }) => total + share, 0) ?? 0;
          expect(affinity?.score).toBeCloseTo(Math.min(1, Math.max(0, sum)), 6);
          expect(affinity?.score).toBe(Math.round((affinity?.score ?? 0) * 1e6) / 1e6);
        },
      ),
    );
  });
});
