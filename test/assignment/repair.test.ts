import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assign } from "../../src/core/assignment/assign.ts";
import { problemOf, type Panels, type Problem } from "../../src/core/assignment/problem.ts";
import { certificateOf, reoptimize, repairOf, substitute } from "../../src/core/assignment/repair.ts";
import { bruteForce } from "./brute-force.ts";
import { clustered, tiny, type TinyKind } from "./instances.ts";

const kinds: Readonly<Record<string, TinyKind>> = {
  any: {},
  tied: { levels: 2 },
  scarce: { scarce: true },
  "with organisations": { limit: 1, organizations: 2 },
  "with minimum loads": { minimums: true },
};

const panel = ({ start, expert }: Panels, row: number): number[] =>
  Array.from(expert.subarray(start[row], start[row + 1]));

/** Up to three declines from whoever sits on a panel; the problem without the declined pairs after each. */
const declines = (seed: number, problem: Problem, panelsNow: () => Panels) => {
  const gone = new Set<string>();
  const rowOf = (entry: number): number =>
    problem.rowStart.findIndex((from, row) => row > 0 && from > entry) - 1;
  return Array.from({ length: 3 }, (_, round) => () => {
    const panels = panelsNow();
    if (panels.expert.length === 0) return undefined;
    const place = (seed + round * 7) % panels.expert.length;
    const application = panels.start.findIndex((from, row) => row > 0 && from > place) - 1;
    const expert = panels.expert[place]!;
    gone.add(`${application} ${expert}`);
    const left = problemOf(problem, (entry) => !gone.has(`${rowOf(entry)} ${problem.expert[entry]!}`));
    return { application, expert, left };
  });
};

describe("before anyone was told, a decline", () => {
  for (const [name, kind] of Object.entries(kinds))
    it(`leaves an optimal plan: ${name}`, () => {
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const problem = tiny(seed, kind);
          const repair = repairOf(assign(problem));
          for (const next of declines(seed, problem, () => certificateOf(repair).panels)) {
            const one = next();
            if (one === undefined) return;
            expect(reoptimize(repair, one.application, one.expert)).toBe(true);
            const { certificate, panels } = certificateOf(repair);
            const truth = bruteForce(one.left);
            expect(certificate.feasible).toBe(true);
            expect(panel(panels, one.application)).not.toContain(one.expert);
            expect([certificate.filled, certificate.objective]).toEqual([truth.filled, truth.total]);
            expect(certificate.bound).toBe(truth.total);
          }
        }),
        { numRuns: 800 },
      );
    });
});

describe("an expert with fewer candidates than their minimum", () => {
  it("is held to what is left, so that the others' minimums are met", () => {
    const problem = tiny(1_178_603_598, { minimums: true });
    const repair = repairOf(assign(problem));
    expect(reoptimize(repair, 0, 0)).toBe(true);
    const { certificate } = certificateOf(repair);
    expect([certificate.filled, certificate.short, certificate.gap]).toEqual([3, 0, 0]);
  });
});

describe("a price war", () => {
  it("does not make a repair endless", () => {
    const problem = tiny(1630, { levels: 2 });
    const repair = repairOf(assign(problem));
    const { panels } = certificateOf(repair);
    const place = 1630 % panels.expert.length;
    const application = panels.start.findIndex((from, row) => row > 0 && from > place) - 1;
    expect(reoptimize(repair, application, panels.expert[place]!)).toBe(true);
    expect(repair.auction.steps).toBeLessThan(200_000);
    expect(certificateOf(repair).certificate.gap).toBe(0);
  });
});

describe("after everyone was told, a decline", () => {
  for (const [name, kind] of Object.entries(kinds))
    it(`changes as few panels as can be: ${name}`, () => {
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const problem = tiny(seed, kind);
          const repair = repairOf(assign(problem));
          const before = certificateOf(repair).panels;
          const [next] = declines(seed, problem, () => before);
          const one = next?.();
          if (one === undefined) return;
          const changes = substitute(repair, one.application, one.expert)!;
          const { certificate, panels } = certificateOf(repair);
          const best = leastChange(one.left, before, one.application, one.expert);
          expect(certificate.feasible).toBe(true);
          expect(certificate.filled).toBe(best.filled);
          const moved = changes.filter((change) => change.in >= 0);
          expect(moved.length).toBe(best.moves);
          expect(certificate.objective).toBe(best.total);
          expect(certificate.objective).toBeLessThanOrEqual(certificate.bound);
          for (const change of moved) expect(panel(panels, change.application)).toContain(change.in);
        }),
        { numRuns: 500 },
      );
    });

  it("says so when the expert was not on that panel", () => {
    const repair = repairOf(assign(clustered({ applications: 20, experts: 30, candidates: 10, seed: 1 })));
    const { panels } = certificateOf(repair);
    const stranger = [...Array(30).keys()].find((who) => !panel(panels, 0).includes(who))!;
    expect(substitute(repair, 0, stranger)).toBeUndefined();
    expect(reoptimize(repair, 0, stranger)).toBe(false);
    expect(certificateOf(repair).panels).toEqual(panels);
  });
});

/** By trying every assignment: fill most, then move fewest seats, then the highest total. */
const leastChange = (problem: Problem, before: Panels, application: number, declined: number) => {
  const { rowStart, expert, weight, wanted, most, organization, organizationLimit } = problem;
  const load = new Uint32Array(problem.expertCount);
  let best = { filled: -1, moves: 0, total: 0 };
  const walk = (
    row: number,
    entry: number,
    seats: number[],
    filled: number,
    moves: number,
    total: number,
  ) => {
    if (row === problem.applicationCount) {
      const better = filled - best.filled || best.moves - moves || total - best.total;
      if (better > 0) best = { filled, moves, total };
      return;
    }
    if (entry === rowStart[row + 1]!) {
      const old = panel(before, row).filter((who) => row !== application || who !== declined);
      // Every other panel keeps its size: only the seat that fell empty is to be filled.
      const size = old.length + (row === application ? 1 : 0);
      if (seats.length > size || seats.length < old.length) return;
      const fresh = seats.filter((who) => !old.includes(who)).length;
      walk(row + 1, entry, [], filled + seats.length, moves + fresh, total);
      return;
    }
    walk(row, entry + 1, seats, filled, moves, total);
    const who = expert[entry]!;
    const same = seats.filter((other) => organization[other] === organization[who]).length;
    if (seats.length >= wanted[row]! || load[who]! >= most[who]!) return;
    if (organizationLimit > 0 && same >= organizationLimit) return;
    load[who]! += 1;
    walk(row, entry + 1, [...seats, who], filled, moves, total + weight[entry]!);
    load[who]! -= 1;
  };
  walk(0, 0, [], 0, 0, 0);
  return best;
};
