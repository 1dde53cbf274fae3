import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { refused } from "../../platform/errors.ts";
import { groundsOf, judgeApplication } from "../application/casefile.ts";
import { applicationAction, onApplication } from "../application/life.ts";
import { creditChecksOf, creditGround } from "./credit.ts";
import { filedContent } from "./filed.ts";
import { mustBeInTime } from "./in-time.ts";
import { tellApplicants } from "./tell.ts";

/** 初审: what the department does with one application before it stands in a letter (A7 to A9). */

const text = (longest: number) => z.string().overwrite(cleanText).trim().max(longest);

export const returnApplication = applicationAction({
  name: "recommendation.return",
  title: { zh: "退回修改", en: "Return for amendment" },
  input: z.strictObject({
    ...onApplication,
    reason: text(4_000).min(1),
    marks: z
      .array(z.strictObject({ field: text(200).min(1), text: text(2_000).min(1) }))
      .max(100)
      .default([]),
  }),
  act: async ({ tx, funder, input, now, facts }) => {
    mustBeInTime(facts.call, now);
    await tellApplicants(tx, funder, facts, "returnedByDepartment", { marks: input.marks.length });
    return {
      decision: { reason: input.reason, marks: input.marks },
      body: { marks: input.marks.length },
    };
  },
});

export const passApplication = applicationAction({
  name: "recommendation.pass",
  title: { zh: "初审通过", en: "Pass initial review" },
  input: z.strictObject({
    ...onApplication,
    checklist: z
      .array(z.strictObject({ id: z.string().max(61), met: z.boolean(), remark: text(1_000).default("") }))
      .max(100),
  }),
  act: async ({ platform, tx, funder, input, now, facts }) => {
    const { call, organization } = facts;
    mustBeInTime(call, now);
    const { departmentChecklist } = call.policy.procedure;
    const given = new Map(input.checklist.map((one) => [one.id, one]));
    const unknown = input.checklist.filter(({ id }) => departmentChecklist.every((one) => one.id !== id));
    if (unknown.length > 0)
      throw refused(
        `核对清单里没有“${unknown.map((one) => one.id).join("、")}”。请按清单逐项核对。`,
        `"${unknown.map((one) => one.id).join(", ")}" is not on the checklist. Go through the list as it is.`,
      );
    const open = departmentChecklist.filter(({ id }) => given.get(id)?.met !== true);
    if (open.length > 0)
      throw refused(
        `核对清单还有 ${open.length} 项没有勾选。逐项核对后再通过；核对不符的，请退回修改或不予推荐。`,
        `${open.length} items of the checklist are open. Go through each; what does not hold is returned or not recommended.`,
        open.map(({ id, title, clause }) => ({
          rule: "department-checklist",
          clause,
          severity: "error",
          overridable: false,
          path: `checklist.${id}`,
          message: { zh: `未核对：${title.zh}`, en: `Not confirmed: ${title.en}` },
        })),
      );
    const checks = await creditChecksOf(tx, funder, call.id, [organization.id]);
    const credit = creditGround(call, organization.name, checks.get(organization.id));
    const content = await filedContent(tx, funder, facts);
    const { findings } = await judgeApplication(platform, tx, facts, "dept_review", now, content);
    const errors = [
      ...(credit === null ? [] : [credit]),
      ...groundsOf(findings.filter((one) => one.severity === "error")),
    ];
    if (errors.length > 0)
      throw refused(
        `有 ${errors.length} 处不符合，不能初审通过。可以补齐的请办好后再来，申报人要改的请退回修改。`,
        `${errors.length} things do not hold, so it cannot pass. Settle what you can settle; return what the applicant has to change.`,
        errors,
      );
    await tellApplicants(tx, funder, facts, "initialReviewPassed", {});
    return {
      decision: {
        checklist: departmentChecklist.map(({ id }) => ({
          id,
          met: true,
          remark: given.get(id)?.remark ?? "",
        })),
        findings: groundsOf(findings),
      },
      body: { creditCheck: checks.get(organization.id)?.id ?? null },
    };
  },
});

export const declineApplication = applicationAction({
  name: "recommendation.decline",
  title: { zh: "不予推荐", en: "Do not recommend" },
  input: z.strictObject({
    ...onApplication,
    reasons: z
      .array(z.strictObject({ code: z.string().max(10), fact: text(2_000).min(1) }))
      .min(1)
      .max(30),
    notice: text(4_000).default(""),
  }),
  act: async ({ tx, funder, input, now, facts }) => {
    mustBeInTime(facts.call, now);
    const { reasons } = facts.call.policy.procedure;
    const codes = input.reasons.map((one) => one.code);
    for (const [index, code] of codes.entries()) {
      if (reasons.every((one) => one.code !== code))
        throw refused(
          `原因代码 ${code} 不在这份指南的清单里。请从清单中选。`,
          `${code} is not among the reason codes of this guide. Choose one of the list.`,
        );
      if (codes.indexOf(code) !== index)
        throw refused(
          `原因代码 ${code} 写了两次。请把两处事实合在一起。`,
          `${code} stands twice. Put both facts together.`,
        );
    }
    await tellApplicants(tx, funder, facts, "notRecommended", { codes: codes.join(" ") });
    return {
      decision: {
        reason: input.notice,
        codes,
        checklist: input.reasons.map(({ code, fact }) => ({ id: code, met: false, remark: fact })),
      },
      body: { codes },
    };
  },
});
