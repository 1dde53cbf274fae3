import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { define } from "../../platform/action.ts";
import { instantText } from "../../platform/database/values.ts";
import { refused, Taken } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import { judgeApplication } from "./casefile.ts";
import { applicationFacts } from "./facts.ts";
import { writable } from "./save.ts";
import { submittedAsAt } from "./submission.ts";

/** Where the guide says 一般 or 原则上, the investigator may ask for an exception; two persons of the bureau decide. */
export const requestException = define({
  name: "application.requestException",
  title: { zh: "申请例外", en: "Ask for an exception" },
  input: z.strictObject({
    application: z.uuid(),
    rule: z.string().max(100),
    reason: z.string().overwrite(cleanText).trim().min(1).max(2_000),
  }),
  load: ({ platform, tx, actor, input }) =>
    applicationFacts(platform, tx, actor, input.application, "update"),
  subject: (facts) => facts.subject,
  effect: async ({ platform, tx, funder, actor, input, now, facts }) => {
    if (!writable.has(facts.state))
      throw refused(
        "这项申报已经提交，例外须在提交之前申请。",
        "This application has been submitted; an exception is asked for before that.",
      );
    const { findings } = await judgeApplication(platform, tx, facts, "submit", submittedAsAt(facts, now));
    const finding = findings.find(
      (one) => one.rule === input.rule && one.severity === "error" && one.overridable,
    );
    if (finding === undefined)
      throw refused(
        "现在没有可以申请例外的这一项。请回到检查页，按最新的结果办理。",
        "There is nothing of this kind to be excepted now. Go back to the check page and its latest result.",
      );
    await tx
      .insertInto("exception")
      .values({
        funder,
        application: facts.id,
        rule: finding.rule,
        clause: finding.clause,
        reason: input.reason,
        requested_by: actor.account,
        requested_at: instantText(now),
      })
      .execute();
    if (facts.division !== null)
      await notify(tx, funder, [{ role: "DIVISION_OFFICER", division: facts.division }], {
        template: "exceptionRequested",
        facts: { title: facts.content.title, investigator: facts.investigator.name },
        link: "/exceptions",
        application: facts.id,
      });
    return {
      result: { application: facts.id, rule: finding.rule, clause: finding.clause },
      entry: { kind: "application", id: facts.id, body: { exception: finding.rule, clause: finding.clause } },
    };
  },
  taken: (constraint) =>
    constraint === "exception_by_rule"
      ? new Taken({
          zh: "这一项已经申请过例外，正在等待决定，不用再次申请。",
          en: "An exception has been asked for already and waits for its decision.",
        })
      : null,
});
