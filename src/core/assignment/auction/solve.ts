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
export const smallest = 2 ** -13;

/**
 * ε-scaling (Bertsekas and Castañón). A filled review is worth a reward, a place of a minimum load a penalty, both a small
 * multiple of the largest weight: large ones would only prolong price wars. Whether they were large enough is then tested
 * outright, and they grow until no chain of exchanges fills another review or meets another minimum.
 */
export const solve = (problem: Problem, options: SolveOptions): Solution => {
  const auction = auctionOf(problem, options.seed);
  const heaviest = problem.weight.reduce((most, weight) => Math.max(most, Math.abs(weight)), unit);
  auction.enough = 2 * heaviest * (Math.min(problem.applicationCount, problem.expertCount) + 2);
  auction.reward = 4 * heaviest;
  auction.penalty = 2 * heaviest;
  // An expert that takes nobody is priced out of every panel, now and after the reward has grown.
  for (let who = 0; who < problem.expertCount; who += 1)
    if (problem.most[who] === 0) auction.price[who] = auction.enough + heaviest;
  const stepLimit = options.stepLimit ?? stepsFor(auction);
  auction.goesOn = () => options.progress?.({ epsilon: auction.epsilon, steps: auction.steps }) ?? true;
  let epsilon = 1;
  let whole = scale(auction, firstEpsilon(auction), epsilon, stepLimit);
  for (;;) {
    if (!whole) closeByChains(auction);
    const panels = panelsOf(auction);
    const certificate = certify(problem, panels, { expert: auction.price, reward: auction.reward });
    if (!whole || certificate.gap <= options.gap || epsilon <= smallest) {
      const fillable = mostFillable(problem, deadEnd(auction)!);
      return { auction, panels, certificate, fillable, epsilon, finished: whole };
    }
    epsilon /= fall;
    whole = scale(auction, epsilon, epsilon, stepLimit);
  }
};

/** Steps that one phase may take: far more than any has taken. */
export const stepsFor = ({ ownerOfPlace, problem }: Auction): number =>
  200 * (ownerOfPlace.length + problem.expertCount) + 100_000;

/** Where a phase was given up, chains still fill all that can be filled; the certificate says how far it came. */
export const closeByChains = (auction: Auction): void => {
  fillByChains(auction, Infinity);
  meetByChains(auction);
};

/** Phases from one ε down to another, and all of them again as long as a larger reward or penalty achieves more. */
export const scale = (auction: Auction, first: number, last: number, stepLimit: number): boolean => {
  let epsilon = first;
  for (;;) {
    auction.epsilon = epsilon;
    if (!runPhase(auction, epsilon, stepLimit) || !auction.goesOn()) return false;
    if (epsilon <= last) {
      if (!grow(auction)) return true;
      epsilon = firstEpsilon(auction);
    } else epsilon = Math.max(last, epsilon / fall);
  }
};

export const firstEpsilon = ({ reward, ownerOfPlace, slotPlace }: Auction): number => {
  const share = ownerOfPlace.length > slotPlace.length ? firstShareWhenScarce : firstShare;
  return 2 ** Math.floor(Math.log2(reward * share));
};

const grow = (auction: Auction): boolean => {
  const { enough } = auction;
  const more = auction.reward < enough && deadEnd(auction) === undefined;
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
