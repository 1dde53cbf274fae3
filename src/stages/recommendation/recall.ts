import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { define } from "../../platform/action.ts";
import { instantText } from "../../platform/database/values.ts";
import { refused, Stale } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import { type ApplicationFacts, applicationFacts } from "../application/facts.ts";
import { applicationAction, move, onApplication } from "../application/life.ts";
import { batchFacts } from "./batch.ts";
import { mustBeInTime } from "./in-time.ts";
import { insertBatch, onBatch } from "./prepare.ts";
import { tellApplicants } from "./tell.ts";

const reason = z.string().overwrite(cleanText).trim().min(1).max(2_000);

/** Gone for good before the recall: they keep their end and leave the list. */
const gone = new Set(["WITHDRAWN", "PURGED"]);

/** Nobody has decided on it yet: a correction that was asked for is a decision too. */
const isUndecided = ({ state, corrected, decidedAt }: ApplicationFacts) =>
  ["RECOMMENDED", "ACCEPTANCE"].includes(state) && !corrected && decidedAt === null;

export const recallLetter = define({
  name: "recommendation.recall",
  title: { zh: "撤回推荐", en: "Recall the letter" },
  input: z.strictObject({ ...onBatch, reason }),
  load: ({ platform, tx, actor, input }) => batchFacts(platform, tx, actor, input.batch, "update"),
  subject: ({ subject }) => subject,
  effect: async ({ platform, tx, funder, actor, input, now, facts: batch, grant }) => {
    const { call } = batch;
    if (batch.version !== input.version) throw new Stale(input.version, batch.version);
    if (batch.state !== "ISSUED")
      throw refused(
        "只有已经出具的推荐函可以撤回。准备中的可以直接改动。",
        "Only a letter that was issued can be recalled; one in preparation can simply be changed.",
      );
    mustBeInTime(call, now);
    const items: ApplicationFacts[] = [];
    for (const id of batch.applications.toSorted())
      items.push(await applicationFacts(platform, tx, "system", id, "update"));
    const standing = items.filter((one) => !gone.has(one.state));
    const decided = standing.filter((one) => !isUndecided(one));
    if (decided.length > 0)
      throw refused(
        `其中 ${decided.length} 项已有受理决定或补正通知，整份推荐函不能再撤回。单项要撤的，请办理“撤回已推荐的申报”。`,
        `${decided.length} of them have been decided or asked to be corrected, so the letter cannot be recalled. Single ones can be withdrawn after recommendation.`,
      );
    await tx
      .updateTable("batch_item")
      .set({ living: false })
      .where("funder", "=", funder)
      .where("batch", "=", batch.id)
      .execute();
    for (const facts of standing) {
      await move({ tx, funder, actor, now, grant, facts }, "recommendation.recall", {
        set: { recommended_at: null, quota_group: null, division: null },
        decision: { reason: input.reason },
      });
      await tellApplicants(tx, funder, facts, "recalled", { letter: batch.letterNumber ?? "" });
    }
    await tx
      .updateTable("batch")
      .set({
        state: "RECALLED",
        version: batch.version + 1,
        recalled_at: instantText(now),
        recalled_by: actor.account ?? "",
        recall_reason: input.reason,
      })
      .where("funder", "=", funder)
      .where("id", "=", batch.id)
      .execute();
    const kept = batch.applications.filter((id) => standing.some((one) => one.id === id));
    const next = await insertBatch(tx, funder, call, batch.department.id, {
      statement: batch.statement,
      applications: kept,
      replaces: batch.id,
      account: actor.account ?? "",
      now,
    });
    await notify(tx, funder, [{ role: "PLANNING_OFFICER" }], {
      template: "letterRecalled",
      facts: { letter: batch.letterNumber ?? "", department: batch.department.name, count: kept.length },
      link: `/batches/${batch.id}`,
    });
    return {
      result: { batch: batch.id, version: batch.version + 1, state: "RECALLED" as const, prepared: next.id },
      entry: { kind: "batch", id: batch.id, body: { applications: kept, prepared: next.id } },
    };
  },
});

export const withdrawRecommended = applicationAction({
  name: "recommendation.withdraw",
  title: { zh: "撤回已推荐的申报", en: "Withdraw after recommendation" },
  input: z.strictObject({
    ...onApplication,
    reason,
    /** The unit's letter (number and date) where the investigator has not asked on the platform. */
    unitRequest: z.string().overwrite(cleanText).trim().max(200).default(""),
  }),
  act: async ({ tx, funder, input, facts }) => {
    if (facts.withdrawalRequestedAt === null && input.unitRequest === "")
      throw refused(
        "项目负责人没有在平台申请撤回。按单位来函撤回的，请填写来函的文号和日期。",
        "The investigator has not asked for withdrawal here. Where the unit asked in writing, give the number and date of its letter.",
      );
    if (facts.decidedAt !== null)
      throw refused(
        "受理已有决定，不能再撤回推荐。",
        "Acceptance has decided already; the recommendation cannot be withdrawn.",
      );
    await tellApplicants(tx, funder, facts, "withdrawnByDepartment", {});
    return {
      decision: {
        reason: input.unitRequest === "" ? input.reason : `${input.reason}（${input.unitRequest}）`,
      },
      body: { requested: facts.withdrawalRequestedAt === null ? "unit" : "investigator" },
    };
  },
});
