import { seedLength } from "./frequency.ts";
import { type GramSet, shiftFor } from "./gram-set.ts";
import { base, leaving, spread } from "./hash.ts";
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
/** Bits that tell at once that a run is not in the query. */
const presentBits = 18;
/** A run that stands more often in the query is one of its terms: sharing it is sharing the subject. */
export const mostPlaces = 3;

const weightOfLeaving = leaving(seedLength);

/** A cheaper hash for the candidates' side, which is read many times for each query: no table, one multiplication at the end. */
const plainBase = 0x9e3779b1 | 0;
const plainSquared = Math.imul(plainBase, plainBase);
const plainCubed = Math.imul(plainSquared, plainBase);
const plainLeaving = Math.imul(plainSquared, plainSquared);
/** Every other place of a candidate is looked at: a match of five characters and more is never missed, its left end is found from within. */
const stride = 2;
const signOf = (plain: number): number =>
  Math.imul(plain ^ (plain >>> 15), 0x85ebca6b) >>> (32 - presentBits);

/** Finds anchors of one query in one candidate after the other; the working memory is kept and grows with the texts. */
export const anchorFinder = () => {
  const head = new Int32Array(slots);
  const places = new Uint8Array(slots);
  const present = new Uint32Array(2 ** presentBits / 32);
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
    present.fill(0);
    if (next.length < codes.length) next = new Int32Array(Math.ceil(codes.length * 1.25));
    const { bits, size } = common;
    const commonShift = shiftFor(size);
    let rolling = 0;
    let plain = 0;
    let clear = 0;
    for (let at = 0; at < codes.length; at += 1) {
      rolling = (Math.imul(rolling, base) + codes[at]!) | 0;
      if (at >= seedLength) rolling = (rolling - Math.imul(codes[at - seedLength]!, weightOfLeaving)) | 0;
      plain = (Math.imul(plain, plainBase) + codes[at]!) | 0;
      if (at >= seedLength) plain = (plain - Math.imul(codes[at - seedLength]!, plainLeaving)) | 0;
      clear = mask[at] === own ? clear + 1 : 0;
      if (clear < seedLength) continue;
      const bit = spread(rolling) >>> commonShift;
      if (((bits[bit >>> 5]! >>> (bit & 31)) & 1) === 1) continue;
      const slot = signOf(plain) >> (presentBits - 16);
      tellingBefore[at - seedLength + 2] = signOf(plain) + 1;
      if (places[slot]! <= mostPlaces) places[slot]! += 1;
    }
    for (let place = 0; place < codes.length; place += 1) {
      const sign = tellingBefore[place + 1]! - 1;
      const slot = sign >> (presentBits - 16);
      const tells = sign >= 0 && places[slot]! <= mostPlaces;
      tellingBefore[place + 1] = tellingBefore[place]! + (tells ? 1 : 0);
      if (!tells) continue;
      present[sign >>> 5]! |= 1 << (sign & 31);
      next[place] = head[slot]!;
      head[slot] = place;
    }
  };

  const find = (candidate: Uint16Array): Anchors => {
    const diagonals = query.length + candidate.length;
    if (reached.length < diagonals) reached = new Int32Array(Math.ceil(diagonals * 1.25));
    const { from, inFrom, length, weight } = anchors;
    let count = 0;
    const last = candidate.length - seedLength;
    for (let there = 0; there <= last; there += stride) {
      const sign = signOf(
        Math.imul(candidate[there]!, plainCubed) +
          Math.imul(candidate[there + 1]!, plainSquared) +
          Math.imul(candidate[there + 2]!, plainBase) +
          candidate[there + 3]!,
      );
      if (((present[sign >>> 5]! >>> (sign & 31)) & 1) === 0) continue;
      for (let here = head[sign >>> (presentBits - 16)]!; here >= 0; here = next[here]!) {
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
        weight[count] =
          tellingBefore[here + right - seedLength + 1]! - tellingBefore[here - left]! + seedLength - 1;
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
