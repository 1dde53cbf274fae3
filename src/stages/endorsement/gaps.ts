import type { Finding } from "../../core/policy/judge.ts";
import type { Queryable } from "../../platform/database/connect.ts";
import type { Ground } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { groundsOf, judgeApplication } from "../application/casefile.ts";
import type { ApplicationFacts } from "../application/facts.ts";
import { type Confirmation, confirmationsOf } from "./confirmations.ts";
import { ground } from "./ground.ts";
import { type QuotaUse, quotaUseOf, usedOf } from "./quota.ts";

/** Until when the institution may approve: what came back from the department has the department's time (A4 Q1). */
export const closesOf = ({ call, endorsedAt }: ApplicationFacts): number =>
  endorsedAt === null ? call.applyClosesAt : call.recommendClosesAt;

/** What stands before an approval, beside the checklist: one look, used by the page and by the act itself. */
export type Readiness = {
  readonly confirmations: readonly Confirmation[];
  readonly findings: readonly Finding[];
  /** How many rules are met. */
  readonly met: number;
  /** What holds it up, each with its clause. */
  readonly gaps: readonly Ground[];
  /** The quota of its category, null where the category is not limited. */
  readonly quota: QuotaUse | null;
  /** Approving would go beyond the places of the group. */
  readonly overQuota: boolean;
};

const confirmationGaps = (confirmations: readonly Confirmation[]): readonly Ground[] =>
  confirmations.flatMap(({ kind, title, clause, officers, given }) => {
    if (given?.agreed === true) return [];
    const who = officers.length === 0 ? "" : officers.join("、");
    if (given !== null)
      return [
        ground(
          kind,
          clause,
          `“${title.zh}”：${given.by} 没有同意，理由是“${given.remark}”。请与其商定，或退回负责人修改。`,
          `${title.en}: ${given.by} did not agree ("${given.remark}"). Settle it with them, or return the application.`,
        ),
      ];
    return [
      ground(
        kind,
        clause,
        `“${title.zh}”还没有办理。${who === "" ? "请先在单位人员中指定办理人。" : `请 ${who} 办理。`}`,
        `${title.en} is outstanding. ${who === "" ? "Name somebody for it under People." : `${who} can do it.`}`,
      ),
    ];
  });

/** Reads everything that an approval depends on. `now`: milliseconds since 1970 UTC. */
export const readinessOf = async (
  platform: Platform,
  database: Queryable,
  facts: ApplicationFacts,
  now: number,
): Promise<Readiness> => {
  const { funder } = platform;
  // The judge knows the date of applying only; an application that came back keeps its place in time.
  const at = facts.endorsedAt === null ? now : Math.min(now, facts.call.applyClosesAt - 1);
  const [confirmations, judgement, uses] = await Promise.all([
    confirmationsOf(database, funder, facts),
    judgeApplication(platform, database, facts, "institution_review", at),
    quotaUseOf(database, funder, facts.call, facts.organization.id),
  ]);
  const quota = uses.find((one) => one.category === facts.content.category) ?? null;
  const blocking = groundsOf(judgement.findings).filter((one) => one.severity === "error");
  const waiting = confirmationGaps(confirmations);
  // The seal is the unit's commitment: one thing that is missing is said once.
  const sealed = !waiting.some((one) => one.rule === "SEAL");
  return {
    confirmations,
    findings: judgement.findings.filter((one) => sealed || one.path !== "commitments"),
    met: judgement.met.length,
    gaps: [...waiting, ...blocking.filter((one) => sealed || one.path !== "commitments")],
    quota,
    overQuota: quota !== null && usedOf(quota) >= quota.limit,
  };
};
