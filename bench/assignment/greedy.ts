import { type Panels, type Problem, unit } from "../../src/core/assignment/problem.ts";

/** The best pair that still fits, again and again: what a spreadsheet would do. It knows nothing of minimum loads. */
export const greedy = (problem: Problem): Panels => {
  const { applicationCount, expertCount, rowStart, expert, organization, organizationLimit } = problem;
  const rowOf = new Uint32Array(expert.length);
  for (let row = 0; row < applicationCount; row += 1) rowOf.fill(row, rowStart[row], rowStart[row + 1]);
  const start = new Uint32Array(applicationCount + 1);
  for (let row = 0; row < applicationCount; row += 1) start[row + 1] = start[row]! + problem.wanted[row]!;
  const chosen = new Uint32Array(start[applicationCount]!);
  const held = new Uint32Array(applicationCount);
  const load = new Uint32Array(expertCount);
  for (const entry of byFallingWeight(problem.weight)) {
    const row = rowOf[entry]!;
    const who = expert[entry]!;
    if (held[row] === problem.wanted[row] || load[who] === problem.most[who]) continue;
    const panel = chosen.subarray(start[row], start[row]! + held[row]!);
    if (organizationLimit > 0) {
      let same = 0;
      for (const other of panel) if (organization[other] === organization[who]) same += 1;
      if (same >= organizationLimit) continue;
    }
    chosen[start[row]! + held[row]!] = who;
    held[row]! += 1;
    load[who]! += 1;
  }
  return closed(start, chosen, held);
};

/** Whole millionths: counted into place. */
const byFallingWeight = (weight: Int32Array): Uint32Array => {
  const next = new Uint32Array(unit + 2);
  for (const one of weight) next[unit - one + 1]! += 1;
  for (let at = 1; at < next.length; at += 1) next[at]! += next[at - 1]!;
  const order = new Uint32Array(weight.length);
  for (let entry = 0; entry < weight.length; entry += 1) {
    const level = unit - weight[entry]!;
    order[next[level]!] = entry;
    next[level]! += 1;
  }
  return order;
};

/** Without the seats left empty. */
const closed = (start: Uint32Array, chosen: Uint32Array, held: Uint32Array): Panels => {
  const kept = new Uint32Array(start.length);
  for (let row = 0; row < held.length; row += 1) {
    kept[row + 1] = kept[row]! + held[row]!;
    chosen.copyWithin(kept[row]!, start[row]!, start[row]! + held[row]!);
  }
  return { start: kept, expert: chosen.slice(0, kept.at(-1)) };
};
