import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import type { Grant } from "../../core/permission/permission.ts";
import type { Performing } from "../../platform/action.ts";
import { instantText } from "../../platform/database/values.ts";
import { Denied, refused } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import { judgeFrozen } from "../acceptance/actions.ts";
import { nextAcceptanceNumber } from "../acceptance/number.ts";
import { tellApplicants } from "../acceptance/notify.ts";
import { groundsOf } from "../application/casefile.ts";
import type { ApplicationFacts } from "../application/facts.ts";
import { applicationAction, onApplication } from "../application/life.ts";

/** 复审: once, in time, decided by somebody who had no part in the first decision. */

export const fileAppeal = applicationAction({
  name: "appeal.file",
  title: { zh: "申请复审", en: "Appeal" },
  input: z.strictObject({
    ...onApplication,
    /** Facts and clauses; scientific judgement is not appealed against. */
    grounds: z.string().overwrite(cleanText).trim().min(1).max(10_000),
  }),
  act: async ({ tx, funder, actor, input, now, facts }) => {
    const before = await tx
      .selectFrom("appeal")
      .select("id")
      .where("funder", "=", funder)
      .where("application", "=", facts.id)
      .executeTakeFirst();
    if (before !== undefined)
      throw refused(
        "这项申报已经复审过一次，复审决定是最终决定。",
        "This application has been reconsidered once; that decision is final.",
      );
    if (facts.appealDueAt === null || now >= facts.appealDueAt)
      throw refused(
        "申请复审的时间已过，不予受理的决定已经生效。",
        "The time to appeal has passed; the refusal stands.",
      );
    await tx
      .insertInto("appeal")
      .values({
        funder,
        application: facts.id,
        grounds: input.grounds,
        filed_by: actor.account ?? "",
        filed_at: instantText(now),
      })
      .execute();
    await notify(tx, funder, [{ role: "APPEAL_OFFICER" }], {
      template: "appealFiled",
      facts: { title: facts.content.title, unit: facts.organization.name },
      link: `/appeals/${facts.id}`,
      application: facts.id,
    });
    await notify(tx, funder, [{ account: facts.investigator.account }], {
      template: "appealFiledForYou",
      facts: { title: facts.content.title },
      link: `/applications/${facts.id}`,
      application: facts.id,
    });
    return { decision: { reason: input.grounds } };
  },
});

/** Everybody who had a part in the first decision, and whoever lent them the role for it. */
const firstDeciders = async (
  { tx, funder }: Pick<Performing<unknown>, "tx" | "funder">,
  facts: ApplicationFacts,
): Promise<ReadonlySet<string>> => {
  const rows = await tx
    .selectFrom("decision")
    .select(["by", "acting_for"])
    .where("funder", "=", funder)
    .where("application", "=", facts.id)
    .where("action", "in", ["acceptance.refuse", "acceptance.requestCorrection"])
    .union(
      tx
        .selectFrom("advice")
        .select(["by", "acting_for"])
        .where("funder", "=", funder)
        .where("application", "=", facts.id),
    )
    .execute();
  return new Set(rows.flatMap((one) => [one.by, one.acting_for]).filter((one) => one !== null));
};

const hadAPart = (deciders: ReadonlySet<string>, account: string | null, grant: Grant | null) =>
  [account, grant?.delegatedBy ?? null].some((one) => one !== null && deciders.has(one));

export const decideAppeal = applicationAction({
  name: "appeal.decide",
  title: { zh: "作出复审决定", en: "Decide the appeal" },
  input: z.strictObject({
    ...onApplication,
    outcome: z.enum(["upheld", "dismissed"]),
    reason: z.string().overwrite(cleanText).trim().min(1).max(10_000),
  }),
  act: async ({ platform, tx, funder, actor, input, now, facts, grant }) => {
    if (hadAPart(await firstDeciders({ tx, funder }, facts), actor.account, grant))
      throw new Denied({
        zh: "复审须由另一个人办理：你参与过这项申报的受理决定。",
        en: "Another person must decide this appeal: you had a part in the first decision.",
      });
    const { judgement, content } = await judgeFrozen(platform, tx, facts, now);
    const decision = { reason: input.reason, findings: groundsOf(judgement.findings) };
    await tx
      .updateTable("appeal")
      .set({
        outcome: input.outcome === "upheld" ? "UPHELD" : "DISMISSED",
        reason: input.reason,
        decided_by: actor.account,
        decided_at: instantText(now),
      })
      .where("funder", "=", funder)
      .where("application", "=", facts.id)
      .execute();
    if (input.outcome === "dismissed") {
      await tellApplicants(tx, funder, facts, "appealDismissed", {}, `/acceptance/${facts.id}/notice`);
      return { outcome: "dismissed", decision, set: { decided_at: instantText(now), appeal_due_at: null } };
    }
    // The appeal judged the reasons of the refusal; what the rules find beyond them has been judged by nobody.
    const refusal = await tx
      .selectFrom("decision")
      .select("codes")
      .where("funder", "=", funder)
      .where("application", "=", facts.id)
      .where("action", "in", ["acceptance.refuse", "system.expireCorrection"])
      .executeTakeFirst();
    const codes = (refusal?.codes ?? []) as readonly string[];
    const { programme, procedure } = facts.call.policy;
    const judged = new Set(
      procedure.reasons.filter((one) => codes.includes(one.code)).flatMap((one) => one.clauses),
    );
    const beyond = judgement.findings.filter((one) => one.severity === "error" && !judged.has(one.clause));
    if (beyond.length > 0)
      throw refused(
        `除原决定的理由外，重新检查还有 ${beyond.length} 处不符合，不能改为受理。`,
        `Beside the reasons of the refusal, ${beyond.length} rules are not met now; this cannot be accepted.`,
        groundsOf(beyond),
      );
    const number = await nextAcceptanceNumber(tx, funder, programme, content.category ?? "");
    await tellApplicants(tx, funder, facts, "appealUpheld", { number });
    return {
      outcome: "upheld",
      decision,
      set: { acceptance_number: number, decided_at: instantText(now), appeal_due_at: null },
      body: { number, overturned: codes },
      result: { number },
    };
  },
});
