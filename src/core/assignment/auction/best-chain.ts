import { isFull, placeOf } from "./chains.ts";
import { free, release, take, type Auction } from "./state.ts";

type Step = {
  readonly row: number;
  /** The entry let go, -1 at the start; its organisation when that was full, else -1. */
  readonly lets: number;
  readonly home: number;
  readonly gain: number;
};

type Reach = { readonly entry: number; readonly step: Step; readonly gain: number };

/**
 * The shortest chain that gives an application one more expert, and among the shortest the one that gains most weight;
 * carried out, and returned from its far end to the application (empty when there is none). Breadth first in whole layers:
 * within a layer each expert and each row keep their best way here, which is exact because later layers only look forward.
 */
export const bestChain = (
  auction: Auction,
  application: number,
): { application: number; out: number; in: number }[] => {
  const { problem, load, slotStart, slotPlace, placeEntry, ownerOfPlace, status } = auction;
  const { rowStart, expert, weight, organization } = problem;
  const reach = new Map<number, Reach>();
  const rows = new Set<string>([`${application}`]);
  let layer: Step[] = [{ row: application, lets: -1, home: -1, gain: 0 }];
  while (layer.length > 0) {
    const found = new Map<number, Reach>();
    for (const step of layer)
      for (let entry = rowStart[step.row]!; entry < rowStart[step.row + 1]!; entry += 1) {
        const who = expert[entry]!;
        if (status[entry] !== free || reach.has(who)) continue;
        if (organization[who] !== step.home && isFull(auction, step.row, organization[who]!)) continue;
        const gain = step.gain + weight[entry]!;
        if (gain > (found.get(who)?.gain ?? -Infinity)) found.set(who, { entry, step, gain });
      }
    let end = -1;
    for (const [who, way] of found) {
      reach.set(who, way);
      const room = slotStart[who + 1]! - slotStart[who]!;
      if (load[who]! < room && (end < 0 || way.gain > reach.get(end)!.gain)) end = who;
    }
    if (end >= 0) return follow(auction, reach, end);
    const next = new Map<string, Step>();
    for (const [who, way] of found)
      for (let slot = slotStart[who]!; slot < slotStart[who]! + load[who]!; slot += 1) {
        const place = slotPlace[slot]!;
        const row = ownerOfPlace[place]!;
        const lets = placeEntry[place]!;
        const home = isFull(auction, row, organization[who]!) ? organization[who]! : -1;
        const key = home < 0 ? `${row}` : `${row} ${home}`;
        const gain = way.gain - weight[lets]!;
        if (!rows.has(key) && gain > (next.get(key)?.gain ?? -Infinity))
          next.set(key, { row, lets, home, gain });
      }
    for (const key of next.keys()) rows.add(key);
    layer = [...next.values()];
  }
  return [];
};

const follow = (
  auction: Auction,
  reach: ReadonlyMap<number, Reach>,
  end: number,
): { application: number; out: number; in: number }[] => {
  const { expert } = auction.problem;
  const changes = [];
  for (let who = end; ;) {
    const { entry, step } = reach.get(who)!;
    if (step.lets >= 0) release(auction, placeOf(auction, step.row, step.lets));
    take(auction, step.row, entry, auction.price[who]!);
    const out = step.lets < 0 ? -1 : expert[step.lets]!;
    changes.push({ application: step.row, out, in: who });
    if (out < 0) return changes;
    who = out;
  }
};
