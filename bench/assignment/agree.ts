import { pathToFileURL } from "node:url";
import { assign } from "../../src/core/assignment/assign.ts";
import { problemFrom, type Problem, unit } from "../../src/core/assignment/problem.ts";
import { randomOf } from "../../src/core/assignment/random.ts";
import { highs } from "./highs.ts";

/** Hundreds of small instances of every kind, solved by the engine and by HiGHS: as many reviews, the same total. */

const instances = 400;

const smallOf = (seed: number): Problem => {
  const random = randomOf(seed * 104_729 + 7);
  const below = (limit: number): number => Math.floor(random() * limit);
  const applications = 5 + below(30);
  const experts = 5 + below(30);
  const density = 0.15 + random() * 0.6;
  const levels = seed % 3 === 0 ? 10 : 0;
  const rowStart = new Uint32Array(applications + 1);
  const expert: number[] = [];
  const weight: number[] = [];
  for (let row = 0; row < applications; row += 1) {
    for (let who = 0; who < experts; who += 1) {
      if (random() > density) continue;
      expert.push(who);
      weight.push(levels > 0 ? (below(levels) * unit) / levels : below(unit + 1));
    }
    rowStart[row + 1] = expert.length;
  }
  // Every second instance asks for more than there is.
  const most = Uint32Array.from({ length: experts }, () => below(seed % 2 === 0 ? 3 : 8));
  return problemFrom({
    wanted: Uint32Array.from({ length: applications }, () => 1 + below(4)),
    rowStart,
    expert: Uint32Array.from(expert),
    weight: Int32Array.from(weight),
    most,
    organization: Uint32Array.from({ length: experts }, () => below(6)),
    organizationLimit: seed % 5 < 2 ? 0 : 1 + below(2),
  });
};

const totalOf = (problem: Problem, start: Uint32Array, chosen: Uint32Array): number => {
  let total = 0;
  for (let row = 0; row < problem.applicationCount; row += 1) {
    const panel = new Set(chosen.subarray(start[row], start[row + 1]));
    for (let entry = problem.rowStart[row]!; entry < problem.rowStart[row + 1]!; entry += 1)
      if (panel.has(problem.expert[entry]!)) total += problem.weight[entry]!;
  }
  return total;
};

/** Throws where the two differ; returns how many instances agreed. */
export const agreeWithHighs = async (): Promise<number> => {
  const solve = await highs();
  for (let seed = 1; seed <= instances; seed += 1) {
    const problem = smallOf(seed);
    const other = solve(problem);
    const ours = assign(problem, { seed });
    const theirs = totalOf(problem, other.start, other.expert);
    const mine = Math.round(ours.objective * unit);
    if (!ours.feasible || ours.filled !== other.expert.length || mine !== theirs || ours.gap !== 0)
      throw new Error(
        `instance ${seed}: HiGHS fills ${other.expert.length} for ${theirs}, the engine ${ours.filled} for ${mine}, gap ${ours.gap}`,
      );
  }
  return instances;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  console.log(`${await agreeWithHighs()} small instances agree with HiGHS`);
