import type { Panels, Problem } from "./problem.ts";

/**
 * A proof that stands on its own: it reads the problem, an assignment and a price for every expert, believes nothing
 * about how they were found, and shares no code with the solver.
 *
 * Weak duality, for ANY prices p and any reward r: an assignment with F reviews filled and S places short of minimum
 * loads has
 *
 *   total  <=  Σ_a max over allowed panels of Σ (w - p + r)  -  r F  +  Σ_e (p > 0 ? p * most : p * least)  +  S * max(-p, 0)
 *
 * because load * p <= most * p where p > 0, and load * p <= (least - short) * p where p < 0. The best allowed panel under
 * "at most k, at most c of one organisation" is found greedily (the sets form a laminar matroid). Bertsekas, Network
 * Optimization, chapter 5. So `bound` holds for every assignment with that many reviews filled and no more places short.
 */

export type Prices = {
  /** Millionths, one for each expert. */
  readonly expert: Float64Array;
  /** Millionths for a review filled: the price of the number of filled reviews. */
  readonly reward: number;
};

export type Certificate = {
  /** Every limit holds: pairs allowed, nobody twice, no panel, expert or organisation over its limit. */
  readonly feasible: boolean;
  readonly faults: readonly Fault[];
  readonly filled: number;
  /** Places short of minimum loads, over all experts. */
  readonly short: number;
  /** Millionths. */
  readonly objective: number;
  /** Millionths: no assignment with as many reviews filled and no more places short has a higher total. */
  readonly bound: number;
  /** (bound - objective) / objective. */
  readonly gap: number;
};

export type Fault =
  | { readonly kind: "panels" }
  | { readonly kind: "pair" | "twice"; readonly application: number; readonly expert: number }
  | { readonly kind: "panel"; readonly application: number }
  | { readonly kind: "organization"; readonly application: number; readonly organization: number }
  | { readonly kind: "load"; readonly expert: number };

export const certify = (problem: Problem, panels: Panels, prices: Prices): Certificate => {
  const verdict = inspect(problem, panels);
  const bound = upperBound(problem, prices, verdict.filled, verdict.short);
  const gap = Math.max(0, bound - verdict.objective) / Math.max(1, Math.abs(verdict.objective));
  return { ...verdict, bound, gap };
};

type Verdict = Omit<Certificate, "bound" | "gap">;

const inspect = (problem: Problem, panels: Panels): Verdict => {
  const { applicationCount, expertCount, rowStart, expert, weight, organization, organizationLimit } =
    problem;
  const faults: Fault[] = [];
  const nothing = { feasible: false, faults, filled: 0, short: 0, objective: 0 };
  const { start, expert: chosen } = panels;
  if (start.length !== applicationCount + 1 || start[0] !== 0 || start[applicationCount] !== chosen.length)
    return { ...nothing, faults: [{ kind: "panels" }] };
  const load = new Uint32Array(expertCount);
  const seat = new Int32Array(expertCount).fill(-1);
  let objective = 0;
  for (let application = 0; application < applicationCount; application += 1) {
    const from = start[application]!;
    const to = start[application + 1]!;
    if (to < from) return { ...nothing, faults: [{ kind: "panels" }] };
    if (to - from > problem.wanted[application]!) faults.push({ kind: "panel", application });
    for (let place = from; place < to; place += 1) {
      const who = chosen[place]!;
      if (who >= expertCount) return { ...nothing, faults: [{ kind: "panels" }] };
      if (seat[who]! >= from) faults.push({ kind: "twice", application, expert: who });
      seat[who] = place;
      load[who]! += 1;
    }
    let found = 0;
    for (let entry = rowStart[application]!; entry < rowStart[application + 1]!; entry += 1) {
      const place = seat[expert[entry]!]!;
      if (place < from) continue;
      found += 1;
      objective += weight[entry]!;
    }
    if (found !== to - from)
      for (let place = from; place < to; place += 1)
        if (!expert.subarray(rowStart[application], rowStart[application + 1]).includes(chosen[place]!))
          faults.push({ kind: "pair", application, expert: chosen[place]! });
    if (organizationLimit === 0) continue;
    const count = new Map<number, number>();
    for (let place = from; place < to; place += 1) {
      const home = organization[chosen[place]!]!;
      const now = (count.get(home) ?? 0) + 1;
      count.set(home, now);
      if (now === organizationLimit + 1)
        faults.push({ kind: "organization", application, organization: home });
    }
  }
  let short = 0;
  for (let who = 0; who < expertCount; who += 1) {
    if (load[who]! > problem.most[who]!) faults.push({ kind: "load", expert: who });
    short += Math.max(0, problem.least[who]! - load[who]!);
  }
  return { feasible: faults.length === 0, faults, filled: chosen.length, short, objective };
};

/** Prices are cut to 1/16384 of a unit first: all sums are then exact, and a bound just below a whole number may be cut to it. */
const grain = 16_384;

/** Whole millionths; see the head of this file. */
export const upperBound = (problem: Problem, prices: Prices, filled: number, short: number): number => {
  const { expertCount, organization, organizationLimit, weight, expert, rowStart, wanted } = problem;
  const price = prices.expert.map((value) => Math.round(value * grain) / grain);
  const reward = Math.ceil(prices.reward);
  let whole = 0;
  let part = 0;
  const add = (value: number): void => {
    const floor = Math.floor(value);
    whole += floor;
    part += value - floor;
  };
  let lowest = 0;
  for (let who = 0; who < expertCount; who += 1) {
    const value = price[who]!;
    add(value > 0 ? value * problem.most[who]! : value * problem.least[who]!);
    if (value < lowest) lowest = value;
  }
  add(-lowest * short);
  let places = 0;
  const values: number[] = [];
  const homes: number[] = [];
  for (let application = 0; application < problem.applicationCount; application += 1) {
    const room = wanted[application]!;
    if (room === 0) continue;
    values.length = 0;
    homes.length = 0;
    for (let entry = rowStart[application]!; entry < rowStart[application + 1]!; entry += 1) {
      const who = expert[entry]!;
      const value = weight[entry]! - price[who]!;
      if (value + reward <= 0 || (values.length === room && value <= values[room - 1]!)) continue;
      insert(values, homes, value, organization[who]!, room, organizationLimit);
    }
    for (const value of values) add(value);
    places += values.length;
  }
  return whole + Math.floor(part) + reward * (places - filled);
};

/** Keeps the best panel so far in falling order: a newcomer pushes out the last of its organisation, or the last of all. */
const insert = (
  values: number[],
  homes: number[],
  value: number,
  home: number,
  room: number,
  limit: number,
): void => {
  let out = values.length === room ? room - 1 : -1;
  if (limit > 0) {
    let count = 0;
    let last = -1;
    for (let place = 0; place < homes.length; place += 1)
      if (homes[place] === home) {
        count += 1;
        last = place;
      }
    if (count === limit) {
      if (values[last]! >= value) return;
      out = last;
    }
  }
  if (out >= 0) {
    values.splice(out, 1);
    homes.splice(out, 1);
  }
  let at = values.length;
  while (at > 0 && values[at - 1]! < value) at -= 1;
  values.splice(at, 0, value);
  homes.splice(at, 0, home);
};
