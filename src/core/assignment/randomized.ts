import { solve, type Solution, type SolveOptions } from "./auction/solve.ts";
import { certify, type Certificate } from "./certificate.ts";
import { problemFrom, type Panels, type Problem } from "./problem.ts";
import { randomOf } from "./random.ts";

export type Lottery = {
  /** The panels drawn. */
  readonly panels: Panels;
  /** The drawn panels against the problem's own limits; its bound holds for any panels, random or not. */
  readonly certificate: Certificate;
  /** No pair is drawn with a higher probability: the largest 1/2, 1/4, ... that is within the limit asked for. */
  readonly probability: number;
  /** Expected total in millionths over all draws, and its proven upper bound at that probability. */
  readonly expected: number;
  readonly expectedBound: number;
  /** The plan that is split: every limit times 1 / probability. */
  readonly solution: Solution;
};

/**
 * Nobody can aim at a reviewer when no pair is certain (Jecmen et al., "Mitigating Manipulation in Peer Review via
 * Randomized Reviewer Assignments", 2020). With every number doubled and every pair used at most once, the optimum splits
 * into two halves that each keep the limits; a coin decides. Splitting twice gives a quarter, and so on.
 *
 * `limit` in (0, 1]. The same seed draws the same panels; another draws others with the same expectation.
 */
export const drawAssignment = (
  problem: Problem,
  limit: number,
  seed: number,
  options: SolveOptions,
): Lottery => {
  let times = 1;
  while (1 / times > limit) times *= 2;
  const solution = solve(times === 1 ? problem : multiplied(problem, times), options);
  const random = randomOf(seed);
  let { panels } = solution;
  for (let left = times; left > 1; left /= 2) panels = half(problem, panels, random);
  const { price, reward } = solution.auction;
  return {
    panels,
    certificate: certify(problem, panels, { expert: price, reward }),
    probability: 1 / times,
    expected: solution.certificate.objective / times,
    expectedBound: solution.certificate.bound / times,
    solution,
  };
};

const multiplied = (problem: Problem, times: number): Problem =>
  problemFrom({
    ...problem,
    wanted: problem.wanted.map((count) => count * times),
    most: problem.most.map((count) => count * times),
    least: problem.asked.map((count) => count * times),
    organizationLimit: problem.organizationLimit * times,
  });

/**
 * At each application pairs are tied two by two, first within an organisation, then what is left over; at each expert two
 * by two as well. Ties form paths and even circles; along each, seats fall alternately to the one half and the other. So
 * every application, expert and organisation is halved, odd numbers to within one. Every path and circle has its own coin.
 */
const half = (problem: Problem, { start, expert }: Panels, random: () => number): Panels => {
  const seats = expert.length;
  const byApplication = new Int32Array(seats).fill(-1);
  const byExpert = new Int32Array(seats).fill(-1);
  const open = new Int32Array(problem.expertCount).fill(-1);
  const tie = (ties: Int32Array, one: number, other: number): void => {
    ties[one] = other;
    ties[other] = one;
  };
  for (let row = 0; row < problem.applicationCount; row += 1) {
    const homes = new Map<number, number>();
    for (let seat = start[row]!; seat < start[row + 1]!; seat += 1) {
      const who = expert[seat]!;
      if (open[who]! >= 0) {
        tie(byExpert, seat, open[who]!);
        open[who] = -1;
      } else open[who] = seat;
      const home = problem.organization[who]!;
      const waiting = homes.get(home);
      if (waiting === undefined) homes.set(home, seat);
      else {
        tie(byApplication, seat, waiting);
        homes.delete(home);
      }
    }
    const left = [...homes.values()];
    for (let index = 1; index < left.length; index += 2) tie(byApplication, left[index]!, left[index - 1]!);
  }
  const side = new Int8Array(seats).fill(-1);
  const walk = (from: number, coin: number, byApplicationFirst: boolean): void => {
    let color = coin;
    let turn = byApplicationFirst;
    for (let seat = from; seat >= 0 && side[seat]! < 0; color = 1 - color, turn = !turn) {
      side[seat] = color;
      seat = (turn ? byApplication : byExpert)[seat]!;
    }
  };
  for (let seat = 0; seat < seats; seat += 1) {
    if (side[seat]! >= 0) continue;
    const coin = random() < 0.5 ? 0 : 1;
    walk(seat, coin, true);
    const back = byExpert[seat]!;
    if (back >= 0) walk(back, 1 - coin, true);
  }
  const halfStart = new Uint32Array(start.length);
  const chosen: number[] = [];
  for (let row = 0; row < problem.applicationCount; row += 1) {
    for (let seat = start[row]!; seat < start[row + 1]!; seat += 1)
      if (side[seat] === 0) chosen.push(expert[seat]!);
    halfStart[row + 1] = chosen.length;
  }
  return { start: halfStart, expert: Uint32Array.from(chosen) };
};
