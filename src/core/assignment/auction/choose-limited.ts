import { barred, free, taken, type Auction } from "./state.ts";

/**
 * The same choice under "at most c experts of one organisation". Allowed panels form a laminar matroid, so the best is
 * found greedily, and what may replace a member is: anyone of its own organisation, or anyone whose organisation is not
 * full here. Hence one alternative for the whole row, and one more inside each full organisation.
 */
export const chooseLimited = (auction: Auction, application: number, need: number): void => {
  const { problem, held, placeStart, placeEntry, choice } = auction;
  const { expert, organization } = problem;
  homes.length = 0;
  for (let index = 0; index < held[application]!; index += 1)
    homes.push(organization[expert[placeEntry[placeStart[application]! + index]!]!]!);
  pick(auction, application, need, homes.length, 0);
  for (let index = 0; index < choice.count; index += 1)
    homes.push(organization[expert[choice.entry[index]!]!]!);
  findAlternatives(auction, application, false);
};

/** The best panel from nothing, what is held being worth `loyalty` more than it is; alternatives are outside that panel. */
export const chooseAfresh = (auction: Auction, application: number, loyalty: number): void => {
  const { problem, choice } = auction;
  homes.length = 0;
  pick(auction, application, problem.wanted[application]!, 0, loyalty);
  for (let index = 0; index < choice.count; index += 1)
    homes.push(problem.organization[problem.expert[choice.entry[index]!]!]!);
  findAlternatives(auction, application, true);
};

/** Organisations of the members so far: scratch, reused for every bid. */
const homes: number[] = [];

const pick = (
  auction: Auction,
  application: number,
  need: number,
  already: number,
  loyalty: number,
): void => {
  const { problem, price, status, reward, choice } = auction;
  const { rowStart, expert, weight, organization, organizationLimit } = problem;
  const { entry: chosen, value: values } = choice;
  const to = rowStart[application + 1]!;
  const lift = loyalty - auction.lowestPrice;
  let count = 0;
  let threshold = -reward;
  for (let entry = rowStart[application]!; entry < to; entry += 1) {
    const heavy = weight[entry]!;
    if (heavy + lift <= threshold) break;
    const state = status[entry]!;
    if (state === barred || (state === taken && loyalty === 0)) continue;
    const who = expert[entry]!;
    const value = heavy - price[who]! + (state === taken ? loyalty : 0);
    if (value <= threshold) continue;
    const home = organization[who]!;
    let same = 0;
    for (let index = 0; index < already; index += 1) if (homes[index] === home) same += 1;
    if (same === organizationLimit) continue;
    let out = count === need ? need - 1 : count;
    let last = -1;
    for (let index = 0; index < count; index += 1)
      if (organization[expert[chosen[index]!]!] === home) {
        same += 1;
        last = index;
      }
    if (same === organizationLimit) {
      if (values[last]! >= value) continue;
      out = last;
    }
    if (out === count) count += 1;
    let at = out;
    for (; at > 0 && values[at - 1]! < value; at -= 1) {
      values[at] = values[at - 1]!;
      chosen[at] = chosen[at - 1]!;
    }
    values[at] = value;
    chosen[at] = entry;
    if (count === need && need > 0) threshold = values[need - 1]!;
  }
  choice.count = count;
};

/** Outsiders are free entries; afresh, also what is held and was not chosen again. */
const findAlternatives = (auction: Auction, application: number, afresh: boolean): void => {
  const { problem, price, status, reward, choice } = auction;
  const { rowStart, expert, weight, organization, organizationLimit } = problem;
  const { entry: chosen, fullHome, fullAlternative } = choice;
  choice.fullCount = 0;
  for (let index = 0; index < homes.length; index += 1) {
    const home = homes[index]!;
    let before = 0;
    let all = 0;
    for (let other = 0; other < homes.length; other += 1)
      if (homes[other] === home) {
        all += 1;
        if (other < index) before += 1;
      }
    if (before > 0 || all < organizationLimit) continue;
    fullHome[choice.fullCount] = home;
    fullAlternative[choice.fullCount] = -Infinity;
    choice.fullCount += 1;
  }
  const to = rowStart[application + 1]!;
  const lift = -auction.lowestPrice;
  const { count, fullCount } = choice;
  let best = -reward;
  for (let entry = rowStart[application]!; entry < to; entry += 1) {
    const heavy = weight[entry]!;
    if (heavy + lift <= best) break;
    const who = expert[entry]!;
    const value = heavy - price[who]!;
    if (value <= best) continue;
    const state = status[entry]!;
    if (afresh ? state === barred : state !== free) continue;
    let inside = false;
    for (let index = 0; index < count && !inside; index += 1) inside = chosen[index] === entry;
    if (inside) continue;
    const home = organization[who]!;
    let full = 0;
    while (full < fullCount && fullHome[full] !== home) full += 1;
    if (full === fullCount) best = value;
    else if (value > fullAlternative[full]!) fullAlternative[full] = value;
  }
  choice.alternative = best;
};

/** What may replace a member of this organisation, after a limited choice. */
export const alternativeFor = (auction: Auction, home: number): number => {
  const { alternative, fullCount, fullHome, fullAlternative } = auction.choice;
  for (let full = 0; full < fullCount; full += 1)
    if (fullHome[full] === home) return Math.max(alternative, fullAlternative[full]!);
  return alternative;
};
