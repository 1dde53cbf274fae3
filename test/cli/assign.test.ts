import { describe, expect, it } from "vitest";
import { zhinan } from "./process.ts";

type Example = Record<string, unknown> & { applications: object[]; experts: object[] };
const example = (): Example => ({
  applications: [
    {
      id: "a1",
      reviews: 2,
      candidates: [
        ["e1", 0.9],
        ["e2", 0.8],
        ["e3", 0.1],
      ],
    },
    {
      id: "a2",
      reviews: 1,
      candidates: [
        ["e1", 0.7],
        ["e3", 0.65],
      ],
    },
  ],
  experts: [
    { id: "e1", max: 1, min: 0, organization: "o1" },
    { id: "e2", max: 2 },
    { id: "e3", max: 2, organization: "o1" },
  ],
});
const assign = (input: unknown) =>
  zhinan(["assign", "-", "--json"], typeof input === "string" ? input : JSON.stringify(input));

describe("assign", () => {
  it("gives the best plan with its bound, the same bytes each time", async () => {
    const [one, two] = await Promise.all([assign(example()), assign(example())]);
    const answer = JSON.parse(one.out);
    expect([one.code, one.error]).toEqual([0, ""]);
    expect(Object.keys(answer)).toEqual(["objective", "bound", "unfilled", "assignments", "seconds"]);
    expect(answer).toMatchObject({ objective: 2.35, bound: 2.35, unfilled: [] });
    expect(answer.assignments).toEqual(JSON.parse(two.out).assignments);
    expect(answer.assignments.toSorted()).toEqual([
      ["a1", "e1"],
      ["a1", "e2"],
      ["a2", "e3"],
    ]);
  });

  it("never assigns a conflict, keeps the limit per organisation, and says what is missing and why", async () => {
    const { code, out } = await assign({ ...example(), conflicts: [["a1", "e2"]], maxPerOrganization: 1 });
    const { objective, bound, unfilled, assignments } = JSON.parse(out);
    expect(code).toBe(0);
    expect([objective, bound]).toEqual([1.55, 1.55]);
    expect(assignments.toSorted()).toEqual([
      ["a1", "e1"],
      ["a2", "e3"],
    ]);
    expect(unfilled).toEqual([{ application: "a1", missing: 1, why: expect.stringContaining("1 recused") }]);
  });

  it("raises the weakest match first when it is to be fair", async () => {
    const input = {
      applications: [
        {
          id: "a1",
          reviews: 1,
          candidates: [
            ["e1", 1],
            ["e2", 0.5],
          ],
        },
        {
          id: "a2",
          reviews: 1,
          candidates: [
            ["e1", 0.5],
            ["e2", 0.1],
          ],
        },
      ],
      experts: [
        { id: "e1", max: 1 },
        { id: "e2", max: 1 },
      ],
    };
    expect(JSON.parse((await assign(input)).out).objective).toBe(1.1);
    const fair = JSON.parse((await assign({ ...input, objective: "fair" })).out);
    expect(fair.assignments.toSorted()).toEqual([
      ["a1", "e2"],
      ["a2", "e1"],
    ]);
    expect([fair.objective, fair.bound]).toEqual([1, 1]);
  });

  it.each([
    ["nothing to do", { applications: [], experts: [] }, 0],
    ["no experts", { applications: [{ id: "a", reviews: 2, candidates: [] }], experts: [] }, 1],
    [
      "no places",
      { applications: [{ id: "a", reviews: 1, candidates: [["e", 1]] }], experts: [{ id: "e", max: 0 }] },
      1,
    ],
  ])("answers for %s", async (_, input, unfilled) => {
    const { code, out } = await assign(input);
    expect([code, JSON.parse(out).unfilled.length]).toEqual([0, unfilled]);
  });

  it.each([
    [
      "unknown experts",
      { applications: [{ id: "a", reviews: 1, candidates: [["x", 0.5]] }] },
      "applications[0].candidates[0][0]",
    ],
    [
      "double applications",
      { applications: [...example().applications, { id: "a1", reviews: 1, candidates: [] }] },
      "applications[2].id",
    ],
    ["double experts", { experts: [...example().experts, { id: "e1", max: 1 }] }, "experts[3].id"],
    [
      "double candidates",
      {
        applications: [
          {
            id: "a",
            reviews: 1,
            candidates: [
              ["e1", 0.5],
              ["e1", 0.4],
            ],
          },
        ],
      },
      "applications[0].candidates[1]",
    ],
    [
      "double conflicts",
      {
        conflicts: [
          ["a1", "e1"],
          ["a1", "e1"],
        ],
      },
      "conflicts[1]",
    ],
    ["unknown conflicts", { conflicts: [["a1", "e9"]] }, "conflicts[0][1]"],
    ["negative loads", { experts: [{ id: "e1", max: -1 }] }, "experts[0].max"],
    [
      "fractional loads",
      { applications: [{ id: "a", reviews: 1.5, candidates: [] }] },
      "applications[0].reviews",
    ],
    [
      "affinity above 1",
      { applications: [{ id: "a", reviews: 1, candidates: [["e1", 1.01]] }] },
      "applications[0].candidates[0][1]",
    ],
    [
      "affinity below 0",
      { applications: [{ id: "a", reviews: 1, candidates: [["e1", -0.1]] }] },
      "applications[0].candidates[0][1]",
    ],
    [
      "no affinity",
      { applications: [{ id: "a", reviews: 1, candidates: [["e1", null]] }] },
      "applications[0].candidates[0][1]",
    ],
    ["min above max", { experts: [{ id: "e1", max: 1, min: 2 }] }, "experts[0].min"],
    ["an unknown key", { speed: 1 }, "speed"],
    ["a limit of none", { maxPerOrganization: 0 }, "maxPerOrganization"],
  ])("refuses %s", async (_, change, place) => {
    const { code, out, error } = await assign({ ...example(), ...change });
    expect([code, out]).toEqual([2, ""]);
    expect(error).toContain(place);
  });

  it("refuses NaN, which JSON does not know", async () => {
    const { code, error } = await assign(
      '{"applications":[{"id":"a","reviews":1,"candidates":[["e",NaN]]}],"experts":[]}',
    );
    expect(code).toBe(2);
    expect(error).toContain("JSON");
  });
});
