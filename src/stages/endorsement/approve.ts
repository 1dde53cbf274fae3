import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { nextNumber } from "../../platform/counter.ts";
import { instantText } from "../../platform/database/values.ts";
import { refused } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import { groundsOf } from "../application/casefile.ts";
import { applicationAction, onApplication } from "../application/life.ts";
import { closesOf, readinessOf } from "./gaps.ts";
import { ground, groundOf } from "./ground.ts";
import { usedOf } from "./quota.ts";

/** A5: the institution answers for the application and sends it on. Its own internal date binds the applicants, never itself. */
export const approve = applicationAction({
  name: "endorsement.approve",
  title: { zh: "同意并报归口", en: "Approve and send to the department" },
  input: z.strictObject({
    ...onApplication,
    /** Ids of the checklist's points that were checked: all of them. */
    checklist: z.array(z.string().max(60)).max(100),
    /** Says that the approver knows it goes beyond the quota; the department will choose. */
    overQuota: z.boolean().default(false),
    remark: z.string().overwrite(cleanText).trim().max(1_000).default(""),
  }),
  act: async ({ platform, tx, funder, input, now, facts }) => {
    const { call, organization, content } = facts;
    if (now >= closesOf(facts)) throw tooLate(facts.endorsedAt !== null, call.policy.procedure.clauses);
    const open = call.policy.procedure.institutionChecklist.filter(
      (one) => !input.checklist.includes(one.id),
    );
    if (open.length > 0)
      throw refused(
        `核对单还有 ${open.length} 条没有勾选。请逐条核对后再同意。`,
        `${open.length} points of the checklist are not ticked. Check each, then approve.`,
        open.map(({ id, title, clause }) => groundOf(`checklist.${id}`, clause, title)),
      );
    const { gaps, findings, quota, overQuota } = await readinessOf(platform, tx, facts, now);
    if (gaps.length > 0)
      throw refused(
        `还有 ${gaps.length} 件事没有办妥，暂不能报归口。`,
        `${gaps.length} things are outstanding; it cannot be sent on yet.`,
        gaps,
      );
    if (quota !== null && overQuota && !input.overQuota)
      throw refused(
        `同意后将是 ${usedOf(quota) + 1} / ${quota.limit}，超出名额。归口管理部门只能在名额内推荐；仍要报送的，请勾选“超出名额仍报送”。`,
        `This would be ${usedOf(quota) + 1} of ${quota.limit}: beyond the quota. The department can recommend within it only; tick "send although beyond the quota" to go on.`,
        [
          ground(
            "overQuota",
            quota.clause,
            `名额 ${quota.limit} 项，已用 ${usedOf(quota)} 项，这是第 ${usedOf(quota) + 1} 项。`,
            `${quota.limit} places, ${usedOf(quota)} used; this would be number ${usedOf(quota) + 1}.`,
          ),
        ],
      );
    const number =
      facts.receiptNumber ??
      `${call.code}-S${String(await nextNumber(tx, funder, `receipt ${call.id}`)).padStart(5, "0")}`;
    const said = { title: content.title, investigator: facts.investigator.name, receipt: number };
    if (organization.department !== null)
      await notify(tx, funder, [{ role: "DEPT_REVIEWER", organization: organization.department }], {
        template: "endorsed",
        facts: { ...said, organization: organization.name },
        link: `/department/${facts.id}`,
        application: facts.id,
      });
    await notify(tx, funder, [{ person: facts.investigator.person }], {
      template: "endorsedToYou",
      facts: said,
      link: `/applications/${facts.id}`,
      application: facts.id,
    });
    return {
      set: { receipt_number: number, endorsed_at: instantText(now) },
      decision: {
        reason: input.remark,
        checklist: call.policy.procedure.institutionChecklist.map(({ id }) => ({
          id,
          met: true,
          remark: "",
        })),
        findings: groundsOf(findings),
      },
      body: { receipt: number, overQuota },
      result: { receiptNumber: number, overQuota },
    };
  },
});

const tooLate = (again: boolean, clauses: Readonly<Record<string, string>>) =>
  refused(
    again
      ? "归口推荐的时间已过，不能再报送。申报材料已为你保留。"
      : "网上申报的时间已过，不能再报归口。申报材料已为你保留。",
    again
      ? "The time for recommendation has passed; it cannot be sent on. The material is kept."
      : "The time for applications has passed; it cannot be sent on. The material is kept.",
    [
      ground(
        "at",
        clauses[again ? "recommendation.recall" : "system.lapse"] ?? "",
        "以平台服务器时间为准。",
        "The platform's own clock counts.",
      ),
    ],
  );
