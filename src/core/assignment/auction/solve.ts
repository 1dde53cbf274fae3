import { certify, upperBound, type Certificate } from "../certificate.ts";
import { unit, type Panels, type Problem } from "../problem.ts";
import { deadEnd, fillByChains } from "./chains.ts";
import { canMeetMore, meetByChains } from "./minimums.ts";
import { runPhase } from "./phase.ts";
import { auctionOf, panelsOf, type Auction } from "./state.ts";

export type SolveOptions = {
  /** Relative gap to stop at; 0 asks for the proven optimum. */
  readonly gap: number;
  /** Decides between equals: it shuffles the order in which applications bid. */
  readonly seed?: number;
  /** Told after every phase and now and then within one; answer false to stop with what there is. */
  readonly progress?: ((report: Progress) => boolean) | undefined;
  /** Steps one phase may take; the default is far beyond what has been seen. */
  readonly stepLimit?: number;
};

export type Progress = { readonly epsilon: number; readonly steps: number };

export type Solution = {
  readonly auction: Auction;
  readonly panels: Panels;
  readonly certificate: Certificate;
  /** Proven: no assignment fills more reviews than this. */
  readonly fillable: number;
  readonly epsilon: number;
  /** False when a limit of steps or the caller ended it; the certificate then says how far it came. */
  readonly finished: boolean;
};

/** ε starts at this share of the reward and falls by this factor; powers of two keep all prices exact. */
const firstShare = 1 / 112;
/** Where demand exceeds capacity, prices have to climb as far as the reward: larger steps first. */
const firstShareWhenScarce = 1 / 28;
const fall = 8;
/** Below this, sums of prices would no longer be exact. */
const smallest = 2 ** -13;

/**
 * ε-scaling (Bertsekas and Castañón). A filled review is worth a reward, a place of a minimum load a penalty, both a small
 * multiple of the largest weight: large ones would only prolong price wars. Whether they were large enough is then tested
 * outright, and they grow until no chain of exchanges fills another review or meets another minimum.
 */
export const solve = (problem: Problem, options: SolveOptions): Solution => {
  const auction = auctionOf(problem, options.seed);
  const heaviest = problem.weight.reduce((most, weight) => Math.max(most, Math.abs(weight)), unit);
  const enough = 2 * heaviest * (Math.min(problem.applicationCount, problem.expertCount) + 2);
  auction.reward = 4 * heaviest;
  auction.penalty = 2 * heaviest;
  // An expert that takes nobody is priced out of every panel, now and after the reward has grown.
  for (let who = 0; who < problem.expertCount; who += 1)
    if (problem.most[who] === 0) auction.price[who] = enough + heaviest;
  const places = auction.ownerOfPlace.length + problem.expertCount;
  const stepLimit = options.stepLimit ?? 200 * places + 100_000;
  let epsilon = firstEpsilon(auction);
  auction.goesOn = () => options.progress?.({ epsilon, steps: auction.steps }) ?? true;
  for (;;) {
    const whole = runPhase(auction, epsilon, stepLimit) && auction.goesOn();
    if (whole && epsilon > 1) {
      epsilon = Math.max(1, epsilon / fall);
      continue;
    }
    const proof = deadEnd(auction);
    if (whole && grow(auction, enough, proof === undefined)) {
      epsilon = firstEpsilon(auction);
      continue;
    }
    // Where a phase was given up, chains still fill all that can be filled.
    if (proof === undefined) fillByChains(auction, Infinity);
    if (!whole) meetByChains(auction);
    const panels = panelsOf(auction);
    const certificate = certify(problem, panels, { expert: auction.price, reward: auction.reward });
    if (whole && certificate.gap > options.gap && epsilon > smallest) {
      epsilon /= fall;
      continue;
    }
    const fillable = mostFillable(problem, proof ?? deadEnd(auction)!);
    return { auction, panels, certificate, fillable, epsilon, finished: whole };
  }
};

const firstEpsilon = ({ reward, ownerOfPlace, slotPlace }: Auction): number => {
  const share = ownerOfPlace.length > slotPlace.length ? firstShareWhenScarce : firstShare;
  return 2 ** Math.floor(Math.log2(reward * share));
};

const grow = (auction: Auction, enough: number, fills: boolean): boolean => {
  const more = fills && auction.reward < enough;
  const meets = auction.penalty < enough && canMeetMore(auction);
  if (more) auction.reward = Math.min(enough, auction.reward * 8);
  if (meets) auction.penalty = Math.min(enough, auction.penalty * 8);
  return more || meets;
};

/** The same weak duality, with every pair worth one review and a price of one for experts that are full and lead nowhere. */
const mostFillable = (problem: Problem, full: Uint8Array): number => {
  const { applicationCount, expertCount, weight } = problem;
  const count = {
    ...problem,
    weight: new Int32Array(weight.length),
    least: new Uint32Array(expertCount),
  };
  const prices = { expert: Float64Array.from(full, (mark) => (mark > 0 ? 1 : 0)), reward: 1 };
  return applicationCount === 0 ? 0 : upperBound(count, prices, 0, 0);
};
