import { z } from "zod";
import { endOf, instantOf, isCivilDate } from "../../core/calendar.ts";
import { define } from "../../platform/action.ts";
import { callById } from "../../platform/calls.ts";
import { instantText } from "../../platform/database/values.ts";
import { type InputFault, Invalid, Stale } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import { draftOwners } from "./extension.ts";

const day = z.string().max(40);

/**
 * 延期: one act moves all later deadlines of a call. With `begunBefore` only drafts begun before that instant go on, so that nobody
 * gains by beginning late. The text of the guide is never changed.
 */
export const extendCall = define({
  name: "call.extend",
  title: { zh: "延期", en: "Extend the call" },
  input: z.strictObject({
    call: z.uuid(),
    version: z.int().min(1),
    applyCloseOn: day,
    recommendCloseOn: day,
    acceptCloseOn: day,
    /** ISO 8601 with its offset, or null: everybody may go on. */
    begunBefore: z.string().max(40).nullable().default(null),
    reason: z.string().max(2_000),
  }),
  load: async ({ platform, tx, funder, input }) => {
    await tx
      .selectFrom("call")
      .select("id")
      .where("funder", "=", funder)
      .where("id", "=", input.call)
      .forUpdate()
      .executeTakeFirst();
    return callById(platform, tx, input.call);
  },
  subject: () => ({}),
  effect: async ({ tx, funder, input, facts: call, now }) => {
    if (call.version !== input.version) throw new Stale(input.version, call.version);
    const faults: InputFault[] = [];
    const fault = (place: string, zh: string, en: string) => faults.push({ place, reason: { zh, en } });
    const read = (place: string, value: string, before: number): string => {
      const date = value.normalize("NFKC").trim();
      if (!isCivilDate(date))
        fault(
          place,
          "请填写日历上有的日期，写法如 2020-05-06。",
          "Enter a day of the calendar, like 2020-05-06.",
        );
      else if (endOf(date) < before)
        fault(
          place,
          "延期不能把截止日期提前。请填写原来的日期或更晚的日期。",
          "An extension never brings a deadline forward. Enter the present day or a later one.",
        );
      return date;
    };
    const apply = read("applyCloseOn", input.applyCloseOn, call.applyClosesAt);
    const recommend = read("recommendCloseOn", input.recommendCloseOn, call.recommendClosesAt);
    const accept = read("acceptCloseOn", input.acceptCloseOn, call.acceptClosesAt);
    if (faults.length === 0) {
      if (recommend < apply)
        fault(
          "recommendCloseOn",
          "推荐截止不能早于申报截止。请改为申报截止当天或以后。",
          "Recommendation cannot close before applications do. Choose that day or a later one.",
        );
      if (accept < recommend)
        fault(
          "acceptCloseOn",
          "受理截止不能早于推荐截止。请改为推荐截止当天或以后。",
          "Acceptance cannot close before recommendation does. Choose that day or a later one.",
        );
      if (
        endOf(apply) === call.applyClosesAt &&
        endOf(recommend) === call.recommendClosesAt &&
        endOf(accept) === call.acceptClosesAt
      )
        fault(
          "applyCloseOn",
          "三个日期都没有变，不需要延期。请至少把一个日期改晚。",
          "None of the dates has changed. Move at least one to a later day.",
        );
      else if (endOf(accept) <= now || (endOf(apply) > call.applyClosesAt && endOf(apply) <= now))
        fault(
          "applyCloseOn",
          "延期后的日期已经过去。请填写今天或以后的日期。",
          "The new day has passed already. Enter today or a later day.",
        );
    }
    const begunBefore = input.begunBefore === null ? null : instantOf(input.begunBefore);
    if (
      input.begunBefore !== null &&
      (begunBefore === null || begunBefore > now || begunBefore < call.opensAt)
    )
      fault(
        "begunBefore",
        "“此前已开始的草稿”要写明一个已经过去、又在申报开始以后的时刻。请核对日期和时间。",
        "The instant must have passed already and lie after the opening of the call. Check date and time.",
      );
    const reason = input.reason.trim();
    if (Array.from(reason).length < 4)
      fault(
        "reason",
        "请写明延期的原因，会随通知发给申请人，并留在台账里。",
        "Say why: the reason goes out with the notice.",
      );
    if (Array.from(reason).length > 500)
      fault("reason", "原因最多 500 字，请缩短。", "Use at most 500 characters.");
    if (faults.length > 0) throw new Invalid(faults);
    const version = call.version + 1;
    await tx
      .updateTable("call")
      .set({
        apply_close_on: apply,
        recommend_close_on: recommend,
        accept_close_on: accept,
        begun_before: begunBefore === null ? null : instantText(begunBefore),
        version,
      })
      .where("funder", "=", funder)
      .where("id", "=", call.id)
      .execute();
    const owners = await draftOwners(tx, funder, call.id, begunBefore);
    await notify(
      tx,
      funder,
      owners.map((person) => ({ person })),
      { template: "callExtended", facts: { until: apply, reason }, link: "/applications" },
    );
    return {
      result: { call: call.id, version, told: owners.length },
      entry: {
        kind: "call",
        id: call.id,
        body: {
          applyCloseOn: apply,
          recommendCloseOn: recommend,
          acceptCloseOn: accept,
          begunBefore,
          version,
        },
      },
    };
  },
});

export const callActions = [extendCall] as const;
