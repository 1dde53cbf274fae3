/**
 * The assignment problem as typed arrays. A row is an application, its entries are the experts it may have.
 *
 * Weights are affinities in whole millionths (0.83 is 830_000), so sums are exact and an optimum can be proven to the unit.
 */

export const unit = 1_000_000;

export type Problem = {
  readonly applicationCount: number;
  readonly expertCount: number;
  /** Reviews each application wants: [applications]. */
  readonly wanted: Uint32Array;
  /** Entries of application `a` are `rowStart[a] .. rowStart[a + 1]`: [applications + 1]. */
  readonly rowStart: Uint32Array;
  /** Expert of each entry, no expert twice in a row: [pairs]. */
  readonly expert: Uint32Array;
  /** Millionths, falling within a row: [pairs]. */
  readonly weight: Int32Array;
  /** Reviews an expert takes at most, and at least as far as it has candidates at all: [experts]. */
  readonly most: Uint32Array;
  readonly least: Uint32Array;
  /** The minimum loads as they were asked for: [experts]. */
  readonly asked: Uint32Array;
  /** Organisation of each expert, numbered from 0; an expert without one has a number of its own: [experts]. */
  readonly organization: Uint32Array;
  /** At most this many experts of one organisation on an application; 0 stands for no limit. */
  readonly organizationLimit: number;
  /** Candidates that were given but may never be assigned: [applications]. */
  readonly recused: Uint32Array;
};

/** Who reviews what: the experts of application `a` are `expert[start[a] .. start[a + 1]]`. */
export type Panels = { readonly start: Uint32Array; readonly expert: Uint32Array };

export type ProblemArrays = Pick<Problem, "wanted" | "rowStart" | "expert" | "weight" | "most"> &
  Partial<Pick<Problem, "least" | "organization" | "organizationLimit" | "recused">>;

/** Completes the arrays and sorts rows by falling weight where they are not; the arrays given are kept, and sorted in place. */
export const problemFrom = (arrays: ProblemArrays): Problem => {
  const applicationCount = arrays.wanted.length;
  const expertCount = arrays.most.length;
  sortRows(arrays);
  const asked = arrays.least ?? new Uint32Array(expertCount);
  const candidacies = new Uint32Array(expertCount);
  for (const who of arrays.expert) candidacies[who]! += 1;
  return {
    applicationCount,
    expertCount,
    wanted: arrays.wanted,
    rowStart: arrays.rowStart,
    expert: arrays.expert,
    weight: arrays.weight,
    most: arrays.most,
    least: asked.map((least, who) => Math.min(least, arrays.most[who]!, candidacies[who]!)),
    asked,
    organization: arrays.organization ?? Uint32Array.from({ length: expertCount }, (_, index) => index),
    organizationLimit: arrays.organizationLimit ?? 0,
    recused: arrays.recused ?? new Uint32Array(applicationCount),
  };
};

const sortRows = ({ rowStart, expert, weight }: ProblemArrays): void => {
  for (let application = 0; application + 1 < rowStart.length; application += 1) {
    const from = rowStart[application]!;
    const to = rowStart[application + 1]!;
    let sorted = true;
    for (let entry = from + 1; entry < to && sorted; entry += 1)
      sorted = weight[entry]! <= weight[entry - 1]!;
    if (sorted) continue;
    if (to - from > 200) sortLongRow(expert, weight, from, to);
    else sortShortRow(expert, weight, from, to);
  }
};

/** By insertion: quick for the nearly sorted rows that come from a ranking. */
const sortShortRow = (expert: Uint32Array, weight: Int32Array, from: number, to: number): void => {
  for (let entry = from + 1; entry < to; entry += 1) {
    const heavy = weight[entry]!;
    const who = expert[entry]!;
    let at = entry;
    for (; at > from && weight[at - 1]! < heavy; at -= 1) {
      weight[at] = weight[at - 1]!;
      expert[at] = expert[at - 1]!;
    }
    weight[at] = heavy;
    expert[at] = who;
  }
};

/** Weight and place in one number (32 + 21 bits), so that the typed sort compares numbers. */
const sortLongRow = (expert: Uint32Array, weight: Int32Array, from: number, to: number): void => {
  const places = 2 ** 21;
  const keys = Float64Array.from(
    { length: to - from },
    (_, at) => (2 ** 31 - weight[from + at]!) * places + at,
  );
  keys.sort();
  const before = expert.slice(from, to);
  for (let at = 0; at < keys.length; at += 1) {
    weight[from + at] = 2 ** 31 - Math.floor(keys[at]! / places);
    expert[from + at] = before[keys[at]! % places]!;
  }
};

/** The part of a problem whose pairs pass; `recused` keeps its meaning and is not counted up. */
export const problemOf = (problem: Problem, keeps: (entry: number) => boolean): Problem => {
  const rowStart = new Uint32Array(problem.applicationCount + 1);
  const expert = new Uint32Array(problem.expert.length);
  const weight = new Int32Array(problem.expert.length);
  let count = 0;
  for (let application = 0; application < problem.applicationCount; application += 1) {
    for (let entry = problem.rowStart[application]!; entry < problem.rowStart[application + 1]!; entry += 1) {
      if (!keeps(entry)) continue;
      expert[count] = problem.expert[entry]!;
      weight[count] = problem.weight[entry]!;
      count += 1;
    }
    rowStart[application + 1] = count;
  }
  return problemFrom({
    ...problem,
    rowStart,
    expert: expert.slice(0, count),
    weight: weight.slice(0, count),
    least: problem.asked,
  });
};
