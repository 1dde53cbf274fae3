import type { Judgement } from "../core/policy/judge.ts";
import { judgeOf } from "../core/policy/judge.ts";
import type { CheckRequest } from "../core/policy/application.ts";
import type { Policy } from "../core/policy/policy.ts";
import { endOf, startOf } from "../core/calendar.ts";
import type { Queryable } from "./database/connect.ts";
import { Missing } from "./errors.ts";
import { finderOf, fitOf } from "./finder.ts";
import type { Platform } from "./platform.ts";

/** A call: one policy pack, pinned by its hash, with the call's own dates (an extension changes them, never the text). */
export type Call = {
  readonly id: string;
  readonly code: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly policy: Policy;
  /** First and last instants (exclusive), milliseconds since 1970 UTC. */
  readonly opensAt: number;
  readonly applyClosesAt: number;
  readonly recommendClosesAt: number;
  readonly acceptClosesAt: number;
  readonly begunBefore: number | null;
  readonly version: number;
};

export type CallRow = {
  readonly id: string;
  readonly code: string;
  readonly title: unknown;
  readonly policy: string;
  readonly policy_hash: string;
  readonly apply_open_on: string;
  readonly apply_close_on: string;
  readonly recommend_close_on: string;
  readonly accept_close_on: string;
  readonly begun_before: number | null;
  readonly version: number;
};

const known = new WeakMap<Policy, Map<string, Policy>>();

/** The pack with the call's own windows in place of its own. The same call in the same version gives the same object. */
const dated = (policy: Policy, row: CallRow): Policy => {
  const cached = known.get(policy) ?? new Map<string, Policy>();
  known.set(policy, cached);
  const at = `${row.id} ${row.version}`;
  const before = cached.get(at);
  if (before !== undefined) return before;
  const { windows } = policy.programme;
  const made: Policy = {
    ...policy,
    programme: {
      ...policy.programme,
      windows: {
        ...windows,
        application: { ...windows.application, opens: row.apply_open_on, closes: row.apply_close_on },
        recommendation: {
          ...windows.recommendation,
          opens: row.apply_open_on,
          closes: row.recommend_close_on,
        },
        acceptance: { ...windows.acceptance, opens: row.apply_open_on, closes: row.accept_close_on },
      },
    },
  };
  cached.set(at, made);
  bases.set(made, policy);
  return made;
};

const bases = new WeakMap<Policy, Policy>();

/** Throws where the pinned pack is not the one installed: an application is judged by the text it was filed under, or not at all. */
export const callOf = (platform: Pick<Platform, "policies">, row: CallRow): Call => {
  const policy = platform.policies.find((one) => one.id === row.policy && one.hash === row.policy_hash);
  if (policy === undefined)
    throw new RangeError(`call ${row.code} pins ${row.policy} ${row.policy_hash}, which is not installed`);
  return {
    id: row.id,
    code: row.code,
    title: row.title as Call["title"],
    policy: dated(policy, row),
    opensAt: startOf(row.apply_open_on),
    applyClosesAt: endOf(row.apply_close_on),
    recommendClosesAt: endOf(row.recommend_close_on),
    acceptClosesAt: endOf(row.accept_close_on),
    begunBefore: row.begun_before,
    version: row.version,
  };
};

export const callColumns = [
  "id",
  "code",
  "title",
  "policy",
  "policy_hash",
  "apply_open_on",
  "apply_close_on",
  "recommend_close_on",
  "accept_close_on",
  "begun_before",
  "version",
] as const;

/** All calls of the funder, the latest deadline first. */
export const callsOf = async (platform: Platform, database: Queryable): Promise<readonly Call[]> => {
  const rows = await database
    .selectFrom("call")
    .select(callColumns)
    .where("funder", "=", platform.funder)
    .orderBy("apply_close_on", "desc")
    .orderBy("code")
    .execute();
  return rows.map((row) => callOf(platform, row));
};

export const callById = async (platform: Platform, database: Queryable, id: string): Promise<Call> => {
  const row = await database
    .selectFrom("call")
    .select(callColumns)
    .where("funder", "=", platform.funder)
    .where("id", "=", id)
    .executeTakeFirst();
  if (row === undefined) throw new Missing("call");
  return callOf(platform, row);
};

const judges = new WeakMap<Policy, Promise<(request: CheckRequest) => Judgement>>();

/** The judge of a call: the rules of its pack under its own dates. */
export const judgeForCall = ({ policy }: Call): Promise<(request: CheckRequest) => Judgement> => {
  const base = bases.get(policy) ?? policy;
  const judge =
    judges.get(policy) ??
    finderOf(base).then((finder) => judgeOf(policy.id, policy.programme, policy.rules, fitOf(base, finder)));
  judges.set(policy, judge);
  return judge;
};
