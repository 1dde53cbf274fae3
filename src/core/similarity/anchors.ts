import { seedLength } from "./frequency.ts";
import type { GramSet } from "./gram-set.ts";
import { base, codeHash, leaving, mix } from "./hash.ts";
import { own } from "./mask.ts";

/** Stretches that stand in both texts, character for character, in the order of the candidate. `weight`: how much it tells, in characters. */
export type Anchors = {
  count: number;
  readonly from: Int32Array;
  readonly inFrom: Int32Array;
  readonly length: Int32Array;
  readonly weight: Int32Array;
};

const mostAnchors = 2 ** 17;
const slots = 2 ** 16;
/** A run that stands so often in the query says nothing about places. */
const mostPlaces = 24;
/** A run that stands more often in the query is one of its terms: sharing it is sharing the subject. */
const mostTelling = 3;

const weightOfLeaving = leaving(seedLength);

/** Finds anchors of one query in one candidate after the other; the working memory is kept and grows with the texts. */
export const anchorFinder = () => {
  const head = new Int32Array(slots);
  const places = new Uint8Array(slots);
  let next = new Int32Array(0);
  let reached = new Int32Array(0);
  let query: Uint16Array = new Uint16Array(0);
  /** Runs that tell something before each position: own, and not common in the collection. */
  let tellingBefore = new Uint32Array(1);
  const anchors: Anchors = {
    count: 0,
    from: new Int32Array(mostAnchors),
    inFrom: new Int32Array(mostAnchors),
    length: new Int32Array(mostAnchors),
    weight: new Int32Array(mostAnchors),
  };

  const prepare = (codes: Uint16Array, mask: Uint8Array, common: GramSet): void => {
    query = codes;
    if (tellingBefore.length <= codes.length)
      tellingBefore = new Uint32Array(Math.ceil(codes.length * 1.25) + 1);
    tellingBefore.fill(0, 0, codes.length + 1);
    head.fill(-1);
    places.fill(0);
    if (next.length < codes.length) next = new Int32Array(Math.ceil(codes.length * 1.25));
    const { bits, size } = common;
    let rolling = 0;
    let clear = 0;
    for (let at = 0; at < codes.length; at += 1) {
      rolling = (Math.imul(rolling, base) + codeHash[codes[at]!]!) | 0;
      if (at >= seedLength)
        rolling = (rolling - Math.imul(codeHash[codes[at - seedLength]!]!, weightOfLeaving)) | 0;
      clear = mask[at] === own ? clear + 1 : 0;
      if (clear < seedLength) continue;
      const hash = mix(rolling);
      const bit = hash & (size - 1);
      if (((bits[bit >>> 5]! >>> (bit & 31)) & 1) === 1) continue;
      const slot = hash >>> 16;
      tellingBefore[at - seedLength + 2] = slot + 1;
      if (places[slot]! >= mostPlaces) continue;
      places[slot]! += 1;
      const place = at - seedLength + 1;
      next[place] = head[slot]!;
      head[slot] = place;
    }
    for (let place = 0; place < codes.length; place += 1)
      if (tellingBefore[place + 1] !== 0 && places[tellingBefore[place + 1]! - 1]! > mostTelling)
        tellingBefore[place + 1] = 0;
    for (let at = 0; at < codes.length; at += 1)
      tellingBefore[at + 1] = tellingBefore[at]! + (tellingBefore[at + 1] === 0 ? 0 : 1);
  };

  const find = (candidate: Uint16Array): Anchors => {
    const diagonals = query.length + candidate.length;
    if (reached.length < diagonals) reached = new Int32Array(Math.ceil(diagonals * 1.25));
    const { from, inFrom, length, weight } = anchors;
    let count = 0;
    let rolling = 0;
    for (let at = 0; at < candidate.length; at += 1) {
      rolling = (Math.imul(rolling, base) + codeHash[candidate[at]!]!) | 0;
      if (at < seedLength - 1) continue;
      if (at >= seedLength)
        rolling = (rolling - Math.imul(codeHash[candidate[at - seedLength]!]!, weightOfLeaving)) | 0;
      const there = at - seedLength + 1;
      for (let here = head[mix(rolling) >>> 16]!; here >= 0; here = next[here]!) {
        const diagonal = here - there + candidate.length;
        // Nothing on this diagonal before the end of the anchor that is there already.
        if (reached[diagonal]! > there) continue;
        let start = 0;
        while (start < seedLength && query[here + start] === candidate[there + start]) start += 1;
        if (start < seedLength) continue;
        let left = 0;
        while (
          left < here &&
          left < there &&
          query[here - left - 1] === candidate[there - left - 1] &&
          query[here - left - 1] !== 0 &&
          there - left > reached[diagonal]!
        )
          left += 1;
        let right = seedLength;
        while (
          here + right < query.length &&
          there + right < candidate.length &&
          query[here + right] === candidate[there + right] &&
          query[here + right] !== 0
        )
          right += 1;
        reached[diagonal] = there + right;
        if (count === mostAnchors) continue;
        from[count] = here - left;
        inFrom[count] = there - left;
        length[count] = left + right;
        weight[count] = tellingBefore[here + right - seedLength + 1]! - tellingBefore[here - left]! + seedLength - 1;
        count += 1;
      }
    }
    anchors.count = count;
    if (count === mostAnchors) reached.fill(0, 0, diagonals);
    for (let at = 0; at < count; at += 1) reached[from[at]! - inFrom[at]! + candidate.length] = 0;
    return anchors;
  };

  return { prepare, find };
};
