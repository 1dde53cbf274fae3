import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { civilDateOf } from "../../core/calendar.ts";
import type { Call } from "../../platform/calls.ts";
import { define } from "../../platform/action.ts";
import { refused, Stale } from "../../platform/errors.ts";
import { type BatchFacts, batchFacts } from "./batch.ts";
import { civilDate } from "./credit.ts";
import { onBatch } from "./prepare.ts";

/** The paper original of a letter: its arrival is noted, and stops nothing (A4 Q21). */
export const logPaper = define({
  name: "recommendation.logPaper",
  title: { zh: "登记纸质原件", en: "Log the paper original" },
  input: z.strictObject({
    ...onBatch,
    receivedOn: civilDate.nullable().default(null),
    postedOn: civilDate.nullable().default(null),
    channel: z.string().overwrite(cleanText).trim().min(1).max(100),
  }),
  load: ({ platform, tx, actor, input }) => batchFacts(platform, tx, actor, input.batch, "update"),
  subject: ({ subject }) => subject,
  effect: async ({ tx, funder, actor, input, now, facts }) => {
    if (facts.version !== input.version) throw new Stale(input.version, facts.version);
    if (facts.state !== "ISSUED")
      throw refused(
        "只登记已出具的推荐函的原件。",
        "Only the original of a letter that was issued is logged.",
      );
    const { receivedOn, postedOn, channel } = input;
    const today = civilDateOf(now);
    if (receivedOn === null && postedOn === null)
      throw refused(
        "请至少填写收到日期或寄出日期。",
        "Give the day of arrival, the day of posting, or both.",
      );
    if ((receivedOn ?? today) > today || (postedOn ?? today) > today)
      throw refused("日期还没有到。请填写实际日期。", "That day has not come yet. Give the actual day.");
    if (receivedOn !== null && postedOn !== null && postedOn > receivedOn)
      throw refused("寄出日期晚于收到日期。请核对。", "Posted after it arrived? Check the two days.");
    const version = facts.version + 1;
    await tx
      .updateTable("batch")
      .set({
        version,
        paper_received_on: receivedOn,
        paper_posted_on: postedOn,
        paper_channel: channel,
        paper_logged_by: actor.account ?? "",
      })
      .where("funder", "=", funder)
      .where("id", "=", facts.id)
      .execute();
    return {
      result: { batch: facts.id, version, late: isPaperLate(facts.call, { receivedOn, postedOn }) },
      entry: { kind: "batch", id: facts.id, body: { receivedOn, postedOn } },
    };
  },
});

/** Arrived after the last day to recommend, and not posted on it or before: a flag, never a gate. */
export const isPaperLate = (
  { policy }: Call,
  paper: Pick<NonNullable<BatchFacts["paper"]>, "receivedOn" | "postedOn">,
): boolean => {
  const { closes } = policy.programme.windows.recommendation;
  return (paper.postedOn ?? paper.receivedOn ?? closes) > closes;
};
