import { describe, expect, it } from "vitest";
import {
  type ApplicationFacts,
  conflictsOf,
  type ExpertFacts,
  recusalReasons,
} from "../../src/core/conflict.ts";
import { loadPolicy, policyIds } from "../../src/platform/policies.ts";

const policy = await loadPolicy("dalian-2024");
const today = "2024-07-20";
const employment = (more: object) => ({
  organization: "O9",
  quotaGroup: null,
  secondaryUnit: null,
  region: null,
  from: "2010-01-01",
  to: null,
  ...more,
});
const expert: ExpertFacts = {
  id: "e1",
  person: "P1",
  employments: [employment({})],
  kin: [],
  supervision: [],
  coAuthors: [],
  coApplicants: [],
  appliesIn: [],
  sanctions: [],
};
const application: ApplicationFacts = {
  id: "a1",
  group: "g1",
  organizations: ["O1", "O2"],
  quotaGroup: "Q1",
  secondaryUnit: "S1",
  region: "210202",
  team: ["T1", "T2"],
  exclusions: [],
};
const found = (e: Partial<ExpertFacts>, a: Partial<ApplicationFacts> = {}) =>
  conflictsOf({ ...expert, ...e }, { ...application, ...a }, policy.review.recusal, today).map(
    (one) => one.reason,
  );

describe("recusal", () => {
  it("every reason of every pack is known, and every reason known is used by the first pack", async () => {
    const packs = await Promise.all((await policyIds()).map((id) => loadPolicy(id)));
    for (const { review } of packs) for (const { id } of review.recusal) expect(recusalReasons).toContain(id);
    expect(policy.review.recusal.map((one) => one.id).sort()).toEqual([...recusalReasons].sort());
  });

  it("finds nothing between strangers", () => expect(found({})).toEqual([]));

  it.each<[string, Partial<ExpertFacts>, Partial<ApplicationFacts>]>([
    ["same-legal-person", { employments: [employment({ organization: " o2 " })] }, {}],
    ["same-legal-person", { employments: [employment({ organization: "O1", to: "2021-07-20" })] }, {}],
    ["same-quota-group", { employments: [employment({ quotaGroup: "Q1" })] }, {}],
    ["team-member", { person: "t１" }, {}],
    ["kin", { kin: ["T2"] }, {}],
    ["supervisor", { supervision: ["T1"] }, {}],
    ["co-author", { coAuthors: [{ person: "T1", on: "2019-07-20" }] }, {}],
    ["co-applicant", { coApplicants: [{ person: "T2", on: "2021-07-20" }] }, {}],
    ["named-exclusion", {}, { exclusions: ["x", "y", "e1"] }],
    ["applicant-in-group", { appliesIn: ["g0", "g1"] }, {}],
    ["sanction", { sanctions: [{ from: "2024-07-20", to: "2024-07-20" }] }, {}],
    ["same-region", { employments: [employment({ region: "210202" })] }, {}],
  ])("%s", (reason, e, a) => expect(found(e, a)).toEqual([reason]));

  it("same secondary unit only within the organisation, beside the hard reason that it brings", () => {
    expect(found({ employments: [employment({ organization: "O1", secondaryUnit: "S1" })] })).toEqual([
      "same-legal-person",
      "same-secondary-unit",
    ]);
    expect(found({ employments: [employment({ secondaryUnit: "S1" })] })).toEqual([]);
  });

  it.each<[string, Partial<ExpertFacts>, Partial<ApplicationFacts>]>([
    [
      "employment ended a day over three years ago",
      { employments: [employment({ organization: "O1", to: "2021-07-19" })] },
      {},
    ],
    ["a joint paper a day over five years ago", { coAuthors: [{ person: "T1", on: "2019-07-19" }] }, {}],
    ["a fourth exclusion", {}, { exclusions: ["x", "y", "z", "e1"] }],
    ["a sanction that has ended", { sanctions: [{ from: "2020-01-01", to: "2024-07-19" }] }, {}],
    ["an empty number on both sides", { person: "" }, { team: [""] }],
  ])("not for %s", (_, e, a) => expect(found(e, a)).toEqual([]));

  it("looks back from a leap day", () => {
    const rules = policy.review.recusal.filter((one) => one.id === "same-legal-person");
    const left = { ...expert, employments: [employment({ organization: "O1", to: "2021-02-28" })] };
    expect(conflictsOf(left, application, rules, "2024-02-29")).toHaveLength(1);
  });

  it("puts hard reasons first and gives each its source", () => {
    const all = conflictsOf(
      {
        ...expert,
        person: "T1",
        employments: [employment({ region: "210202" })],
        sanctions: [{ from: "2024-01-01", to: null }],
      },
      application,
      [...policy.review.recusal].reverse(),
      today,
    );
    expect(all.map((one) => one.strength)).toEqual(["hard", "hard", "soft"]);
    expect(all.find((one) => one.reason === "sanction")?.source).toBe("G4.16a");
  });
});
