import { solve, type Progress, type Solution } from "./auction/solve.ts";
import type { Prices } from "./certificate.ts";
import { solveFair, weakestOf } from "./fair.ts";
import { unit, type Panels, type Problem } from "./problem.ts";
import { unfilledOf, type Unfilled } from "./unfilled.ts";

export type AssignOptions = {
  readonly objective?: "total" | "fair" | undefined;
  readonly seed?: number | undefined;
  /** Relative gap that is good enough; by default 0 (proven optimal) up to a million pairs, 5e-8 beyond. */
  readonly gap?: number | undefined;
  /** Told now and then; answer false to stop with what there is, which still carries its bound. */
  readonly progress?: ((report: Progress) => boolean) | undefined;
};

/** Objective, bound and costs in affinity (sums of numbers between 0 and 1, six decimals). */
export type Plan = {
  readonly objective: number;
  /** Proven: with as many reviews filled (and no more places short of minimum loads, and in fair mode above the same weakest match) nothing is higher. */
  readonly bound: number;
  readonly gap: number;
  /** The certificate's verdict on every limit. */
  readonly feasible: boolean;
  readonly finished: boolean;
  readonly wanted: number;
  readonly filled: number;
  /** Proven: no assignment fills more reviews. */
  readonly fillable: number;
  /** Experts below the minimum load that was asked for, and how many places. */
  readonly short: readonly { readonly expert: number; readonly missing: number }[];
  readonly unfilled: readonly Unfilled[];
  readonly panels: Panels;
  readonly prices: Prices;
  /** The weakest match of all; 0 when nothing is assigned. */
  readonly weakest: number;
  /** In fair mode: the best total without fairness, and its weakest match. */
  readonly withoutFairness?: { readonly objective: number; readonly weakest: number; readonly cost: number };
  /** For `repair`: where the auction stands. */
  readonly solution: Solution;
};

/** Fills as many reviews as can be filled, then gives the highest total, or in fair mode the best weakest match first. */
export const assign = (problem: Problem, options: AssignOptions = {}): Plan => {
  const solving = {
    gap: options.gap ?? (problem.expert.length <= unit ? 0 : 5e-8),
    seed: options.seed ?? 0,
    progress: options.progress,
  };
  const total = solve(problem, solving);
  if (options.objective !== "fair") return planOf(problem, total);
  const fair = planOf(problem, solveFair(problem, total, solving).solution);
  const best = planOf(problem, total);
  const { objective, weakest } = best;
  const cost = Math.round((objective - fair.objective) * unit) / unit;
  return { ...fair, withoutFairness: { objective, weakest, cost } };
};

const planOf = (problem: Problem, solution: Solution): Plan => {
  const { certificate, panels, auction, fillable, finished } = solution;
  const load = new Uint32Array(problem.expertCount);
  for (const who of panels.expert) load[who]! += 1;
  return {
    objective: certificate.objective / unit,
    bound: certificate.bound / unit,
    gap: certificate.gap,
    feasible: certificate.feasible,
    finished,
    wanted: problem.wanted.reduce((sum, count) => sum + count, 0),
    filled: certificate.filled,
    fillable,
    short: Array.from(problem.asked, (least, expert) => ({ expert, missing: least - load[expert]! })).filter(
      ({ missing }) => missing > 0,
    ),
    unfilled: unfilledOf(problem, panels),
    panels,
    prices: { expert: auction.price, reward: auction.reward },
    weakest: certificate.filled === 0 ? 0 : weakestOf(auction) / unit,
    solution,
  };
};
