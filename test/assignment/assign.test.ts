import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assign } from "../../src/core/assignment/assign.ts";
import { solve } from "../../src/core/assignment/auction/solve.ts";
import { buildProblem, type AssignmentInput } from "../../src/core/assignment/build.ts";
import { certify } from "../../src/core/assignment/certificate.ts";
import { problemFrom, type Problem } from "../../src/core/assignment/problem.ts";
import { bruteForce } from "./brute-force.ts";
import { clustered, tiny, type TinyKind } from "./instances.ts";

const fairKinds: Readonly<Record<string, TinyKind>> = {
  any: {},
  tied: { levels: 3 },
  "scarce, of organisations": { scarce: true, limit: 1 },
  "with minimum loads": { minimums: true },
  "everything at once": { minimums: true, limit: 1, organizations: 2, levels: 6 },
};

const shortOf = (problem: Problem, panels: { expert: Uint32Array }): number => {
  const load = new Uint32Array(problem.expertCount);
  for (const who of panels.expert) load[who]! += 1;
  return problem.least.reduce((sum, least, who) => sum + Math.max(0, least - load[who]!), 0);
};

describe("fair mode", () => {
  for (const [name, kind] of Object.entries(fairKinds))
    it(`raises the weakest match, then the total: ${name}`, () => {
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const problem = tiny(seed, kind);
          const plan = assign(problem, { objective: "fair" });
          const truth = bruteForce(problem, true);
          expect(plan.feasible).toBe(true);
          expect(plan.filled).toBe(truth.filled);
          expect(shortOf(problem, plan.panels)).toBe(truth.short);
          expect(Math.round(plan.weakest * 1e6)).toBe(truth.filled === 0 ? 0 : truth.weakest);
          expect(Math.round(plan.objective * 1e6)).toBe(truth.total);
          expect(plan.bound).toBe(plan.objective);
          const cost = Math.round((plan.withoutFairness?.cost ?? -1) * 1e6);
          expect(cost).toBe(bruteForce(problem).total - truth.total);
        }),
        { numRuns: 600 },
      );
    });
});

const input = (part: Partial<AssignmentInput> = {}): AssignmentInput => ({
  applications: [
    {
      id: "a1",
      reviews: 2,
      candidates: [
        ["e1", 0.9],
        ["e2", 0.5],
        ["e3", 0.4],
        ["e4", 0.3],
      ],
    },
    { id: "a2", reviews: 1, candidates: [["e1", 0.8]] },
  ],
  experts: [
    { id: "e1", max: 1, organization: "o1" },
    { id: "e2", max: 1, organization: "o1" },
    { id: "e3", max: 0 },
    { id: "e4", max: 2 },
  ],
  ...part,
});

describe("a plan", () => {
  it("fills first, then maximises", () => {
    const plan = assign(buildProblem(input()));
    expect([...plan.panels.expert]).toEqual([1, 3, 0]);
    expect(plan).toMatchObject({
      objective: 1.6,
      bound: 1.6,
      gap: 0,
      feasible: true,
      filled: 3,
      fillable: 3,
    });
  });

  it("says why an application lacks reviews", () => {
    const conflicts = [
      ["a1", "e2"],
      ["a1", "e4"],
    ] as const;
    const { unfilled } = assign(buildProblem(input({ conflicts })));
    expect(unfilled).toEqual([
      {
        application: 0,
        missing: 1,
        candidates: 4,
        recused: 2,
        assigned: 1,
        full: 0,
        closed: 1,
        organization: 0,
        why:
          "候选 4 人，回避 2 人，已指派 1 人，不接评审 1 人 / " +
          "4 candidates, 2 recused, 1 assigned, 1 take no reviews",
      },
      {
        application: 1,
        missing: 1,
        candidates: 1,
        recused: 0,
        assigned: 0,
        full: 1,
        closed: 0,
        organization: 0,
        why: "候选 1 人，已满 1 人 / 1 candidate, 1 full",
      },
    ]);
  });

  it("says who misses a minimum load, also where no candidate could make it up", () => {
    const experts = [
      { id: "e1", max: 5, min: 3 },
      { id: "e2", max: 1 },
      { id: "e3", max: 1 },
      { id: "e4", max: 2 },
    ];
    const plan = assign(buildProblem(input({ experts })));
    expect(plan.short).toEqual([{ expert: 0, missing: 1 }]);
    expect(plan.filled).toBe(3);
  });

  it("never assigns a recused expert, whatever the objective", () => {
    const conflicts = [["a2", "e1"]] as const;
    for (const objective of ["total", "fair"] as const)
      expect(assign(buildProblem(input({ conflicts })), { objective }).panels.start[2]).toBe(2);
  });
});

const rows = (wanted: number[], most: number[], entries: readonly (readonly number[])[], heavy = 500_000) =>
  problemFrom({
    wanted: Uint32Array.from(wanted),
    most: Uint32Array.from(most),
    rowStart: Uint32Array.from([0, ...entries.map((_, row) => entries.slice(0, row + 1).flat().length)]),
    expert: Uint32Array.from(entries.flat()),
    weight: Int32Array.from(entries.flat(), () => heavy),
  });
const everybody = (count: number) => Array.from({ length: count }, (_, index) => index);

describe("degenerate problems, with a certificate", () => {
  const cases: Readonly<Record<string, readonly [Problem, number]>> = {
    "nothing at all": [rows([], [], []), 0],
    "no experts": [rows([3, 2], [], [[], []]), 0],
    "no candidates": [rows([3], [4, 4], [[]]), 0],
    "zero capacities": [rows([2, 2], [0, 0], [everybody(2), everybody(2)]), 0],
    "nothing wanted": [rows([0, 0], [2], [[0], [0]]), 0],
    "one expert for all": [
      rows(
        Array(300).fill(2),
        [40],
        everybody(300).map(() => [0]),
      ),
      40,
    ],
    "all tied": [rows(Array(60).fill(3), Array(60).fill(3), Array(60).fill(everybody(60))), 180],
    "all tied and scarce": [rows(Array(60).fill(3), Array(60).fill(2), Array(60).fill(everybody(60))), 120],
    "all tied at zero": [rows(Array(20).fill(3), Array(20).fill(2), Array(20).fill(everybody(20)), 0), 40],
    "demand far above capacity": [
      rows(Array(400).fill(9), Array(10).fill(1), Array(400).fill(everybody(10))),
      10,
    ],
    "more wanted than there are": [rows([9, 9], [2, 2, 2], [everybody(3), everybody(3)]), 6],
  };
  for (const [name, [problem, filled]] of Object.entries(cases))
    it(`ends: ${name}`, () => {
      for (const objective of ["total", "fair"] as const) {
        const plan = assign(problem, { objective });
        expect(plan).toMatchObject({ feasible: true, filled, fillable: filled, gap: 0, finished: true });
      }
    });

  it("a long chain whose every link loses almost everything", () => {
    // Application i sits happily with expert i; the last review can only be filled by moving everyone one step down.
    const count = 40;
    const entries = everybody(count).map((row) => (row === 0 ? [0] : [row - 1, row]));
    const problem = problemFrom({
      wanted: new Uint32Array(count).fill(1),
      most: Uint32Array.from({ length: count }, () => 1),
      rowStart: Uint32Array.from([0, ...entries.map((_, row) => 2 * row + 1)]),
      expert: Uint32Array.from(entries.flat()),
      weight: Int32Array.from(entries.flat(), (who, at) =>
        at === 0 || who !== (at - 1) >> 1 ? 0 : 1_000_000,
      ),
    });
    expect(assign(problem)).toMatchObject({ filled: count, gap: 0, feasible: true });
  });
});

describe("a larger problem", () => {
  const problem = clustered({ applications: 400, experts: 500, candidates: 60, seed: 3 });

  it("gives the same bytes for the same seed, and an equal total for another", () => {
    const one = assign(problem, { seed: 5 });
    const again = assign(problem, { seed: 5 });
    expect(again.panels).toEqual(one.panels);
    expect(again.prices).toEqual(one.prices);
    expect(assign(problem, { seed: 6 }).objective).toBe(one.objective);
  });

  it("is proven optimal with and without limits", () => {
    for (const part of [{}, { organizationLimit: 1 }, { least: problem.most.map((most) => most >> 1) }])
      expect(assign(problemFrom({ ...problem, ...part }))).toMatchObject({ gap: 0, feasible: true });
  });

  it("still gives a feasible answer with a bound when it is stopped or out of steps", () => {
    const truth = assign(problem);
    for (let calls = 1; calls < 8; calls += 1) {
      let left = calls;
      const plan = assign(problem, { progress: () => (left -= 1) > 0 });
      expect(plan).toMatchObject({ feasible: true, finished: false, filled: truth.filled });
      expect(plan.bound).toBeGreaterThanOrEqual(truth.objective);
      expect(plan.objective).toBeLessThanOrEqual(truth.objective);
    }
    for (const stepLimit of [1, 50, 500, 3000]) {
      const { certificate, panels, auction, finished } = solve(problem, { gap: 0, stepLimit });
      expect(finished).toBe(false);
      expect(certificate).toMatchObject({ feasible: true, filled: truth.filled });
      expect(certificate).toEqual(
        certify(problem, panels, { expert: auction.price, reward: auction.reward }),
      );
    }
  });
});
