import { sql } from "kysely";
import { z } from "zod";
import { civilDateOf, isCivilDate, startOf } from "../../core/calendar.ts";
import { define } from "../../platform/action.ts";
import { callById } from "../../platform/calls.ts";
import { instantText } from "../../platform/database/values.ts";
import { refused } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import { ground } from "./ground.ts";

/** What an institution arranges for itself within a call: the order of its candidates, its own date, a word to the late. */

const ofUnit = { call: z.uuid(), organization: z.uuid() };

/** States in which an order still means something: before the department has recommended. */
export const rankable = ["ORG_REVIEW", "DEPT_REVIEW", "DEPT_PASSED"] as const;

export const rank = define({
  name: "endorsement.rank",
  title: { zh: "排定推荐顺序", en: "Put the candidates in order" },
  input: z.strictObject({ ...ofUnit, category: z.string().max(60), order: z.array(z.uuid()).max(1_000) }),
  load: async ({ platform, tx, funder, input }) => {
    await callById(platform, tx, input.call);
    return tx
      .selectFrom("application")
      .innerJoin("draft", (on) =>
        on.onRef("draft.funder", "=", "application.funder").onRef("draft.application", "=", "application.id"),
      )
      .select(["application.id", "application.rank"])
      .where("application.funder", "=", funder)
      .where("application.call", "=", input.call)
      .where("application.lead_organization", "=", input.organization)
      .where("application.state", "in", [...rankable])
      .where("draft.category", "=", input.category)
      .orderBy("application.id")
      .forUpdate("application")
      .execute();
  },
  subject: (_facts, { input }) => ({ organization: input.organization }),
  effect: async ({ tx, funder, input, facts }) => {
    const there = new Set(facts.map((one) => one.id));
    const given = new Set(input.order);
    if (
      given.size !== input.order.length ||
      there.size !== given.size ||
      [...given].some((id) => !there.has(id))
    )
      throw refused(
        "在你打开这一页之后，名单有了变化。请刷新，再排一次。",
        "The list changed after you opened this page. Reload it and order it again.",
      );
    for (const [index, id] of input.order.entries())
      if (facts.find((one) => one.id === id)?.rank !== index + 1)
        await tx
          .updateTable("application")
          .set({ rank: index + 1 })
          .where("funder", "=", funder)
          .where("id", "=", id)
          .execute();
    return {
      result: { ranked: input.order.length },
      entry: {
        kind: "organization",
        id: input.organization,
        body: { call: input.call, order: input.order },
      },
    };
  },
});

/** Minutes after midnight of `17:00`; a day ends at 24:00. */
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

export const setInternalDeadline = define({
  name: "endorsement.setInternalDeadline",
  title: { zh: "设定单位内部截止", en: "Set the institution's own deadline" },
  input: z.strictObject({
    ...ofUnit,
    /** The last civil day, or null for none. */
    closesOn: z.string().refine(isCivilDate, "not a date of the calendar (YYYY-MM-DD)").nullable(),
    closesAt: z
      .string()
      .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/)
      .default("24:00"),
  }),
  load: async ({ platform, tx, input }) => callById(platform, tx, input.call),
  subject: (_facts, { input }) => ({ organization: input.organization }),
  effect: async ({ tx, funder, actor, input, now, facts: call }) => {
    const { organization, closesOn } = input;
    const entry = (closeAt: number | null) => ({
      result: { closeAt },
      entry: { kind: "organization", id: organization, body: { call: call.id, closeAt } },
    });
    if (closesOn === null) {
      await tx
        .deleteFrom("internal_deadline")
        .where("funder", "=", funder)
        .where("call", "=", call.id)
        .where("organization", "=", organization)
        .execute();
      return entry(null);
    }
    const closeAt = startOf(closesOn) + minutesOf(input.closesAt) * 60_000;
    const last = civilDateOf(call.applyClosesAt - 1);
    const wrong = (zh: string, en: string) =>
      refused(zh, en, [
        ground(
          "closesOn",
          call.policy.procedure.clauses["system.lapse"] ?? "",
          `请选择今天以后、${last} 24:00 以前的时间。`,
          `Choose a time after now and not after ${last} 24:00.`,
        ),
      ]);
    if (closeAt > call.applyClosesAt)
      throw wrong(
        "内部截止不能晚于网上申报截止。",
        "The institution's deadline cannot be later than that of the call.",
      );
    if (closeAt <= now) throw wrong("内部截止不能是已经过去的时间。", "The deadline cannot be in the past.");
    const set = { close_at: instantText(closeAt), set_by: actor.account, updated_at: instantText(now) };
    await tx
      .insertInto("internal_deadline")
      .values({ funder, call: call.id, organization, ...set })
      .onConflict((on) => on.columns(["funder", "call", "organization"]).doUpdateSet(set))
      .execute();
    return entry(closeAt);
  },
});

const quietHours = 20;

export const remind = define({
  name: "endorsement.remind",
  title: { zh: "提醒未提交的负责人", en: "Remind investigators who have not submitted" },
  input: z.strictObject(ofUnit),
  load: async ({ platform, tx, input }) => callById(platform, tx, input.call),
  subject: (_facts, { input }) => ({ organization: input.organization }),
  effect: async ({ tx, funder, input, now, facts: call }) => {
    if (now >= call.applyClosesAt)
      throw refused(
        "网上申报已经截止，不需要再提醒。",
        "The call has closed; there is nobody left to remind.",
      );
    const drafts = await tx
      .selectFrom("application")
      .innerJoin("draft", (on) =>
        on.onRef("draft.funder", "=", "application.funder").onRef("draft.application", "=", "application.id"),
      )
      .select(["application.id", "application.investigator", "draft.title"])
      .where("application.funder", "=", funder)
      .where("application.call", "=", call.id)
      .where("application.lead_organization", "=", input.organization)
      .where("application.state", "in", ["DRAFT", "RETURNED_TO_PI"])
      // Nobody is written to twice a day about the same draft.
      .where((where) =>
        where.not(
          where.exists(
            where
              .selectFrom("mail")
              .select("mail.id")
              .whereRef("mail.funder", "=", "application.funder")
              .whereRef("mail.application", "=", "application.id")
              .where("mail.template", "=", "remindToSubmit")
              .where(
                sql<boolean>`mail.created_at > ${instantText(now - quietHours * 3_600_000)}::timestamptz`,
              ),
          ),
        ),
      )
      .execute();
    if (drafts.length === 0)
      throw refused(
        "没有需要提醒的草稿：都已提交，或者今天已经提醒过。",
        "Nobody to remind: all have submitted, or were reminded today.",
      );
    const own = await tx
      .selectFrom("internal_deadline")
      .select("close_at")
      .where("funder", "=", funder)
      .where("call", "=", call.id)
      .where("organization", "=", input.organization)
      .executeTakeFirst();
    for (const draft of drafts)
      await notify(tx, funder, [{ person: draft.investigator }], {
        template: "remindToSubmit",
        facts: { title: draft.title ?? "", due: own?.close_at ?? call.applyClosesAt },
        link: `/applications/${draft.id}`,
        application: draft.id,
      });
    return {
      result: { reminded: drafts.length },
      entry: {
        kind: "organization",
        id: input.organization,
        body: { call: call.id, reminded: drafts.length },
      },
    };
  },
});
