import { assign } from "../../src/core/assignment/assign.ts";
import type { Prices } from "../../src/core/assignment/certificate.ts";
import type { Panels, Problem } from "../../src/core/assignment/problem.ts";
import { greedy } from "./greedy.ts";
import { highs } from "./highs.ts";
import type { ContenderName } from "./instances.ts";

/** What a contender in JavaScript found, and its prices where it has any: they prove a bound. */
export type Found = { readonly panels: Panels; readonly prices?: Prices };

/** A step that loads what the contender is made of, uncounted; then the step that is measured. */
type Contender = () => Promise<(problem: Problem) => Found>;

const sketch: Contender = async () => {
  const { solve } = await import("../peers/sketch/auction.mjs");
  return (problem) =>
    solve({
      nA: problem.applicationCount,
      nE: problem.expertCount,
      m: problem.expert.length,
      dem: problem.wanted,
      cap: problem.most,
      lo: problem.least,
      unit: problem.organization,
      limit: problem.organizationLimit,
      rs: problem.rowStart,
      col: problem.expert,
      w: problem.weight,
    });
};

export const contenders: Readonly<Record<Exclude<ContenderName, `lemon-${string}`>, Contender>> = {
  engine: async () => assign,
  sketch,
  greedy: async () => (problem) => ({ panels: greedy(problem) }),
  highs: async () => {
    const solve = await highs();
    return (problem) => ({ panels: solve(problem) });
  },
};
