import type { Problem } from "../../src/core/assignment/problem.ts";

export type Optimum = { filled: number; short: number; weakest: number; total: number };

/** The optimum by trying every panel of every application: a handful of applications and experts at most. */
export const bruteForce = (problem: Problem, fair = false): Optimum => {
  const { applicationCount, expertCount, rowStart, expert, weight, wanted, most, least } = problem;
  const load = new Uint32Array(expertCount);
  let best: Optimum | undefined;
  const end = (filled: number, total: number, weakest: number): void => {
    let short = 0;
    for (let who = 0; who < expertCount; who += 1) short += Math.max(0, least[who]! - load[who]!);
    const one = { filled, short, weakest, total };
    if (best === undefined || better(one, best, fair)) best = one;
  };
  const walk = (row: number, entry: number, taken: number[], filled: number, total: number, low: number) => {
    if (row === applicationCount) return end(filled, total, low);
    if (entry === rowStart[row + 1]!) return walk(row + 1, entry, [], filled, total, low);
    walk(row, entry + 1, taken, filled, total, low);
    const who = expert[entry]!;
    if (taken.length === wanted[row]! || load[who]! >= most[who]!) return;
    const home = problem.organization[who]!;
    const limit = problem.organizationLimit;
    if (limit > 0 && taken.filter((other) => problem.organization[other] === home).length >= limit) return;
    load[who]! += 1;
    const heavy = weight[entry]!;
    walk(row, entry + 1, [...taken, who], filled + 1, total + heavy, Math.min(low, heavy));
    load[who]! -= 1;
  };
  walk(0, 0, [], 0, 0, Infinity);
  return best!;
};

const better = (one: Optimum, other: Optimum, fair: boolean): boolean => {
  if (one.filled !== other.filled) return one.filled > other.filled;
  if (one.short !== other.short) return one.short < other.short;
  if (fair && one.weakest !== other.weakest) return one.weakest > other.weakest;
  return one.total > other.total;
};
