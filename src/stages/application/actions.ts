import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { changesSchema, emptyContent } from "../../core/application/content.ts";
import { define } from "../../platform/action.ts";
import { callById } from "../../platform/calls.ts";
import { instantText } from "../../platform/database/values.ts";
import { refused, Stale, Taken } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import type { Platform } from "../../platform/platform.ts";
import { attach, detach } from "./attach.ts";
import { applicant, insertApplication, mustBeOpen } from "./begin.ts";
import { groundsOf, judgeApplication } from "./casefile.ts";
import { consentsMissing } from "./consents.ts";
import { copyApplication } from "./copy.ts";
import { requestException } from "./exception.ts";
import { applicationFacts } from "./facts.ts";
import { freeze } from "./freeze.ts";
import { applicationAction, onApplication } from "./life.ts";
import { sealChanges } from "./seal.ts";
import { submitsUntil, submittedAsAt } from "./submission.ts";

/** Acts of the investigator. Saving is not among them: it is one statement, never behind the ledger (save.ts). */

export const createApplication = define({
  name: "application.create",
  title: { zh: "新建申报", en: "Begin an application" },
  input: z.strictObject({ call: z.uuid(), content: changesSchema.optional() }),
  load: async ({ platform, tx, actor, input }) => ({
    call: await callById(platform, tx, input.call),
    owner: actor.person,
  }),
  subject: ({ owner }) => (owner === null ? {} : { investigator: owner }),
  effect: async ({ platform, tx, funder, actor, input, now, facts: { call } }) => {
    mustBeOpen(call, now);
    const owner = await applicant(tx, funder, actor.person);
    const content = await sealChanges(platform, emptyContent, input.content ?? {});
    const { id, number } = await insertApplication(
      platform,
      tx,
      call,
      owner,
      content,
      actor.account ?? "",
      now,
    );
    return {
      result: { application: id, number, version: 1, draftVersion: 1 },
      entry: { kind: "application", id, body: { call: call.id, to: "DRAFT" } },
    };
  },
});

export const submitApplication = applicationAction({
  name: "application.submit",
  title: { zh: "提交给单位", en: "Submit to the institution" },
  input: z.strictObject({ ...onApplication, draftVersion: z.int().min(1) }),
  act: async ({ platform, tx, funder, actor, input, now, facts }) => {
    const { call, content } = facts;
    if (input.draftVersion !== facts.draftVersion)
      throw refused(
        "草稿在你打开这一页之后又保存过。请重新核对后再提交。",
        "The draft was saved again after you opened this page. Check it once more, then submit.",
      );
    if (now >= submitsUntil(facts))
      throw refused("提交时间已过。草稿已为你保留。", "The time to submit has passed. Your draft is kept.");
    if (call.begunBefore !== null && facts.createdAt >= call.begunBefore)
      throw refused(
        "申报期限的延长只适用于延期前已经开始填写的草稿，这项申报是之后新建的。",
        "The extension is for drafts begun before it; this one was begun later.",
      );
    const unread = Object.keys(content.unread);
    if (unread.length > 0)
      throw refused(
        `有 ${unread.length} 处填写的内容未能识别，请在表单中改正后再提交。`,
        `${unread.length} entries could not be read. Correct them in the form, then submit.`,
        unread.map((path) => unreadGround(path, content.unread[path] ?? "")),
      );
    const missing = await consentsMissing(tx, funder, facts);
    if (missing.length > 0)
      throw refused(
        `还有 ${missing.length} 位成员没有确认参加：${missing.join("、")}。请成员本人登录确认，或在成员表中勾选“已取得书面同意”。`,
        `${missing.length} members have not confirmed: ${missing.join(", ")}. They confirm by signing in, or you declare their written consent in the team sheet.`,
      );
    const judgement = await judgeApplication(platform, tx, facts, "submit", submittedAsAt(facts, now));
    if (judgement.verdict === "blocked") {
      const errors = judgement.findings.filter((one) => one.severity === "error");
      throw refused(
        `还有 ${errors.length} 处必须改，暂不能提交。草稿已保存。`,
        `${errors.length} things must be changed before this can be submitted. The draft is saved.`,
        groundsOf(judgement.findings),
      );
    }
    const { number, hash, code } = await freeze(tx, funder, actor, facts, now);
    await tx
      .insertInto("confirmation")
      .values({
        funder,
        application: facts.id,
        version: number,
        kind: "INVESTIGATOR_COMMITMENT",
        party: facts.investigator.person,
        agreed: true,
        hash,
        by: actor.account ?? "",
        at: instantText(now),
      })
      .execute();
    await notify(tx, funder, [{ role: "ORG_ADMIN", organization: facts.organization.id }], {
      template: "submitted",
      facts: { title: content.title, investigator: facts.investigator.name },
      link: `/applications/${facts.id}`,
      application: facts.id,
    });
    return {
      set: { frozen_version: number, submitted_at: instantText(now) },
      decision: { findings: groundsOf(judgement.findings) },
      body: { frozenVersion: number, hash },
      result: { version: number, hash, code },
    };
  },
  taken: (constraint, { platform }) =>
    constraint === "application_one_standing" ? secondApplication(platform) : null,
});

/** The race that the rules inside the transaction cannot see: the index decides it, in the words of the guide's own rule. */
const secondApplication = ({ policies }: Platform) => {
  const rule = policies
    .flatMap((one) => one.rules)
    .find((one) => "predicate" in one.require && one.require.predicate === "only-application");
  return new Taken(
    {
      zh: "你已有另一项申报在审，每位负责人限报一项。请先撤回那一项，或者放弃这一份草稿。",
      en: "You already have another application under way; one per investigator. Withdraw that one first, or abandon this draft.",
    },
    rule === undefined
      ? []
      : [
          {
            rule: rule.id,
            clause: rule.clauses[0] ?? "",
            severity: "error",
            overridable: false,
            path: rule.path,
            message: rule.words.summary,
          },
        ],
  );
};

const unreadGround = (path: string, typed: string) => ({
  rule: "unread",
  clause: "",
  severity: "error" as const,
  overridable: false,
  path,
  message: {
    zh: `这里填写的“${typed}”未能识别。请按提示的格式重新填写。`,
    en: `"${typed}" could not be read. Write it in the form shown in the hint.`,
  },
});

export const withdrawDraft = applicationAction({
  name: "application.withdraw",
  title: { zh: "放弃草稿", en: "Abandon the draft" },
  input: z.strictObject({ ...onApplication, reason: z.string().overwrite(cleanText).max(1_000).default("") }),
  act: async ({ input }) => ({ decision: { reason: input.reason } }),
});

/** Once it is with the institution, the investigator asks and the institution withdraws. */
export const requestWithdrawal = define({
  name: "application.requestWithdrawal",
  title: { zh: "申请撤回", en: "Ask for withdrawal" },
  input: z.strictObject({
    ...onApplication,
    reason: z.string().overwrite(cleanText).trim().min(1).max(1_000),
  }),
  load: ({ platform, tx, actor, input }) =>
    applicationFacts(platform, tx, actor, input.application, "update"),
  subject: (facts) => facts.subject,
  effect: async ({ tx, funder, input, now, facts }) => {
    if (facts.version !== input.version) throw new Stale(input.version, facts.version);
    if (!withdrawable.has(facts.state))
      throw refused(
        "现在的状态不需要申请撤回。还没有提交的草稿可以直接放弃。",
        "Nothing has to be withdrawn in this state. A draft that was never submitted can simply be abandoned.",
      );
    if (facts.withdrawalRequestedAt !== null)
      throw refused(
        "已经申请过撤回，正在等单位办理，不用再次申请。",
        "Withdrawal has been asked for already; the institution is dealing with it.",
      );
    await tx
      .updateTable("application")
      .set({
        withdrawal_requested_at: instantText(now),
        withdrawal_reason: input.reason,
        version: facts.version + 1,
      })
      .where("funder", "=", funder)
      .where("id", "=", facts.id)
      .execute();
    await notify(tx, funder, [{ role: "ORG_ADMIN", organization: facts.organization.id }], {
      template: "withdrawalRequested",
      facts: { title: facts.content.title, investigator: facts.investigator.name },
      link: `/applications/${facts.id}`,
      application: facts.id,
    });
    return {
      result: { application: facts.id, version: facts.version + 1 },
      entry: { kind: "application", id: facts.id, body: { requested: "withdrawal" } },
    };
  },
});

/** States in which withdrawal is asked for. */
export const withdrawable: ReadonlySet<string> = new Set([
  "ORG_REVIEW",
  "DEPT_REVIEW",
  "DEPT_PASSED",
  "RECOMMENDED",
  "ACCEPTANCE",
  "ACCEPTED",
]);

/** Every act of the investigator, for the table of actions. */
export const applicationWriteActions = [
  createApplication,
  submitApplication,
  withdrawDraft,
  requestWithdrawal,
  requestException,
  copyApplication,
  attach,
  detach,
] as const;
