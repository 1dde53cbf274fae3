import { alternativeFor, chooseAfresh } from "./choose-limited.ts";
import { forward } from "./forward.ts";
import { reverse } from "./reverse.ts";
import { free, release, type Auction } from "./state.ts";

/**
 * One ε-phase: places that are worse than an alternative by more than ε are given up, prices are kept; then the forward
 * auction fills places and the reverse auction brings idle prices down. Afterwards every place is within ε of its best
 * alternative, so the total is within ε × places of the optimum. False at the step limit.
 */
export const runPhase = (auction: Auction, epsilon: number, limitSteps: number): boolean => {
  auction.stepLimit = auction.steps + limitSteps;
  const { price } = auction;
  auction.lowestPrice = 0;
  for (let who = 0; who < price.length; who += 1)
    if (price[who]! < auction.lowestPrice) auction.lowestPrice = price[who]!;
  const waiting =
    auction.problem.organizationLimit > 0 ? reviewLimited(auction, epsilon) : review(auction, epsilon);
  return forward(auction, epsilon, waiting) && reverse(auction, epsilon);
};

/** Empty places are tried again: prices may have fallen since they were given up. Returns how many applications wait. */
const review = (auction: Auction, epsilon: number): number => {
  const { problem, price, status, held, empty, placeStart, placeEntry, placeSlot, floor, queue, reward } =
    auction;
  const { wanted, rowStart, weight, expert } = problem;
  const lift = -auction.lowestPrice;
  let waiting = 0;
  for (const application of auction.order) {
    let best = -reward;
    const to = rowStart[application + 1]!;
    for (let entry = rowStart[application]!; entry < to; entry += 1) {
      const heavy = weight[entry]!;
      if (heavy + lift <= best) break;
      const value = heavy - price[expert[entry]!]!;
      if (value > best && status[entry] === free) best = value;
    }
    const from = placeStart[application]!;
    for (let place = from + held[application]! - 1; place >= from; place -= 1) {
      const entry = placeEntry[place]!;
      if (weight[entry]! - price[expert[entry]!]! < best - epsilon) release(auction, place);
      else floor[placeSlot[place]!] = weight[entry]! - best + epsilon;
    }
    empty[application] = 0;
    if (held[application]! < wanted[application]!) {
      queue[waiting] = application;
      waiting += 1;
    }
  }
  return waiting;
};

const reviewLimited = (auction: Auction, epsilon: number): number => {
  const { problem, choice, held, empty, placeStart, placeEntry, placeSlot, floor, queue } = auction;
  const { wanted, weight, expert, organization } = problem;
  let waiting = 0;
  for (const application of auction.order) {
    if (held[application]! > 0) {
      chooseAfresh(auction, application, epsilon);
      const from = placeStart[application]!;
      for (let place = from + held[application]! - 1; place >= from; place -= 1) {
        const entry = placeEntry[place]!;
        let kept = false;
        for (let index = 0; index < choice.count && !kept; index += 1) kept = choice.entry[index] === entry;
        const other = alternativeFor(auction, organization[expert[entry]!]!);
        if (kept) floor[placeSlot[place]!] = weight[entry]! - other + epsilon;
        else release(auction, place);
      }
    }
    empty[application] = 0;
    if (held[application]! < wanted[application]!) {
      queue[waiting] = application;
      waiting += 1;
    }
  }
  return waiting;
};
