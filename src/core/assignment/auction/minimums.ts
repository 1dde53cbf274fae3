import { isFull, placeOf } from "./chains.ts";
import { free, release, take, type Auction } from "./state.ts";

/**
 * Minimum loads by chains, from the expert's end: one that is short takes a review from an application, which lets another
 * expert go; if that one is then short itself it takes elsewhere, until somebody with more than the minimum gives one up.
 * Filled reviews stay filled. Returns the places still short.
 */
export const meetByChains = (auction: Auction): number => {
  let short = 0;
  for (let who = 0; who < auction.problem.expertCount; who += 1)
    while (auction.load[who]! < auction.problem.least[who]!) {
      if (serve(auction, who, true)) continue;
      short += auction.problem.least[who]! - auction.load[who]!;
      break;
    }
  return short;
};

/** Whether any expert that is short could be served. */
export const canMeetMore = (auction: Auction): boolean => {
  const { load, problem } = auction;
  for (let who = 0; who < problem.expertCount; who += 1)
    if (load[who]! < problem.least[who]! && serve(auction, who, false)) return true;
  return false;
};

/** One review more for this expert; without `apply` only whether there is one. */
const serve = (auction: Auction, start: number, apply: boolean): boolean => {
  const { problem, columnStart, entryOf, rowOf, load, held, placeStart, placeEntry, status } = auction;
  const { least, expert, organization, wanted } = problem;
  /** For each expert reached: the entry by which it was let go, and the entry taken there instead. */
  const through = new Map<number, readonly [lets: number, takes: number, row: number] | undefined>();
  through.set(start, undefined);
  for (const who of through.keys())
    for (let index = columnStart[who]!; index < columnStart[who + 1]!; index += 1) {
      const entry = entryOf[index]!;
      if (status[entry] !== free) continue;
      const row = rowOf[index]!;
      const full = isFull(auction, row, organization[who]!);
      const room = !full && held[row]! < wanted[row]!;
      if (room) {
        if (apply) follow(auction, through, who, () => take(auction, row, entry, auction.price[who]!));
        return true;
      }
      for (let place = placeStart[row]!; place < placeStart[row]! + held[row]!; place += 1) {
        const lets = placeEntry[place]!;
        const other = expert[lets]!;
        if (through.has(other) || (full && organization[other] !== organization[who])) continue;
        through.set(other, [lets, entry, row]);
        if (load[other]! <= least[other]!) continue;
        if (apply) follow(auction, through, other, () => {});
        return true;
      }
    }
  return false;
};

/** All lets first: an expert may be at its maximum while it passes a review on. */
const follow = (
  auction: Auction,
  through: ReadonlyMap<number, readonly [number, number, number] | undefined>,
  end: number,
  last: () => void,
): void => {
  const steps: (readonly [number, number, number])[] = [];
  for (let step = through.get(end); step !== undefined;) {
    steps.push(step);
    step = through.get(auction.problem.expert[step[1]]!);
  }
  for (const [lets, , row] of steps) release(auction, placeOf(auction, row, lets));
  for (const [, takes, row] of steps)
    take(auction, row, takes, auction.price[auction.problem.expert[takes]!]!);
  last();
};
