import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import type { Content } from "../../core/application/content.ts";
import type { Judgement } from "../../core/policy/judge.ts";
import type { Transaction } from "../../platform/database/connect.ts";
import { instantText, jsonText } from "../../platform/database/values.ts";
import { refused } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { groundsOf, judgeApplication } from "../application/casefile.ts";
import type { ApplicationFacts } from "../application/facts.ts";
import { applicationAction, onApplication } from "../application/life.ts";
import { citedClause } from "./cited-clause.ts";
import { frozenOf } from "./frozen.ts";
import { nextAcceptanceNumber } from "./number.ts";
import { tellApplicants } from "./notify.ts";
import { openableFields, reasonInput, reasonsNamed } from "./reasons.ts";
import { afterWorkingDays, lastDayOf } from "./working-days.ts";

/** Decisions of the acceptance desk. Every one of them is about the frozen version, never about the draft. */

/** All rules up to acceptance on what was filed, with what the registers say now. */
export const judgeFrozen = async (
  platform: Platform,
  tx: Transaction,
  facts: ApplicationFacts,
  now: number,
): Promise<{ readonly judgement: Judgement; readonly content: Content }> => {
  const { content } = await frozenOf(tx, platform.funder, facts);
  const judgement = await judgeApplication(platform, tx, facts, "acceptance", now, content);
  return { judgement, content };
};

const kept = (reasons: readonly { readonly code: string; readonly fact: string }[]) =>
  reasons.map(({ code, fact }) => ({ id: code, met: false, remark: fact }));

const notice = z.string().overwrite(cleanText).trim().max(4_000).default("");

export const requestCorrection = applicationAction({
  name: "acceptance.requestCorrection",
  title: { zh: "通知补正", en: "Ask for correction, once" },
  input: z.strictObject({
    ...onApplication,
    /** All defects at once, with what may be changed for each. */
    defects: z
      .array(z.strictObject({ ...reasonInput.shape, fields: z.array(z.string().max(100)).min(1).max(60) }))
      .min(1)
      .max(30),
    /** A word beside the list, for the notice. */
    notice,
  }),
  act: async ({ platform, tx, funder, input, now, facts }) => {
    if (facts.corrected)
      throw refused(
        "这项申报已经通知过一次补正，补正只有一次。请决定受理或不予受理。",
        "Correction was asked for once already, and only once. Accept or refuse.",
      );
    const { policy } = facts.call;
    const { judgement, content } = await judgeFrozen(platform, tx, facts, now);
    for (const reason of reasonsNamed(
      policy,
      input.defects.map((one) => one.code),
    ))
      if (!reason.correctable)
        throw refused(
          `“${reason.title.zh}”不能补正。请改为不予受理，或从补正中去掉这一条。`,
          `"${reason.title.en}" cannot be corrected. Refuse the application, or leave this reason out.`,
        );
    const openable = openableFields(policy, content.category);
    const fields = [...new Set(input.defects.flatMap((one) => one.fields))];
    const closed = fields.filter((one) => !openable.includes(one));
    if (closed.length > 0)
      throw refused(
        `${closed.join("、")} 不能在补正中修改。请只选清单中的内容。`,
        `${closed.join(", ")} cannot be changed in a correction. Choose from the list.`,
      );
    const due = afterWorkingDays(now, policy.procedure.correction.workingDays);
    await tellApplicants(tx, funder, facts, "correctionRequested", {
      count: input.defects.length,
      due: lastDayOf(due),
      codes: input.defects.map((one) => one.code).join(" "),
    });
    return {
      set: { corrected: true, correction_due_at: instantText(due), correction_fields: jsonText(fields) },
      decision: {
        reason: input.notice,
        codes: input.defects.map((one) => one.code),
        marks: input.defects.flatMap((one) => one.fields.map((field) => ({ field, text: one.fact }))),
        checklist: kept(input.defects),
        findings: groundsOf(judgement.findings),
      },
      body: { codes: input.defects.map((one) => one.code), due },
      result: { due, fields },
    };
  },
});

/** Who is asked to decide a finding is named by the entry; the remark is why. */
const confirmed = z.strictObject({
  rule: z.string().max(80),
  path: z.string().max(300),
  remark: z.string().overwrite(cleanText).trim().min(1).max(1_000),
});

export const acceptApplication = applicationAction({
  name: "acceptance.accept",
  title: { zh: "受理", en: "Accept" },
  input: z.strictObject({ ...onApplication, confirmations: z.array(confirmed).max(200).default([]) }),
  act: async ({ platform, tx, funder, input, now, facts }) => {
    const { call } = facts;
    if (facts.recommendedAt === null || facts.recommendedAt >= call.recommendClosesAt)
      throw refused(
        "推荐函出具时推荐时间已过，不能受理。请按“超出申报或推荐时间”不予受理。",
        "The letter was issued after the time to recommend; this cannot be accepted. Refuse it for that reason.",
      );
    const { judgement, content } = await judgeFrozen(platform, tx, facts, now);
    const errors = judgement.findings.filter((one) => one.severity === "error");
    if (errors.length > 0)
      throw refused(
        `按申报的版本重新检查，有 ${errors.length} 处不符合，不能受理。请通知补正或不予受理。`,
        `Checked again on the filed version: ${errors.length} rules are not met. Ask for correction, or refuse.`,
        groundsOf(errors),
      );
    const confirmations = judgement.findings
      .filter((one) => one.severity === "confirm")
      .map((finding) => ({
        finding,
        given: input.confirmations.find(
          (one) => one.rule === finding.rule && (one.path === finding.path || one.path === ""),
        ),
      }));
    const open = confirmations.filter((one) => one.given === undefined).map((one) => one.finding);
    if (open.length > 0)
      throw refused(
        `还有 ${open.length} 处需要你确认。请逐条写明判断后再受理。`,
        `${open.length} findings wait for your decision. Write down each judgement, then accept.`,
        groundsOf(open),
      );
    const number = await nextAcceptanceNumber(tx, funder, call.policy.programme, content.category ?? "");
    await tellApplicants(tx, funder, facts, "accepted", { number });
    return {
      set: { acceptance_number: number, decided_at: instantText(now) },
      decision: {
        checklist: confirmations.map(({ finding, given }) => ({
          id: finding.rule,
          met: true,
          remark: given?.remark ?? "",
        })),
        findings: groundsOf(judgement.findings),
      },
      body: { number, confirmed: confirmations.map((one) => one.finding.rule) },
      result: { number },
    };
  },
});

export const refuseApplication = applicationAction({
  name: "acceptance.refuse",
  title: { zh: "不予受理", en: "Refuse" },
  input: z.strictObject({ ...onApplication, reasons: z.array(reasonInput).min(1).max(30), notice }),
  act: async ({ platform, tx, funder, input, now, facts }) => {
    const { procedure } = facts.call.policy;
    const codes = input.reasons.map((one) => one.code);
    const named = reasonsNamed(facts.call.policy, codes);
    const { judgement, content } = await judgeFrozen(platform, tx, facts, now);
    const found = judgement.findings.map((one) => one.clause);
    const clauses = named.map((one) => citedClause(facts.call.policy, one, content.category, found));
    const appealDue = afterWorkingDays(now, procedure.appeal.workingDays);
    await tellApplicants(
      tx,
      funder,
      facts,
      "notAccepted",
      { codes: codes.join(" "), appeal: lastDayOf(appealDue) },
      `/acceptance/${facts.id}/notice`,
    );
    return {
      set: { decided_at: instantText(now), appeal_due_at: instantText(appealDue) },
      decision: {
        reason: input.notice,
        codes,
        checklist: kept(input.reasons),
        findings: groundsOf(judgement.findings),
      },
      body: { codes, clauses, appealDue },
      result: { appealDue },
    };
  },
});
