import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { isOpened } from "../../core/application/form-place.ts";
import type { Content } from "../../core/application/content.ts";
import { instantText } from "../../platform/database/values.ts";
import { refused } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import { groundsOf, judgeApplication } from "../application/casefile.ts";
import { freeze } from "../application/freeze.ts";
import { applicationAction, onApplication } from "../application/life.ts";

/** The places of the content that differ, as a correction opens them: `title`, `budget`, `sections.route`. */
export const changedPlaces = (before: Content, after: Content): readonly string[] => {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Content>;
  return [...names].flatMap((name) => {
    if (isDeepStrictEqual(before[name], after[name])) return [];
    // What could not be read belongs to the field under which it stands.
    if (name === "unread") return [];
    if (name !== "sections") return [name];
    const ids = new Set([...Object.keys(before.sections), ...Object.keys(after.sections)]);
    return [...ids].filter((id) => before.sections[id] !== after.sections[id]).map((id) => `sections.${id}`);
  });
};

/** A14: the unit submits the corrected version and commits itself to it; only what was opened may differ from what was filed. */
export const resubmitCorrection = applicationAction({
  name: "endorsement.resubmitCorrection",
  title: { zh: "补正提交", en: "Submit the correction" },
  input: z.strictObject({
    ...onApplication,
    draftVersion: z.int().min(1),
    /** The unit answers for the corrected version as it did for the first. */
    commitment: z.literal(true, { error: "sign the unit's commitment first" }),
  }),
  act: async ({ platform, tx, funder, actor, input, now, facts }) => {
    const { call, content } = facts;
    if (facts.correctionDueAt === null || now >= facts.correctionDueAt)
      throw refused(
        "补正的期限已过，不能再提交。",
        "The time for the correction has passed; it cannot be submitted.",
      );
    if (input.draftVersion !== facts.draftVersion)
      throw refused(
        "负责人在你打开这一页之后又保存过。请重新核对后再提交。",
        "The investigator saved again after you opened this page. Check it once more, then submit.",
      );
    const unread = Object.keys(content.unread).length;
    if (unread > 0)
      throw refused(
        `有 ${unread} 处填写的内容未能识别，请负责人在表单中改正。`,
        `${unread} entries could not be read. The investigator corrects them in the form.`,
      );
    const before = await tx
      .selectFrom("application_version")
      .select("content")
      .where("funder", "=", funder)
      .where("application", "=", facts.id)
      .where("number", "=", facts.frozenVersion ?? 0)
      .executeTakeFirstOrThrow();
    const changed = changedPlaces(before.content as Content, content);
    const closed = changed.filter((one) => !isOpened(facts.correctionFields, one));
    if (closed.length > 0)
      throw refused(
        `补正只能修改通知中列出的内容，${closed.join("、")} 不在其中。请负责人改回原来的内容。`,
        `Only what the notice lists can be changed; ${closed.join(", ")} is not among it. Restore the filed content there.`,
      );
    // The date of applying was kept the first time.
    const judgement = await judgeApplication(
      platform,
      tx,
      facts,
      "institution_review",
      Math.min(now, call.applyClosesAt - 1),
    );
    if (judgement.verdict === "blocked")
      throw refused(
        "补正后的内容还有必须改的地方，暂不能提交。",
        "The corrected content still has things that must be changed.",
        groundsOf(judgement.findings),
      );
    const { number, hash, code } = await freeze(tx, funder, actor, facts, now);
    await tx
      .insertInto("confirmation")
      .values({
        funder,
        application: facts.id,
        version: number,
        kind: "ORGANIZATION_COMMITMENT",
        party: facts.organization.id,
        agreed: true,
        hash,
        by: actor.account ?? "",
        at: instantText(now),
      })
      .execute();
    await notify(tx, funder, [{ role: "ACCEPTANCE_OFFICER" }], {
      template: "corrected",
      facts: { title: content.title, organization: facts.organization.name },
      link: `/acceptance/${facts.id}`,
      application: facts.id,
    });
    await notify(tx, funder, [{ person: facts.investigator.person }], {
      template: "correctionSubmitted",
      facts: { title: content.title },
      link: `/applications/${facts.id}`,
      application: facts.id,
    });
    return {
      set: { frozen_version: number, corrected: true },
      decision: { findings: groundsOf(judgement.findings) },
      body: { frozenVersion: number, hash, changed },
      result: { version: number, hash, code, changed },
    };
  },
});
