import { z } from "zod";
import { type Content, emptyContent } from "../../core/application/content.ts";
import { formOf } from "../../core/application/worded.ts";
import { leaves } from "../../core/policy/programme.ts";
import { define } from "../../platform/action.ts";
import { type Call, callById } from "../../platform/calls.ts";
import { refused } from "../../platform/errors.ts";
import { applicant, insertApplication, mustBeOpen } from "./begin.ts";
import { applicationFacts } from "./facts.ts";

const ended: ReadonlySet<string> = new Set([
  "ORG_REJECTED",
  "DEPT_REJECTED",
  "NOT_ACCEPTED",
  "NOT_AWARDED",
  "WITHDRAWN",
  "LAPSED",
]);

/** What of an earlier application still holds for another call; statements are made anew for what is submitted. */
const carriedOver = (content: Content, from: Call, to: Call): Content => {
  const category = to.policy.programme.categories.find((one) => one.code === content.category);
  const field = category?.fields.find((one) => one.code === content.field);
  const direction = field && leaves(field).find((one) => one.code === content.direction);
  const asked = new Set(
    (formOf(to.policy, category?.code ?? null)?.sections ?? []).flatMap((section) =>
      section.questions.map(({ path }) => path),
    ),
  );
  return {
    ...content,
    category: category?.code ?? null,
    field: field?.code ?? null,
    direction: direction?.code ?? null,
    periodEnd: from.policy.id === to.policy.id ? content.periodEnd : null,
    sections: Object.fromEntries(
      Object.entries(content.sections).filter(
        ([id]) => category === undefined || asked.has(`sections.${id}`),
      ),
    ),
    declarations: emptyContent.declarations,
    members: content.members.map((one) => ({ ...one, consent: null })),
    preferences: content.preferences.filter(({ claim }) =>
      to.policy.procedure.preferences.some((one) => one.id === claim),
    ),
  };
};

export const copyApplication = define({
  name: "application.copy",
  title: { zh: "复制为新申报", en: "Copy into a new application" },
  input: z.strictObject({ application: z.uuid(), call: z.uuid() }),
  load: async ({ platform, tx, actor, input }) => ({
    source: await applicationFacts(platform, tx, actor, input.application),
    call: await callById(platform, tx, input.call),
  }),
  subject: ({ source }) => source.subject,
  effect: async ({ platform, tx, funder, actor, now, facts: { source, call } }) => {
    const closed = source.state === "DRAFT" && now >= source.call.applyClosesAt;
    if (!ended.has(source.state) && !closed)
      throw refused(
        "只有已经结束的申报可以复制。正在办理的，请继续原来那一项。",
        "Only an application that has ended can be copied. Go on with the one under way.",
      );
    mustBeOpen(call, now);
    const owner = await applicant(tx, funder, actor.person);
    const content = carriedOver(source.content, source.call, call);
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
      entry: { kind: "application", id, body: { call: call.id, copyOf: source.id, to: "DRAFT" } },
    };
  },
});
