import { certify, type Certificate } from "../certificate.ts";
import { unit, type Panels, type Problem } from "../problem.ts";
import { canFillMore, canMeetMore } from "./reach.ts";
import { runPhase } from "./phase.ts";
import { auctionOf, panelsOf, type Auction } from "./state.ts";

export type SolveOptions = {
  /** Relative gap to stop at; 0 asks for the proven optimum. */
  readonly gap: number;
  readonly seed: number;
  /** Told after every phase; answer false to stop with what there is. */
  readonly progress?: (report: Progress) => boolean;
};

export type Progress = { readonly epsilon: number; readonly steps: number; readonly filled: number };

export type Solution = {
  readonly auction: Auction;
  readonly panels: Panels;
  readonly certificate: Certificate;
  readonly epsilon: number;
};

/** ε starts at an eighth of the range of weights and falls by this factor. Powers of two keep all prices exact. */
const fall = 8;
/** Below this, sums of prices would no longer be exact. */
const smallest = 2 ** -13;

/**
 * ε-scaling (Bertsekas and Castañón). A filled review is worth a reward, a place of a minimum load a penalty, both a small
 * multiple of the largest weight: large ones would only prolong price wars. Whether they were large enough is then tested
 * outright, and they grow until no chain of exchanges fills another review or meets another minimum.
 */
export const solve = (problem: Problem, options: SolveOptions): Solution => {
  const auction = auctionOf(problem);
  const heaviest = problem.weight.reduce((most, weight) => Math.max(most, Math.abs(weight)), unit);
  const enough = 2 * heaviest * (Math.min(problem.applicationCount, problem.expertCount) + 2);
  auction.reward = 4 * heaviest;
  auction.penalty = 2 * heaviest;
  // An expert that takes nobody is priced out of every panel, now and after the reward has grown.
  for (let who = 0; who < problem.expertCount; who += 1)
    if (problem.most[who] === 0) auction.price[who] = enough + heaviest;
  const start = 2 ** Math.floor(Math.log2(heaviest / 7));
  let epsilon = start;
  for (;;) {
    runPhase(auction, epsilon, Infinity);
    if (epsilon > 1) {
      epsilon = Math.max(1, epsilon / fall);
      continue;
    }
    const more = auction.reward < enough && canFillMore(auction);
    const meets = auction.penalty < enough && canMeetMore(auction);
    if (more || meets) {
      if (more) auction.reward = Math.min(enough, auction.reward * 8);
      if (meets) auction.penalty = Math.min(enough, auction.penalty * 8);
      epsilon = start;
      continue;
    }
    const panels = panelsOf(auction);
    const certificate = certify(problem, panels, { expert: auction.price, reward: auction.reward });
    if (certificate.gap <= options.gap || epsilon <= smallest)
      return { auction, panels, certificate, epsilon };
    epsilon /= fall;
  }
};
