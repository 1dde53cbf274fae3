import { alternativeFor, chooseLimited } from "./choose-limited.ts";
import { choose } from "./choose.ts";
import { release, step, take, type Auction } from "./state.ts";

/**
 * Applications that lack reviews bid (Bertsekas and Castañón, "The auction algorithm for the transportation problem", 1989):
 * each asks its best free experts, offering what makes it indifferent to the best expert left outside, plus ε. An expert
 * that is full drops the holder that would pay least, and its price rises to the least of the offers it keeps.
 *
 * `waiting`: the first `count` entries of `auction.queue`. False when the step limit was reached; the state is then whole,
 * and some applications still lack reviews.
 */
export const forward = (auction: Auction, epsilon: number, count: number): boolean => {
  const { problem, queue, queued, held, empty, choice, price, placeStart, placeEntry, placeSlot, floor } =
    auction;
  const { applicationCount, wanted, weight, expert, organization, organizationLimit } = problem;
  const size = applicationCount + 1;
  const limited = organizationLimit > 0;
  for (let index = 0; index < count; index += 1) queued[queue[index]!] = 1;
  let head = 0;
  let tail = count;
  while (head !== tail) {
    const application = queue[head]!;
    head += 1;
    if (head === size) head = 0;
    queued[application] = 0;
    const need = wanted[application]! - held[application]! - empty[application]!;
    if (need <= 0) continue;
    if (!step(auction)) {
      queued.fill(0);
      return false;
    }
    if (limited) chooseLimited(auction, application, need);
    else choose(auction, application, need);
    const from = placeStart[application]!;
    const already = held[application]!;
    for (let place = from; place < from + already; place += 1) {
      const entry = placeEntry[place]!;
      const other = limited ? alternativeFor(auction, organization[expert[entry]!]!) : choice.alternative;
      floor[placeSlot[place]!] = weight[entry]! - other + epsilon;
    }
    auction.level[application] = choice.alternative - epsilon;
    empty[application]! += need - choice.count;
    for (let index = 0; index < choice.count; index += 1) {
      const entry = choice.entry[index]!;
      const who = expert[entry]!;
      const other = limited ? alternativeFor(auction, organization[who]!) : choice.alternative;
      const outbid = offer(auction, application, entry, weight[entry]! - other + epsilon, price);
      if (outbid < 0 || queued[outbid] === 1) continue;
      queued[outbid] = 1;
      queue[tail] = outbid;
      tail += 1;
      if (tail === size) tail = 0;
    }
  }
  return true;
};

/**
 * One offer to one expert. Returns the application that must bid again (the one that lost its place, or the bidder where
 * the price was already beyond its offer), or -1.
 */
const offer = (
  auction: Auction,
  application: number,
  entry: number,
  amount: number,
  price: Float64Array,
): number => {
  const { problem, slotStart, slotPlace, floor, load, ownerOfPlace } = auction;
  const who = problem.expert[entry]!;
  const now = load[who]!;
  const room = slotStart[who + 1]! - slotStart[who]!;
  if (now < problem.least[who]! || (now < room && price[who]! >= 0)) {
    take(auction, application, entry, amount);
    return -1;
  }
  const from = slotStart[who]!;
  let lowest = Infinity;
  let second = Infinity;
  let weakest = -1;
  for (let slot = from; slot < from + now; slot += 1) {
    const pays = floor[slot]!;
    if (pays < lowest) {
      second = lowest;
      lowest = pays;
      weakest = slot;
    } else if (pays < second) second = pays;
  }
  if (now < room) {
    // A minimum load is met at a price below zero: further reviews only when everyone here would pay zero.
    if (amount >= 0 && lowest >= 0) {
      price[who] = 0;
      take(auction, application, entry, amount);
      return -1;
    }
    if (amount <= lowest) {
      price[who] = Math.max(price[who]!, Math.min(0, lowest));
      return application;
    }
  }
  if (amount <= lowest) {
    if (lowest > price[who]!) price[who] = lowest;
    return application;
  }
  const place = slotPlace[weakest]!;
  const loser = ownerOfPlace[place]!;
  release(auction, place);
  take(auction, application, entry, amount);
  let next = Math.min(amount, second);
  if (now < room) next = Math.min(next, 0);
  if (next > price[who]!) price[who] = next;
  return loser;
};
