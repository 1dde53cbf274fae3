import { free, release, take, type Auction } from "./state.ts";

/**
 * Chains of exchanges (augmenting paths), shortest first. An application that lacks a review takes an expert; if that one is
 * full, one of its other applications lets it go and takes somebody else, and so on until an expert has a slot left. By
 * Berge's theorem no further review can be filled exactly when no application has such a chain.
 */
export type Search = {
  /** unseen, seen in the present search, or dead: from there nothing leads on, whatever happens elsewhere. */
  readonly experts: Uint8Array;
  readonly rows: Uint8Array;
  readonly throughEntry: Uint32Array;
  readonly throughStep: Uint32Array;
  /** Rows in the order they were reached, the entry each lets go (-1 at the start), and the organisation that opens by it. */
  readonly row: number[];
  readonly lets: number[];
  readonly home: number[];
  readonly reached: number[];
};

const unseen = 0;
const seen = 1;
const dead = 2;

export const searchOf = ({ problem }: Auction): Search => ({
  experts: new Uint8Array(problem.expertCount),
  rows: new Uint8Array(problem.applicationCount),
  throughEntry: new Uint32Array(problem.expertCount),
  throughStep: new Uint32Array(problem.expertCount),
  row: [],
  lets: [],
  home: [],
  reached: [],
});

/** The expert with a slot left at the end of a shortest chain from this application, or -1; nothing changes yet. */
export const findChain = (auction: Auction, search: Search, application: number): number => {
  const { problem, load, slotStart, slotPlace, placeEntry, status, ownerOfPlace } = auction;
  const { rowStart, expert, organization } = problem;
  const { experts, rows, throughEntry, throughStep, row: steps, lets, home: homes, reached } = search;
  steps.length = lets.length = homes.length = reached.length = 0;
  if (rows[application] !== unseen) return -1;
  steps.push(application);
  lets.push(-1);
  homes.push(-1);
  rows[application] = seen;
  let end = -1;
  for (let step = 0; step < steps.length && end < 0; step += 1) {
    const row = steps[step]!;
    for (let entry = rowStart[row]!; entry < rowStart[row + 1]!; entry += 1) {
      const who = expert[entry]!;
      if (status[entry] !== free || experts[who] !== unseen) continue;
      if (organization[who] !== homes[step] && isFull(auction, row, organization[who]!)) continue;
      experts[who] = seen;
      reached.push(who);
      throughEntry[who] = entry;
      throughStep[who] = step;
      const from = slotStart[who]!;
      const now = load[who]!;
      if (now < slotStart[who + 1]! - from) {
        end = who;
        break;
      }
      for (let slot = from; slot < from + now; slot += 1) {
        const place = slotPlace[slot]!;
        const next = ownerOfPlace[place]!;
        // Letting a member of a full organisation go opens that organisation; otherwise once is enough.
        const home = isFull(auction, next, organization[who]!) ? organization[who]! : -1;
        if (home < 0 && rows[next] !== unseen) continue;
        if (home < 0) rows[next] = seen;
        steps.push(next);
        lets.push(placeEntry[place]!);
        homes.push(home);
      }
    }
  }
  const mark = end < 0 ? dead : unseen;
  for (const who of reached) experts[who] = mark;
  for (let step = 0; step < steps.length; step += 1)
    if (rows[steps[step]!] === seen) rows[steps[step]!] = mark;
  return end;
};

/** Carries out the chain just found; returns the applications whose panels changed, the one served first last. */
export const followChain = (auction: Auction, search: Search, end: number): number[] => {
  const changed: number[] = [];
  for (let who = end; ;) {
    const step = search.throughStep[who]!;
    const row = search.row[step]!;
    const lets = search.lets[step]!;
    if (lets >= 0) release(auction, placeOf(auction, row, lets));
    take(auction, row, search.throughEntry[who]!, auction.price[who]!);
    changed.push(row);
    if (lets < 0) return changed;
    who = auction.problem.expert[lets]!;
  }
};

/** Chains of length one, without any search. */
const takeWhatIsFree = (auction: Auction, row: number): void => {
  const { problem, held, load, slotStart, status, price } = auction;
  const { rowStart, expert, organization, wanted } = problem;
  for (let entry = rowStart[row]!; entry < rowStart[row + 1]! && held[row]! < wanted[row]!; entry += 1) {
    const who = expert[entry]!;
    if (status[entry] !== free || load[who]! >= slotStart[who + 1]! - slotStart[who]!) continue;
    if (!isFull(auction, row, organization[who]!)) take(auction, row, entry, price[who]!);
  }
};

/** Fills what can be filled by chains, until none is left or more than `mayFail` places stay empty. Returns the places left. */
export const fillByChains = (auction: Auction, mayFail: number): number => {
  const { problem, held } = auction;
  const search = searchOf(auction);
  let left = 0;
  for (let row = 0; row < problem.applicationCount; row += 1) takeWhatIsFree(auction, row);
  for (let row = 0; row < problem.applicationCount && left <= mayFail; row += 1)
    while (held[row]! < problem.wanted[row]!) {
      const end = findChain(auction, search, row);
      if (end < 0) {
        left += problem.wanted[row]! - held[row]!;
        break;
      }
      followChain(auction, search, end);
    }
  return left;
};

/**
 * Experts from whom no chain leads to a free slot, reached from applications that lack reviews: they are all full, and
 * that proves that no more reviews can be filled. Undefined when a chain exists. O(pairs).
 */
export const deadEnd = (auction: Auction): Uint8Array | undefined => {
  const { problem, held } = auction;
  const search = searchOf(auction);
  for (let row = 0; row < problem.applicationCount; row += 1)
    if (held[row]! < problem.wanted[row]! && findChain(auction, search, row) >= 0) return undefined;
  return search.experts;
};

/** Whether the application holds as many experts of this organisation as it may. */
export const isFull = (auction: Auction, application: number, home: number): boolean => {
  const { problem, held, placeStart, placeEntry } = auction;
  const { organizationLimit, organization, expert } = problem;
  if (organizationLimit === 0) return false;
  let same = 0;
  const from = placeStart[application]!;
  for (let place = from; place < from + held[application]!; place += 1)
    if (organization[expert[placeEntry[place]!]!] === home) same += 1;
  return same >= organizationLimit;
};

/** The place that holds this entry. */
export const placeOf = (auction: Auction, application: number, entry: number): number => {
  let place = auction.placeStart[application]!;
  while (auction.placeEntry[place] !== entry) place += 1;
  return place;
};
