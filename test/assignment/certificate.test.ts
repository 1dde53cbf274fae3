import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solve } from "../../src/core/assignment/auction/solve.ts";
import { certify, upperBound } from "../../src/core/assignment/certificate.ts";
import { problemFrom, type Panels } from "../../src/core/assignment/problem.ts";
import { bruteForce } from "./brute-force.ts";
import { tiny } from "./instances.ts";

const problem = problemFrom({
  wanted: Uint32Array.of(2, 1),
  rowStart: Uint32Array.of(0, 3, 5),
  expert: Uint32Array.of(0, 1, 2, 0, 3),
  weight: Int32Array.of(900_000, 800_000, 100_000, 700_000, 600_000),
  most: Uint32Array.of(1, 1, 2, 1),
  organization: Uint32Array.of(0, 0, 1, 2),
  organizationLimit: 1,
});
const noPrices = { expert: new Float64Array(4), reward: 0 };
const panels = (...rows: number[][]): Panels => ({
  start: Uint32Array.from([0, ...rows.map((_, index) => rows.slice(0, index + 1).flat().length)]),
  expert: Uint32Array.from(rows.flat()),
});
const faultsOf = (wrong: Panels) => certify(problem, wrong, noPrices).faults.map(({ kind }) => kind);

describe("the certificate", () => {
  it("accepts what keeps every limit", () => {
    const { feasible, filled, objective } = certify(problem, panels([0, 2], [3]), noPrices);
    expect({ feasible, filled, objective }).toEqual({ feasible: true, filled: 3, objective: 1_600_000 });
  });

  it("names every limit broken", () => {
    expect(faultsOf(panels([0, 1], [3]))).toEqual(["organization"]);
    expect(faultsOf(panels([0, 2], [0]))).toEqual(["load"]);
    expect(faultsOf(panels([2, 2], []))).toEqual(["twice", "organization"]);
    expect(faultsOf(panels([0, 3], []))).toEqual(["pair"]);
    expect(faultsOf(panels([0], [3, 0]))).toContain("panel");
    expect(faultsOf(panels([9], []))).toEqual(["panels"]);
    expect(faultsOf({ start: Uint32Array.of(0, 1), expert: Uint32Array.of(0) })).toEqual(["panels"]);
    expect(faultsOf({ start: Uint32Array.of(0, 2, 1), expert: Uint32Array.of(0) })).toEqual(["panels"]);
  });

  it("bounds the optimum from any prices and any reward, with every limit", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.double({ min: -2_000_000, max: 2_000_000, noNaN: true }), { minLength: 6, maxLength: 6 }),
        fc.double({ min: -2_000_000, max: 9_000_000, noNaN: true }),
        (seed, prices, reward) => {
          const one = tiny(seed, { minimums: true, limit: 1 + (seed % 2), organizations: 2 });
          const truth = bruteForce(one);
          const expert = Float64Array.from(prices.slice(0, one.expertCount));
          expect(upperBound(one, { expert, reward }, truth.filled, truth.short)).toBeGreaterThanOrEqual(
            truth.total,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("catches an expert moved, dropped or doubled in a solution", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (seed, where, who) => {
        const one = tiny(seed, { limit: 1 });
        const { panels: right, certificate, auction } = solve(one, { gap: 0, seed: 1 });
        if (right.expert.length === 0) return;
        const wrong = { start: right.start, expert: right.expert.slice() };
        wrong.expert[where % wrong.expert.length] = who % one.expertCount;
        const verdict = certify(one, wrong, { expert: auction.price, reward: auction.reward });
        expect(verdict.feasible).toBe(isAllowed(one, wrong));
        expect(verdict.feasible ? verdict.objective : 0).toBeLessThanOrEqual(verdict.bound);
        expect(verdict.short === certificate.short ? verdict.bound : certificate.bound).toBe(
          certificate.bound,
        );
      }),
      { numRuns: 1500 },
    );
  });
});

/** The limits once more, spelled out slowly. */
const isAllowed = (one: ReturnType<typeof tiny>, { start, expert }: Panels): boolean => {
  const load = new Map<number, number>();
  for (let row = 0; row < one.applicationCount; row += 1) {
    const panel = Array.from(expert.subarray(start[row], start[row + 1]));
    const candidates = new Set(one.expert.slice(one.rowStart[row], one.rowStart[row + 1]));
    if (new Set(panel).size < panel.length || panel.length > one.wanted[row]!) return false;
    if (panel.some((who) => !candidates.has(who))) return false;
    const homes = panel.map((who) => one.organization[who]!);
    if (homes.some((home) => homes.filter((other) => other === home).length > one.organizationLimit))
      return false;
    for (const who of panel) load.set(who, (load.get(who) ?? 0) + 1);
  }
  return [...load].every(([who, count]) => count <= one.most[who]!);
};
