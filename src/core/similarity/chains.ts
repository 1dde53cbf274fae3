import type { Anchors } from "./anchors.ts";
import type { Prepared } from "./prepared.ts";
import { sectionAt, type Text } from "./text.ts";

/** A stretch of the query and the stretch of the candidate it goes with; positions, ends exclusive. `equal`: own characters alike. */
export type Stretch = {
  readonly from: number;
  readonly to: number;
  readonly inFrom: number;
  readonly inTo: number;
  readonly equal: number;
};

/** Changed words may lie between two anchors of one stretch, no more. */
const widestGap = 24;
const widestSkew = 16;
const gapCost = 0.25;
const skewCost = 0.25;
/** Below this score a stretch may be chance. */
const leastScore = 13;
const leastShare = 0.3;
const diagonalBits = 4;
/** Anchors looked at on each of three strips of diagonals. */
const lookBack = 4;

/** Joins anchors that follow each other on both sides into stretches, best first, without telling one place of the query twice. */
export const chainFinder = () => {
  let score = new Float64Array(0);
  let before = new Int32Array(0);
  let sameStrip = new Int32Array(0);
  let equal = new Int32Array(0);
  let latest = new Int32Array(0);

  const grow = (anchors: number, strips: number) => {
    if (score.length < anchors) {
      const length = Math.ceil(anchors * 1.5);
      score = new Float64Array(length);
      before = new Int32Array(length);
      sameStrip = new Int32Array(length);
      equal = new Int32Array(length);
    }
    if (latest.length < strips) latest = new Int32Array(Math.ceil(strips * 1.25)).fill(-1);
  };

  return (anchors: Anchors, { text, ownBefore }: Prepared, candidate: Text): readonly Stretch[] => {
    const candidateLength = candidate.codes.length;
    const queryLength = ownBefore.length - 1;
    const { count, from, inFrom, length, weight } = anchors;
    grow(count, ((queryLength + candidateLength) >>> diagonalBits) + 3);
    const ends: number[] = [];
    const ownIn = (at: number) => ownBefore[from[at]! + length[at]!]! - ownBefore[from[at]!]!;
    for (let at = 0; at < count; at += 1) {
      const strip = ((from[at]! - inFrom[at]! + candidateLength) >>> diagonalBits) + 1;
      let best = 0;
      let previous = -1;
      let gained = ownIn(at);
      for (let near = strip - 1; near <= strip + 1; near += 1)
        for (
          let other = latest[near]!, looked = 0;
          other >= 0 && looked < lookBack;
          other = sameStrip[other]!, looked += 1
        ) {
          const gap = from[at]! - from[other]! - length[other]!;
          const inGap = inFrom[at]! - inFrom[other]! - length[other]!;
          if (
            gap > widestGap ||
            inGap > widestGap ||
            from[at]! <= from[other]! ||
            inFrom[at]! <= inFrom[other]!
          )
            continue;
          const skew = Math.abs(gap - inGap);
          const overlap = Math.max(0, -gap, -inGap);
          if (skew > widestSkew || overlap >= weight[at]!) continue;
          const value = score[other]! - gapCost * Math.max(0, gap, inGap) - skewCost * skew - overlap;
          if (value > best) [best, previous, gained] = [value, other, Math.max(0, ownIn(at) - overlap)];
        }
      score[at] = best + weight[at]!;
      before[at] = previous;
      equal[at] = (previous >= 0 ? equal[previous]! : 0) + gained;
      sameStrip[at] = latest[strip]!;
      latest[strip] = at;
      if (score[at]! >= leastScore) ends.push(at);
    }
    for (let at = 0; at < count; at += 1)
      latest[((from[at]! - inFrom[at]! + candidateLength) >>> diagonalBits) + 1] = -1;
    return extract(ends);

    /** A path from its last anchor to its first, cut where it goes from one section to another on either side. */
    function withinSections(path: readonly number[]): readonly (readonly [newest: number, oldest: number])[] {
      const pieces: [number, number][] = [];
      let place = "";
      for (const at of path) {
        const here = `${sectionAt(text, from[at]!)} ${sectionAt(candidate, inFrom[at]!)}`;
        const piece = pieces.at(-1);
        if (piece !== undefined && here === place) piece[1] = at;
        else pieces.push([at, at]);
        place = here;
      }
      return pieces;
    }

    function extract(last: readonly number[]): readonly Stretch[] {
      const used = new Uint8Array(count);
      const covered = new Uint8Array(queryLength);
      const stretches: Stretch[] = [];
      for (const end of [...last].sort((a, b) => score[b]! - score[a]! || a - b)) {
        if (used[end] === 1) continue;
        const path: number[] = [];
        let at = end;
        for (; at >= 0 && used[at] === 0; at = before[at]!) {
          used[at] = 1;
          path.push(at);
        }
        if (score[end]! - (at >= 0 ? score[at]! : 0) < leastScore) continue;
        for (const [newest, oldest] of withinSections(path)) {
          const base = before[oldest]!;
          const stretch = {
            from: from[oldest]!,
            to: from[newest]! + length[newest]!,
            inFrom: inFrom[oldest]!,
            inTo: inFrom[newest]! + length[newest]!,
            equal: equal[newest]! - (base >= 0 ? equal[base]! : 0),
          };
          const counted = ownBefore[stretch.to]! - ownBefore[stretch.from]!;
          const uncounted = stretch.to - stretch.from - counted;
          if (stretch.equal < leastShare * Math.max(counted, stretch.inTo - stretch.inFrom - uncounted))
            continue;
          let told = 0;
          for (let place = stretch.from; place < stretch.to; place += 1) told += covered[place]!;
          if (told * 2 > stretch.to - stretch.from) continue;
          covered.fill(1, stretch.from, stretch.to);
          stretches.push(stretch);
        }
      }
      return stretches;
    }
  };
};
