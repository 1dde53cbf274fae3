import { free, type Auction } from "./state.ts";

/**
 * Berge's test by breadth-first search: more reviews can be filled exactly when a chain of exchanges leads from an
 * application that lacks one to an expert with a slot left. O(pairs), once for all applications together.
 */
export const canFillMore = (auction: Auction): boolean => {
  const { problem, held, load, slotStart, slotPlace, status, ownerOfPlace } = auction;
  const { applicationCount, expertCount, wanted, rowStart, expert, organization } = problem;
  const rows: number[] = [];
  /** Organisation whose member the row gives up, or -1. */
  const homes: number[] = [];
  const seenRow = new Uint8Array(applicationCount);
  const seenExpert = new Uint8Array(expertCount);
  for (let application = 0; application < applicationCount; application += 1)
    if (held[application]! < wanted[application]!) {
      rows.push(application);
      homes.push(-1);
      seenRow[application] = 1;
    }
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at]!;
    for (let entry = rowStart[row]!; entry < rowStart[row + 1]!; entry += 1) {
      const who = expert[entry]!;
      if (status[entry] !== free || seenExpert[who] === 1) continue;
      if (organization[who] !== homes[at] && isFull(auction, row, organization[who]!)) continue;
      seenExpert[who] = 1;
      const from = slotStart[who]!;
      if (load[who]! < slotStart[who + 1]! - from) return true;
      for (let slot = from; slot < from + load[who]!; slot += 1) {
        const next = ownerOfPlace[slotPlace[slot]!]!;
        const home = isFull(auction, next, organization[who]!) ? organization[who]! : -1;
        // A full organisation opens the row a little further, and its own members may be reached once more.
        if (home < 0 && seenRow[next] === 1) continue;
        if (home < 0) seenRow[next] = 1;
        rows.push(next);
        homes.push(home);
      }
    }
  }
  return false;
};

/** The same from the other end: can an expert short of its minimum load get a review without making another one short? */
export const canMeetMore = (auction: Auction): boolean => {
  const { problem, columnStart, entryOf, rowOf, load, held, placeStart, placeEntry, status } = auction;
  const { expertCount, least, expert, organization, wanted } = problem;
  const seen = new Uint8Array(expertCount);
  const waiting: number[] = [];
  for (let who = 0; who < expertCount; who += 1)
    if (load[who]! < Math.min(least[who]!, auction.slotStart[who + 1]! - auction.slotStart[who]!)) {
      waiting.push(who);
      seen[who] = 1;
    }
  for (let at = 0; at < waiting.length; at += 1) {
    const who = waiting[at]!;
    for (let index = columnStart[who]!; index < columnStart[who + 1]!; index += 1) {
      if (status[entryOf[index]!] !== free) continue;
      const row = rowOf[index]!;
      const full = isFull(auction, row, organization[who]!);
      if (!full && held[row]! < wanted[row]!) return true;
      for (let place = placeStart[row]!; place < placeStart[row]! + held[row]!; place += 1) {
        const other = expert[placeEntry[place]!]!;
        if (seen[other] === 1 || (full && organization[other] !== organization[who])) continue;
        if (load[other]! > least[other]!) return true;
        seen[other] = 1;
        waiting.push(other);
      }
    }
  }
  return false;
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
