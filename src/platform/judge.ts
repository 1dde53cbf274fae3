import type { CheckRequest } from "../core/policy/application.ts";
import { judgeOf, type Judgement } from "../core/policy/judge.ts";
import type { Policy } from "../core/policy/policy.ts";
import { finderOf, fitOf } from "./finder.ts";

export type Judge = (request: CheckRequest) => Judgement;

const built = new WeakMap<Policy, Promise<Judge>>();

const build = async (policy: Policy): Promise<Judge> =>
  judgeOf(policy.id, policy.programme, policy.rules, fitOf(policy, await finderOf(policy)));

/** The judge of a pack with the direction finder behind it, compiled on first use. */
export const judgeFor = (policy: Policy): Promise<Judge> => {
  const judge = built.get(policy) ?? build(policy);
  built.set(policy, judge);
  return judge;
};
