import { fillByChains } from "./auction/chains.ts";
import { meetByChains } from "./auction/minimums.ts";
import { solve, type Solution, type SolveOptions } from "./auction/solve.ts";
import { auctionOf, barred, free, take, taken, type Auction } from "./auction/state.ts";
import { problemOf, type Problem } from "./problem.ts";

export type Fair = {
  /** The highest weight, in millionths, that every assigned pair can reach with as many reviews filled. */
  readonly weakest: number;
  readonly solution: Solution;
};

/**
 * Weakest match first: the highest threshold such that pairs at or above it still fill as many reviews and meet as many
 * minimum loads as all pairs do; then the highest total above it. The threshold is found by bisection, each question being
 * a maximum flow that starts from the last one that was whole. `solution` is for the problem above the threshold, and so is its bound.
 */
export const solveFair = (problem: Problem, total: Solution, options: SolveOptions): Fair => {
  const { filled, short } = total.certificate;
  if (filled === 0) return { weakest: 0, solution: total };
  const flow = auctionOf(problem, options.seed);
  const missing = total.auction.ownerOfPlace.length - filled;
  let seats = total.auction.status;
  let low = weakestOf(total.auction);
  let high = problem.weight.reduce((one, other) => Math.max(one, other));
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    startFrom(flow, seats, middle);
    if (fillByChains(flow, missing) <= missing && meetByChains(flow) <= short) {
      low = middle;
      seats = flow.status.slice();
    } else high = middle - 1;
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

/** Bars what is below the threshold, and seats the rest as in an assignment that is whole: little is left to fill. */
const startFrom = (flow: Auction, seats: Uint8Array, threshold: number): void => {
  const { problem, status, held, load, empty } = flow;
  held.fill(0);
  load.fill(0);
  empty.fill(0);
  for (let entry = 0; entry < status.length; entry += 1)
    status[entry] = problem.weight[entry]! < threshold ? barred : free;
  for (let row = 0; row < problem.applicationCount; row += 1)
    for (let entry = problem.rowStart[row]!; entry < problem.rowStart[row + 1]!; entry += 1)
      if (seats[entry] === taken && status[entry] === free) take(flow, row, entry, 0);
};
