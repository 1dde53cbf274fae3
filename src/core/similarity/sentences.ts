import type { Stretch } from "./chains.ts";
import { ownIn, type Prepared } from "./prepared.ts";
import { type Synonyms, tokensOf } from "./synonyms.ts";
import { sectionAt, type Text } from "./text.ts";
import { type Unit, unitsOf } from "./units.ts";

/** Sentences shorter than this say too little to be known again. */
const shortest = 10;
/** Weighted share of features (Dice) from which a sentence is the other one in other words. */
const alike = 0.24;
/** The same for one whose neighbour goes with the neighbour of the other. */
const alikeBeside = 0.11;
const slotBits = 17;
/** A feature of many of the candidate's sentences says little. */
const rarities = Float64Array.from({ length: 256 }, (_, sentences) => 1 / (1 + sentences));

type Features = {
  readonly units: readonly Unit[];
  readonly rows: readonly Uint32Array[];
};

const slotOf = (a: number, b: number): number =>
  Math.imul(Math.imul(a, 0x9e3779b1) ^ (b + 1), 0x85ebca6b) >>> (32 - slotBits);

/** Pairs of neighbours, and each word of a synonym group by itself: what stays when words are replaced or moved. */
const featureReader = (synonyms: Synonyms) => {
  const seen = new Uint32Array(2 ** slotBits);
  let round = 0;
  const featuresOf = (codes: Uint16Array, { from, to }: Unit): Uint32Array => {
    const tokens = tokensOf(codes, from, to, synonyms);
    const features = new Uint32Array(tokens.length * 2);
    let count = 0;
    round += 1;
    const add = (feature: number) => {
      if (seen[feature] === round) return;
      seen[feature] = round;
      features[count] = feature;
      count += 1;
    };
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at]!;
      if (token > 0xffff) add(slotOf(token, 0));
      if (at > 0) add(slotOf(tokens[at - 1]!, token));
    }
    return features.subarray(0, count);
  };
  return (text: Text): Features => {
    const units = unitsOf(text);
    return { units, rows: units.map((unit) => featuresOf(text.codes, unit)) };
  };
};

/** Finds the sentences of one query again in candidates where alignment found too little: by their words, whatever the order. */
export const sentenceFinder = (synonyms: Synonyms) => {
  const read = featureReader(synonyms);
  const documents = new Uint16Array(2 ** slotBits);
  const head = new Int32Array(2 ** slotBits).fill(-1);
  let next = new Int32Array(0);
  let unitOf = new Int32Array(0);
  let prepared: Prepared | undefined;
  let query: Features = { units: [], rows: [] };

  return (asked: Prepared, candidate: Text, found: readonly Stretch[]): readonly Stretch[] => {
    if (prepared !== asked) {
      prepared = asked;
      query = read(asked.text);
    }
    const other = read(candidate);
    const all = other.rows.reduce((sum, row) => sum + row.length, 0);
    if (next.length < all) [next, unitOf] = [new Int32Array(all * 2), new Int32Array(all * 2)];
    let places = 0;
    for (const [unit, row] of other.rows.entries())
      for (const feature of row) {
        documents[feature]! += 1;
        next[places] = head[feature]!;
        unitOf[places] = unit;
        head[feature] = places;
        places += 1;
      }
    const weightOf = (feature: number) => rarities[Math.min(documents[feature]!, rarities.length - 1)]!;
    const sum = (row: Uint32Array) => {
      let all = 0;
      for (const feature of row) all += weightOf(feature);
      return all;
    };
    const whole = other.rows.map(sum);
    const commonest = Math.max(4, other.units.length / 12);

    const pair = new Int32Array(query.units.length).fill(-1);
    const scores = new Float64Array(other.units.length);
    const covered = coveredUnits(asked, found, query.units, other.units, pair);
    const likeness: (ReadonlyMap<number, number> | undefined)[] = [];
    for (const [unit, row] of query.rows.entries()) {
      const { from, to } = query.units[unit]!;
      if (covered[unit] === 1 || ownIn(asked, from, to) < shortest) continue;
      const total = sum(row);
      const touched: number[] = [];
      for (const feature of row) {
        if (documents[feature]! > commonest) continue;
        const weight = weightOf(feature);
        for (let at = head[feature]!; at >= 0; at = next[at]!) {
          const there = unitOf[at]!;
          if (scores[there] === 0) touched.push(there);
          scores[there]! += weight;
        }
      }
      let seen: Map<number, number> | undefined;
      let best = -1;
      let most = 0;
      for (const there of touched) {
        const value = (2 * scores[there]!) / (total + whole[there]!);
        scores[there] = 0;
        if (value >= alikeBeside) (seen ??= new Map()).set(there, value);
        if (value > most || (value === most && there < best)) [best, most] = [there, value];
      }
      likeness[unit] = seen;
      if (most >= alike) pair[unit] = best;
    }
    besides(pair, likeness);
    for (const row of other.rows)
      for (const feature of row) {
        documents[feature] = 0;
        head[feature] = -1;
      }
    return stretchesOf(query.units, other.units, pair, covered, asked.text, candidate);
  };
};

/** Which sentences alignment has found already, and with which sentence each of them goes. */
const coveredUnits = (
  asked: Prepared,
  found: readonly Stretch[],
  units: readonly Unit[],
  others: readonly Unit[],
  pair: Int32Array,
): Uint8Array => {
  const covered = new Uint8Array(units.length);
  for (const [index, { from, to }] of units.entries()) {
    let most = 0;
    let told = 0;
    for (const one of found) {
      const [start, end] = [Math.max(from, one.from), Math.min(to, one.to)];
      if (start >= end) continue;
      told += ownIn(asked, start, end);
      if (end - start <= most) continue;
      most = end - start;
      const middle = one.inFrom + ((start + end) >>> 1) - one.from;
      pair[index] = unitAt(others, Math.min(middle, one.inTo - 1));
    }
    if (told * 2 >= ownIn(asked, from, to) && told > 0) covered[index] = 1;
    else pair[index] = -1;
  }
  return covered;
};

const unitAt = (units: readonly Unit[], position: number): number => {
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (units[middle]!.from <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

/** A sentence beside one that was found again needs less to be found beside it: first onwards, then back. */
const besides = (pair: Int32Array, likeness: readonly (ReadonlyMap<number, number> | undefined)[]): void => {
  const look = (unit: number, neighbour: number, step: number) => {
    const there = pair[neighbour];
    if (pair[unit] !== -1 || there === undefined || there < 0) return;
    const seen = likeness[unit];
    for (const near of [there + step, there + 2 * step])
      if (pair[unit] === -1 && seen?.has(near) === true) pair[unit] = near;
  };
  for (let unit = 1; unit < pair.length; unit += 1) look(unit, unit - 1, 1);
  for (let unit = pair.length - 2; unit >= 0; unit -= 1) look(unit, unit + 1, -1);
};

/** Pairs of sentences as stretches; those that follow each other on both sides in one section are one. */
const stretchesOf = (
  units: readonly Unit[],
  others: readonly Unit[],
  pair: Int32Array,
  covered: Uint8Array,
  text: Text,
  candidate: Text,
): readonly Stretch[] => {
  const stretches: Stretch[] = [];
  for (const [index, { from, to }] of units.entries()) {
    const there = pair[index]!;
    if (there < 0 || covered[index] === 1) continue;
    const { from: inFrom, to: inTo } = others[there]!;
    const last = stretches.at(-1);
    const follows =
      last !== undefined &&
      last.to === from &&
      last.inTo === inFrom &&
      sectionAt(text, last.from) === sectionAt(text, from) &&
      sectionAt(candidate, last.inFrom) === sectionAt(candidate, inFrom);
    if (follows) stretches[stretches.length - 1] = { ...last, to, inTo };
    else stretches.push({ from, to, inFrom, inTo, equal: 0 });
  }
  return stretches;
};
