import { problemFrom, type Problem } from "../../src/core/assignment/problem.ts";

/** mulberry32: the same seed gives the same instance everywhere. */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export type TinyKind = {
  readonly levels?: number;
  readonly minimums?: boolean;
  readonly organizations?: number;
  readonly limit?: number;
  readonly scarce?: boolean;
};

/** A few applications and experts with everything that can go wrong: no candidates, no capacity, ties, scarcity. */
export const tiny = (seed: number, kind: TinyKind = {}): Problem => {
  const random = randomOf(seed * 7919 + 13);
  const below = (limit: number): number => Math.floor(random() * limit);
  const applications = below(5);
  const experts = below(6);
  const density = random();
  const rowStart = new Uint32Array(applications + 1);
  const expert: number[] = [];
  const weight: number[] = [];
  const levels = kind.levels ?? 0;
  for (let row = 0; row < applications; row += 1) {
    for (let who = 0; who < experts; who += 1) {
      if (random() > density) continue;
      expert.push(who);
      weight.push(levels > 0 ? (below(levels) * 1_000_000) / levels : below(1_000_001));
    }
    rowStart[row + 1] = expert.length;
  }
  const most = Uint32Array.from({ length: experts }, () => below(kind.scarce === true ? 2 : 4));
  return problemFrom({
    wanted: Uint32Array.from({ length: applications }, () => below(4)),
    rowStart,
    expert: Uint32Array.from(expert),
    weight: Int32Array.from(weight),
    most,
    least: most.map((limit) => (kind.minimums === true ? below(limit + 1) : 0)),
    organization: Uint32Array.from({ length: experts }, () => below(kind.organizations ?? 3)),
    organizationLimit: kind.limit ?? 0,
  });
};
