import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawAssignment } from "../../src/core/assignment/randomized.ts";
import { clustered, tiny, type TinyKind } from "./instances.ts";

const kinds: readonly TinyKind[] = [{}, { scarce: true }, { limit: 1, organizations: 2 }, { minimums: true }];

describe("the lottery", () => {
  it("keeps every limit in every draw, at any probability", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom(...kinds),
        fc.constantFrom(1, 0.5, 0.3, 0.2),
        (seed, kind, limit) => {
          const problem = tiny(seed, kind);
          const lottery = drawAssignment(problem, limit, seed, { gap: 0 });
          expect(lottery.certificate.feasible).toBe(true);
          expect(lottery.probability).toBeLessThanOrEqual(limit);
          expect(lottery.expectedBound).toBe(lottery.expected);
          // Where the multiplied minimum loads are met, every draw meets the real ones.
          const { panels, auction } = lottery.solution;
          const load = new Uint32Array(problem.expertCount);
          for (const who of panels.expert) load[who]! += 1;
          const met = auction.problem.asked.every((asked, who) => load[who]! >= asked);
          expect(met ? lottery.certificate.short : 0).toBe(0);
        },
      ),
      { numRuns: 2000 },
    );
  });

  const problem = clustered({ applications: 60, experts: 90, candidates: 30, seed: 2 });

  it("draws no pair more often than allowed, and the expected total on average", () => {
    for (const limit of [0.5, 0.25]) {
      const draws = 400;
      const count = new Map<string, number>();
      let sum = 0;
      let expected = 0;
      for (let seed = 1; seed <= draws; seed += 1) {
        const lottery = drawAssignment(problem, limit, seed, { gap: 0 });
        expected = lottery.expected;
        sum += lottery.certificate.objective;
        for (let row = 0; row < problem.applicationCount; row += 1)
          for (const who of lottery.panels.expert.subarray(
            lottery.panels.start[row],
            lottery.panels.start[row + 1],
          ))
            count.set(`${row} ${who}`, (count.get(`${row} ${who}`) ?? 0) + 1);
      }
      // Five standard deviations over some hundreds of pairs.
      const most = limit + 5 * Math.sqrt((limit * (1 - limit)) / draws);
      expect(Math.max(...count.values()) / draws).toBeLessThan(most);
      expect(Math.min(...count.values()) / draws).toBeGreaterThan(2 * limit - most);
      expect(Math.abs(sum / draws / expected - 1)).toBeLessThan(0.005);
    }
  });

  it("repeats itself for the same seed", () => {
    const one = drawAssignment(problem, 0.5, 7, { gap: 0 });
    expect(drawAssignment(problem, 0.5, 7, { gap: 0 }).panels).toEqual(one.panels);
    expect(drawAssignment(problem, 0.5, 8, { gap: 0 }).panels).not.toEqual(one.panels);
  });
});
