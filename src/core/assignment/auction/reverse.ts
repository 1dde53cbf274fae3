import { free, release, step, take, type Auction } from "./state.ts";

/**
 * Experts with spare places and a price above zero, or short of their minimum load, lower their price until an application
 * takes them in exchange for its worst member, or until the price is zero (or the penalty for a place short).
 *
 * `experts`: those to begin with; without it all. `touched` is told of every price that fell. False at the step limit.
 */
export const reverse = (
  auction: Auction,
  epsilon: number,
  experts?: number[],
  touched?: (expert: number) => void,
): boolean => {
  const { problem, columnStart, entryOf, rowOf, weightOf, price, status, load, slotStart, penalty } = auction;
  const { expertCount, least, expert, organization } = problem;
  const waiting = experts ?? [];
  // A lower bound of the worst value of each application: a cheap first test, made exact where it passes. Worked out
  // here it may rise with the values, as prices only fall.
  const cached = experts === undefined;
  const worst = cached ? worstValues(auction) : auction.level;
  const target = (who: number): number => (load[who]! < least[who]! ? -penalty : 0);
  const wants = (who: number): boolean =>
    load[who]! < slotStart[who + 1]! - slotStart[who]! && price[who]! > target(who);
  if (experts === undefined) for (let who = 0; who < expertCount; who += 1) if (wants(who)) waiting.push(who);
  while (waiting.length > 0) {
    const who = waiting.pop()!;
    while (wants(who)) {
      if (!step(auction)) return false;
      const goal = target(who);
      const home = organization[who]!;
      let best = -Infinity;
      let second = goal;
      let bestEntry = -1;
      let bestRow = -1;
      const to = columnStart[who + 1]!;
      for (let at = columnStart[who]!; at < to; at += 1) {
        const heavy = weightOf[at]! - epsilon;
        const row = rowOf[at]!;
        if (heavy - worst[row]! <= second) continue;
        const entry = entryOf[at]!;
        if (status[entry] !== free) continue;
        const place = worstPlace(auction, row, home);
        const value = found;
        if (cached && foundForAll && value > worst[row]!) worst[row] = value;
        const offer = heavy - value;
        if (place === nowhere || offer <= second) continue;
        if (offer > best) {
          second = Math.max(second, best);
          best = offer;
          bestEntry = entry;
          bestRow = row;
        } else second = offer;
      }
      if (best <= goal) {
        price[who] = goal;
        if (goal < auction.lowestPrice) auction.lowestPrice = goal;
        touched?.(who);
        break;
      }
      if (second < price[who]!) {
        price[who] = second;
        if (second < auction.lowestPrice) auction.lowestPrice = second;
        touched?.(who);
      }
      const place = worstPlace(auction, bestRow, home);
      if (place === emptyPlace) auction.empty[bestRow]! -= 1;
      else {
        const loser = expert[auction.placeEntry[place]!]!;
        release(auction, place);
        if (wants(loser)) waiting.push(loser);
      }
      take(auction, bestRow, bestEntry, price[who]!);
    }
  }
  return true;
};

const emptyPlace = -1;
const nowhere = -2;
/** The value of the place `worstPlace` found, and whether it is the worst of the whole row. */
let found = 0;
let foundForAll = true;

/** The place of an application that an expert of this organisation could take over: its own organisation's when that is full. */
const worstPlace = (auction: Auction, application: number, home: number): number => {
  const { problem, held, empty, placeStart, placeEntry, price, reward } = auction;
  const { weight, expert, organization, organizationLimit } = problem;
  const from = placeStart[application]!;
  const to = from + held[application]!;
  foundForAll = true;
  let inside = false;
  if (organizationLimit > 0) {
    let same = 0;
    for (let place = from; place < to; place += 1)
      if (organization[expert[placeEntry[place]!]!] === home) same += 1;
    inside = same >= organizationLimit;
    foundForAll = !inside;
  }
  let worst = nowhere;
  found = Infinity;
  if (!inside && empty[application]! > 0) {
    worst = emptyPlace;
    found = -reward;
  }
  for (let place = from; place < to; place += 1) {
    const entry = placeEntry[place]!;
    const who = expert[entry]!;
    if (inside && organization[who] !== home) continue;
    const value = weight[entry]! - price[who]!;
    if (value >= found) continue;
    found = value;
    worst = place;
  }
  return worst;
};

const worstValues = (auction: Auction): Float64Array => {
  const values = new Float64Array(auction.problem.applicationCount);
  for (let application = 0; application < values.length; application += 1) {
    worstPlace(auction, application, -1);
    values[application] = found;
  }
  return values;
};
