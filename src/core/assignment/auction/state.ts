import type { Panels, Problem } from "../problem.ts";
import { shuffled } from "../random.ts";

/**
 * What the auction knows at any moment. An application's places are `placeStart[a] ..`, of which the first `held[a]` are
 * taken; an expert's slots are `slotStart[e] ..`, of which the first `load[e]` are taken. Place and slot point at each other.
 *
 * `floor[slot]` is the most its holder would pay before another expert serves it as well (within ε). `empty[a]` places are
 * given up, because nothing is worth more than the penalty for an unfilled review.
 */
export type Auction = {
  readonly problem: Problem;
  /** Entries by expert: `entryOf[columnStart[e] ..]`, with the application and weight of each: [pairs]. */
  readonly columnStart: Uint32Array;
  readonly entryOf: Uint32Array;
  readonly rowOf: Uint32Array;
  readonly weightOf: Int32Array;
  readonly placeStart: Uint32Array;
  readonly slotStart: Uint32Array;
  readonly placeEntry: Uint32Array;
  readonly placeSlot: Uint32Array;
  readonly slotPlace: Uint32Array;
  readonly floor: Float64Array;
  readonly ownerOfPlace: Uint32Array;
  /** No member of an application can fall below this value before the application bids again: [applications]. */
  readonly level: Float64Array;
  readonly held: Uint32Array;
  readonly empty: Uint32Array;
  readonly load: Uint32Array;
  /** free, taken or barred (declined since): [pairs]. */
  readonly status: Uint8Array;
  readonly price: Float64Array;
  /** The lowest price there may be, zero or less: rows are cut short by it. */
  lowestPrice: number;
  /** Worth of a filled review, and of a place of a minimum load, in millionths. */
  reward: number;
  penalty: number;
  /** A reward or penalty no chain of exchanges can cost. */
  enough: number;
  epsilon: number;
  readonly choice: Choice;
  /** Applications in the order in which they are asked: [applications]. */
  readonly order: Uint32Array;
  readonly queue: Uint32Array;
  readonly queued: Uint8Array;
  /** Steps taken (bids in both directions), and the count at which the present phase is given up. */
  steps: number;
  stepLimit: number;
  /** Asked every 65,536 steps whether to go on. */
  goesOn: () => boolean;
};

/** Where one application's best additions are written: scratch, reused for every bid. */
export type Choice = {
  count: number;
  readonly entry: Uint32Array;
  readonly value: Float64Array;
  /** The value of the best alternative outside. */
  alternative: number;
  /** With an organisation limit: organisations that are full here, and the best alternative inside each. */
  fullCount: number;
  readonly fullHome: Uint32Array;
  readonly fullAlternative: Float64Array;
};

export const free = 0;
export const taken = 1;
export const barred = 2;

/** Typed arrays of 13 bytes a pair and 40 a place; every review unfilled and every price zero. */
export const auctionOf = (problem: Problem, seed = 0): Auction => {
  const { applicationCount, expertCount, wanted, most, rowStart, expert, weight } = problem;
  const pairs = expert.length;
  const placeStart = sums(wanted);
  const columnStart = new Uint32Array(expertCount + 1);
  for (let entry = 0; entry < pairs; entry += 1) columnStart[expert[entry]! + 1]! += 1;
  // More slots than candidates are never used: a generous maximum costs no memory.
  const slots = Uint32Array.from(most, (limit, who) => Math.min(limit, columnStart[who + 1]!));
  for (let who = 0; who < expertCount; who += 1) columnStart[who + 1]! += columnStart[who]!;
  const slotStart = sums(slots);
  const entryOf = new Uint32Array(pairs);
  const rowOf = new Uint32Array(pairs);
  const weightOf = new Int32Array(pairs);
  const next = columnStart.slice(0, expertCount);
  const places = placeStart[applicationCount]!;
  const ownerOfPlace = new Uint32Array(places);
  for (let application = 0; application < applicationCount; application += 1) {
    ownerOfPlace.fill(application, placeStart[application], placeStart[application + 1]);
    for (let entry = rowStart[application]!; entry < rowStart[application + 1]!; entry += 1) {
      const who = expert[entry]!;
      const at = next[who]!;
      next[who] = at + 1;
      entryOf[at] = entry;
      rowOf[at] = application;
      weightOf[at] = weight[entry]!;
    }
  }
  const widest = wanted.reduce((one, other) => Math.max(one, other), 0) + 1;
  return {
    problem,
    columnStart,
    entryOf,
    rowOf,
    weightOf,
    placeStart,
    slotStart,
    placeEntry: new Uint32Array(places),
    placeSlot: new Uint32Array(places),
    slotPlace: new Uint32Array(slotStart[expertCount]!),
    floor: new Float64Array(slotStart[expertCount]!),
    ownerOfPlace,
    level: new Float64Array(applicationCount),
    held: new Uint32Array(applicationCount),
    empty: new Uint32Array(applicationCount),
    load: new Uint32Array(expertCount),
    status: new Uint8Array(pairs),
    price: new Float64Array(expertCount),
    lowestPrice: 0,
    reward: 0,
    penalty: 0,
    enough: 0,
    epsilon: 0,
    choice: {
      count: 0,
      entry: new Uint32Array(widest + 1),
      value: new Float64Array(widest + 1),
      alternative: 0,
      fullCount: 0,
      fullHome: new Uint32Array(widest),
      fullAlternative: new Float64Array(widest),
    },
    order: shuffled(applicationCount, seed),
    queue: new Uint32Array(applicationCount + 1),
    queued: new Uint8Array(applicationCount),
    steps: 0,
    stepLimit: Infinity,
    goesOn: () => true,
  };
};

/** Counts a step; false when the phase should end here, by its limit or because somebody wants it. */
export const step = (auction: Auction): boolean => {
  auction.steps += 1;
  if ((auction.steps & 65_535) === 0 && !auction.goesOn()) auction.stepLimit = 0;
  return auction.steps <= auction.stepLimit;
};

const sums = (sizes: Uint32Array): Uint32Array => {
  const start = new Uint32Array(sizes.length + 1);
  for (let index = 0; index < sizes.length; index += 1) start[index + 1] = start[index]! + sizes[index]!;
  return start;
};

/** Seats the expert of an entry. The expert must have a slot left and the application a place. */
export const take = (auction: Auction, application: number, entry: number, floor: number): void => {
  const { placeStart, slotStart, placeEntry, placeSlot, slotPlace, held, load, status, problem } = auction;
  const who = problem.expert[entry]!;
  const place = placeStart[application]! + held[application]!;
  const slot = slotStart[who]! + load[who]!;
  held[application]! += 1;
  load[who]! += 1;
  placeEntry[place] = entry;
  placeSlot[place] = slot;
  slotPlace[slot] = place;
  auction.floor[slot] = floor;
  status[entry] = taken;
};

/** Frees a taken place; the last place of the application and the last slot of the expert move into the gaps. */
export const release = (auction: Auction, place: number): void => {
  const { placeStart, slotStart, placeEntry, placeSlot, slotPlace, floor, held, load, problem } = auction;
  const application = auction.ownerOfPlace[place]!;
  const entry = placeEntry[place]!;
  const who = problem.expert[entry]!;
  const slot = placeSlot[place]!;
  auction.status[entry] = free;
  const lastSlot = slotStart[who]! + (load[who]! -= 1);
  slotPlace[slot] = slotPlace[lastSlot]!;
  floor[slot] = floor[lastSlot]!;
  placeSlot[slotPlace[slot]] = slot;
  const lastPlace = placeStart[application]! + (held[application]! -= 1);
  if (place === lastPlace) return;
  placeEntry[place] = placeEntry[lastPlace]!;
  placeSlot[place] = placeSlot[lastPlace]!;
  slotPlace[placeSlot[place]] = place;
};

/** The present assignment, each panel by falling weight. */
export const panelsOf = ({ problem, status }: Auction): Panels => {
  const { applicationCount, rowStart, expert } = problem;
  const start = new Uint32Array(applicationCount + 1);
  const chosen: number[] = [];
  for (let application = 0; application < applicationCount; application += 1) {
    for (let entry = rowStart[application]!; entry < rowStart[application + 1]!; entry += 1)
      if (status[entry] === taken) chosen.push(expert[entry]!);
    start[application + 1] = chosen.length;
  }
  return { start, expert: Uint32Array.from(chosen) };
};
