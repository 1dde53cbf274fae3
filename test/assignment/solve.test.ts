import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solve } from "../../src/core/assignment/auction/solve.ts";
import { bruteForce } from "./brute-force.ts";
import { tiny, type TinyKind } from "./instances.ts";

const kinds: Readonly<Record<string, TinyKind>> = {
  any: {},
  "tied in two levels": { levels: 2 },
  scarce: { scarce: true },
  "with minimum loads": { minimums: true },
  "scarce with minimum loads": { minimums: true, scarce: true, levels: 5 },
  "one of an organisation": { limit: 1 },
  "two of an organisation": { limit: 2, organizations: 2 },
  "everything at once": { limit: 1, minimums: true, organizations: 2, levels: 4 },
  "everything at once, scarce": { limit: 1, minimums: true, scarce: true },
};

describe("the optimum", () => {
  for (const [name, kind] of Object.entries(kinds))
    it(`is the one found by trying everything: ${name}`, () => {
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const problem = tiny(seed, kind);
          const { certificate } = solve(problem, { gap: 0, seed: 1 });
          const truth = bruteForce(problem);
          expect(certificate).toEqual({
            feasible: true,
            faults: [],
            filled: truth.filled,
            short: truth.short,
            objective: truth.total,
            bound: truth.total,
            gap: 0,
          });
        }),
        { numRuns: 1500 },
      );
    });
});
