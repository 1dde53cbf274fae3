/** Reads entries in their order and names the first one that is not what it was. */
import { type Hash, hexOf } from "./bytes.ts";
import { type ChainedEntry, genesis, hashOfEntry, hashOfSpelling } from "./entry.ts";
import { growingTree } from "./merkle.ts";

/** changed: not what was hashed. missing, order: another number stands in its place. head: a signed head disagrees. cut: a head knows more entries. */
export type LedgerFault = "changed" | "missing" | "order" | "head" | "cut";

/** `firstBad`: number of the first bad entry; with fault `head` the first that no trusted head vouches for any more. */
export type ChainVerdict = {
  readonly entries: number;
  readonly verified: boolean;
  readonly root: string;
  readonly firstBad: number | null;
  readonly fault: LedgerFault | null;
};

export type ChainReader = {
  /** The next entry; null where it could not be read. */
  readonly add: (one: ChainedEntry | null) => void;
  readonly finish: () => ChainVerdict;
};

/** Roots by number of entries, from signed heads that are trusted. */
export type Heads = ReadonlyMap<number, string>;

type Known = { readonly entry: ChainedEntry["entry"]; readonly stored: string; readonly real: string };
type Bad = { readonly number: number; readonly fault: LedgerFault };

export const chainReader = (hash: Hash, funder: string, heads: Heads = new Map()): ChainReader => {
  const tree = growingTree(hash);
  const start = genesis(hash);
  let count = 0;
  let tip = start;
  let tipBefore = "";
  let bad: Bad | null = null;
  /** A break between two entries that agree with themselves: the next entry tells which of the two it knows. */
  let open: { place: number; before: string; stored: string } | null = null;
  let good = 0;
  let disagrees: number | null = null;

  const compareHead = () => {
    const expected = heads.get(count);
    if (expected === undefined || disagrees !== null) return;
    if (hexOf(tree.root()) === expected) good = count;
    else disagrees = count;
  };

  /** What a trusted head vouches for is not bad. */
  const name = (number: number, fault: LedgerFault): Bad => ({ number: Math.max(number, good + 1), fault });

  const settle = (next: Known | null) => {
    if (open === null) return;
    const knowsBefore = next !== null && next.entry.previous === open.before;
    bad = name(knowsBefore ? open.place : open.place - 1, "changed");
    open = null;
  };

  const judge = (one: Known, place: number): Bad | null => {
    const { entry, stored, real } = one;
    if (entry.funder !== funder) return name(place, "changed");
    if (entry.number > place) return name(place, "missing");
    if (entry.number < place) {
      // Two different claims to the number before: neither can be believed.
      const twice = entry.number === place - 1 && real !== tip && entry.previous === tipBefore;
      return name(twice ? place - 1 : place, "order");
    }
    if (real !== stored) {
      const onlyPrevious = hexOf(hashOfEntry(hash, { ...entry, previous: tip })) === stored;
      // It follows the entry two before: the one between was put in and the rest renumbered.
      const pushed = !onlyPrevious && place > 1 && entry.previous === tipBefore && tipBefore !== tip;
      return name(pushed ? place - 1 : place, "changed");
    }
    if (entry.previous !== tip) {
      if (place === 1) return name(1, "changed");
      open = { place, before: tip, stored };
    }
    return null;
  };

  const add = (one: ChainedEntry | null) => {
    count += 1;
    if (one === null) {
      settle(null);
      bad ??= name(count, "changed");
      tree.add(hash(new Uint8Array(0)));
      return;
    }
    const leaf = hashOfSpelling(hash, one.spelling);
    tree.add(leaf);
    if (bad !== null) return;
    const known: Known = { entry: one.entry, stored: one.hash, real: hexOf(leaf) };
    if (open !== null) return settle(known);
    bad = judge(known, count);
    tipBefore = tip;
    tip = known.real;
    if (bad === null && open === null) compareHead();
  };

  compareHead();
  return {
    add,
    finish: () => {
      settle(null);
      const most = Math.max(0, ...heads.keys());
      // A head that disagrees at or before the break shows an older, rewritten part.
      if (disagrees !== null && (bad === null || bad.number > disagrees)) bad = name(good + 1, "head");
      if (bad === null && most > count) bad = name(count + 1, "cut");
      return {
        entries: count,
        verified: bad === null,
        root: hexOf(tree.root()),
        firstBad: bad?.number ?? null,
        fault: bad?.fault ?? null,
      };
    },
  };
};
