import { fillByChains } from "./auction/chains.ts";
import { meetByChains } from "./auction/minimums.ts";
import { solve, type Solution, type SolveOptions } from "./auction/solve.ts";
import { auctionOf, barred, free, release, taken, type Auction } from "./auction/state.ts";
import { problemOf, type Problem } from "./problem.ts";

export type Fair = {
  /** The highest weight, in millionths, that every assigned pair can reach with as many reviews filled. */
  readonly weakest: number;
  readonly solution: Solution;
};

/**
 * Weakest match first: the highest threshold such that pairs at or above it still fill as many reviews and meet as many
 * minimum loads as all pairs do; then the highest total above it. The threshold is found by bisection, each question being
 * a maximum flow that starts from the one before. `solution` is for the problem above the threshold, and so is its bound.
 */
export const solveFair = (problem: Problem, total: Solution, options: SolveOptions): Fair => {
  const { filled, short } = total.certificate;
  if (filled === 0) return { weakest: 0, solution: total };
  const flow = auctionOf(problem, options.seed);
  const missing = total.auction.ownerOfPlace.length - filled;
  let low = weakestOf(total.auction);
  let high = problem.weight.reduce((one, other) => Math.max(one, other));
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    keepFrom(flow, middle);
    if (fillByChains(flow, missing) <= missing && meetByChains(flow) <= short) low = middle;
    else high = middle - 1;
  }
  const above = problemOf(problem, (entry) => problem.weight[entry]! >= low);
  return { weakest: low, solution: solve(above, options) };
};

export const weakestOf = ({ problem, status }: Auction): number => {
  let weakest = Infinity;
  for (let entry = 0; entry < status.length; entry += 1)
    if (status[entry] === taken && problem.weight[entry]! < weakest) weakest = problem.weight[entry]!;
  return weakest;
};

/** Bars what is below the threshold, and lets the rest stand: it is a start for the next flow, up or down. */
const keepFrom = (flow: Auction, threshold: number): void => {
  const { problem, status, placeStart, placeEntry, held } = flow;
  for (let row = 0; row < problem.applicationCount; row += 1)
    for (let place = placeStart[row]! + held[row]! - 1; place >= placeStart[row]!; place -= 1)
      if (problem.weight[placeEntry[place]!]! < threshold) release(flow, place);
  for (let entry = 0; entry < status.length; entry += 1)
    if (status[entry] !== taken) status[entry] = problem.weight[entry]! < threshold ? barred : free;
};
