import { alternativeFor, chooseLimited } from "./auction/choose-limited.ts";
import { choose } from "./auction/choose.ts";
import { findChain, placeOf, searchOf } from "./auction/chains.ts";
import { forward } from "./auction/forward.ts";
import { closeByChains, firstEpsilon, scale, smallest, stepsFor } from "./auction/solve.ts";
import { reverse } from "./auction/reverse.ts";
import { barred, panelsOf, release, taken, type Auction } from "./auction/state.ts";
import { bestChain } from "./auction/best-chain.ts";
import type { Plan } from "./assign.ts";
import { certify, type Certificate } from "./certificate.ts";
import { unit, type Panels } from "./problem.ts";

/** A plan that lives on: experts decline, one after the other, and each time the panels are whole again at once. */
export type Repair = {
  readonly auction: Auction;
  readonly epsilon: number;
  /** Prices and assignment still belong together: true until a panel was mended without the others. */
  settled: boolean;
};

/** One seat that changed hands; -1 where nobody left it, or nobody could be found for it. */
export type Change = { readonly application: number; readonly out: number; readonly in: number };

/**
 * Takes the plan's auction over; the plan's own panels stay as they were. Where the plan was proven optimal, ε goes down so
 * far that repairs are optimal too (up to 8,000 places; beyond, within a hair). Past a million pairs it stays at a unit.
 */
export const repairOf = ({ solution }: Plan): Repair => {
  const { auction, certificate, finished } = solution;
  const exact = certificate.gap === 0 && auction.problem.expert.length <= unit;
  const epsilon = exact ? smallest : Math.max(1, solution.epsilon);
  auction.goesOn = () => true;
  const repair = { auction, epsilon, settled: finished };
  if (finished && epsilon < solution.epsilon) settle(repair, Math.max(epsilon, solution.epsilon / 8));
  refreshAll(repair);
  return repair;
};

/**
 * Before anyone was told: the pair is barred for good and the auction goes on from the prices it has, so the plan is again
 * optimal within places × ε, whoever has to move. False when the expert was not on that panel.
 */
export const reoptimize = (repair: Repair, application: number, expert: number): boolean => {
  const { auction } = repair;
  if (!decline(auction, application, expert)) return false;
  const eased = easeMinimum(auction, expert);
  if (eased || !repair.settled || !mend(repair, application, expert)) {
    settle(repair, firstEpsilon(auction));
    refreshAll(repair);
  }
  return true;
};

/** All phases from an ε down; where one takes too long, the panels are whole all the same and the next repair tries again. */
const settle = (repair: Repair, first: number): void => {
  const { auction, epsilon } = repair;
  repair.settled = scale(auction, first, epsilon, stepsFor(auction));
  if (!repair.settled) closeByChains(auction);
};

/**
 * A price war climbs by ε a step, and a small ε can make it long: past this many steps, all phases from large ε down are
 * the shorter way.
 */
const patience = 100_000;

const mend = ({ auction, epsilon }: Repair, application: number, expert: number): boolean => {
  auction.stepLimit = auction.steps + patience;
  auction.queue[0] = application;
  const fallen = new Set<number>();
  if (!forward(auction, epsilon, 1)) return false;
  if (!reverse(auction, epsilon, [expert], (who) => fallen.add(who))) return false;
  for (const who of fallen) tellNeighbours(auction, who, epsilon);
  return auction.empty[application] === 0 || findChain(auction, searchOf(auction), application) < 0;
};

/**
 * After everyone was told: a candidate with room to spare takes the seat and no other panel changes. Where there is none,
 * the shortest chain of swaps that fills it, and of those the one with the highest total. Undefined when the expert was not
 * on that panel; the last change is the seat itself, `in: -1` where it stays empty.
 */
export const substitute = (repair: Repair, application: number, expert: number): Change[] | undefined => {
  const { auction } = repair;
  if (!decline(auction, application, expert)) return undefined;
  easeMinimum(auction, expert);
  repair.settled = false;
  const chain = bestChain(auction, application);
  if (chain.length === 0) {
    auction.empty[application]! += 1;
    return [{ application, out: expert, in: -1 }];
  }
  const seat = chain.pop()!;
  return [...chain, { application, out: expert, in: seat.in }];
};

/** The proof for the present panels under the limits and everything declined so far. O(pairs): ask when it is wanted. */
export const certificateOf = ({ auction }: Repair): { panels: Panels; certificate: Certificate } => {
  const { problem, status, price, reward } = auction;
  const panels = panelsOf(auction);
  const weight = problem.weight.slice();
  const expert = problem.expert.slice();
  const rowStart = problem.rowStart.slice();
  let count = 0;
  for (let row = 0; row < problem.applicationCount; row += 1) {
    for (let entry = problem.rowStart[row]!; entry < problem.rowStart[row + 1]!; entry += 1) {
      if (status[entry] === barred) continue;
      weight[count] = weight[entry]!;
      expert[count] = expert[entry]!;
      count += 1;
    }
    rowStart[row + 1] = count;
  }
  const left = { ...problem, weight, expert, rowStart };
  return { panels, certificate: certify(left, panels, { expert: price, reward }) };
};

const decline = (auction: Auction, application: number, expert: number): boolean => {
  const { problem, status } = auction;
  for (let entry = problem.rowStart[application]!; entry < problem.rowStart[application + 1]!; entry += 1) {
    if (problem.expert[entry] !== expert || status[entry] !== taken) continue;
    release(auction, placeOf(auction, application, entry));
    status[entry] = barred;
    return true;
  }
  return false;
};

/** A minimum load reaches as far as there are candidates: with one fewer it may be less. True where it is. */
const easeMinimum = ({ problem, status }: Auction, expert: number): boolean => {
  const least = problem.least[expert]!;
  if (least === 0) return false;
  let candidacies = 0;
  for (let entry = 0; entry < problem.expert.length && candidacies < least; entry += 1)
    if (problem.expert[entry] === expert && status[entry] !== barred) candidacies += 1;
  if (candidacies >= least) return false;
  problem.least[expert] = candidacies;
  return true;
};

const refreshAll = ({ auction, epsilon }: Repair): void => {
  for (let row = 0; row < auction.problem.applicationCount; row += 1) refresh(auction, row, epsilon);
};

/** What each holder of an application would pay at most, at today's prices. */
const refresh = (auction: Auction, row: number, epsilon: number): void => {
  const { problem, held, placeStart, placeEntry, placeSlot, floor, price, choice } = auction;
  const limited = problem.organizationLimit > 0;
  if (limited) chooseLimited(auction, row, 0);
  else choose(auction, row, 0);
  let lowest = choice.alternative - epsilon;
  for (let place = placeStart[row]!; place < placeStart[row]! + held[row]!; place += 1) {
    const entry = placeEntry[place]!;
    const who = problem.expert[entry]!;
    const other = limited ? alternativeFor(auction, problem.organization[who]!) : choice.alternative;
    const most = Math.max(price[who]!, problem.weight[entry]! - other + epsilon);
    floor[placeSlot[place]!] = most;
    lowest = Math.min(lowest, problem.weight[entry]! - most);
  }
  auction.level[row] = lowest;
};

/** An expert became cheaper: those who could have it pay less for the others. */
const tellNeighbours = (auction: Auction, who: number, epsilon: number): void => {
  const { problem, columnStart, rowOf, weightOf, held, placeStart, placeEntry, placeSlot, floor, price } =
    auction;
  for (let at = columnStart[who]!; at < columnStart[who + 1]!; at += 1) {
    const row = rowOf[at]!;
    const value = weightOf[at]! - price[who]!;
    if (value - epsilon <= auction.level[row]!) continue;
    for (let place = placeStart[row]!; place < placeStart[row]! + held[row]!; place += 1) {
      const entry = placeEntry[place]!;
      const slot = placeSlot[place]!;
      const most = problem.weight[entry]! - value + epsilon;
      if (most < floor[slot]!) floor[slot] = Math.max(price[problem.expert[entry]!]!, most);
    }
  }
};
