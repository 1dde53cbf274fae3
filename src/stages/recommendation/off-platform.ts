import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { civilDateOf } from "../../core/calendar.ts";
import { define } from "../../platform/action.ts";
import { callById } from "../../platform/calls.ts";
import { instantText } from "../../platform/database/values.ts";
import { Missing, refused, Taken } from "../../platform/errors.ts";
import { civilDate } from "./credit.ts";
import { noRoom } from "./issue.ts";
import { groupOf, lockPools, placesOf, poolOf } from "./quota.ts";

/** 平台外登记: classified projects go on paper. The platform keeps a number, a unit and a date, and their place in the quota. */

export const registerOffPlatform = define({
  name: "recommendation.registerOffPlatform",
  title: { zh: "登记平台外项目", en: "Register off the platform" },
  input: z.strictObject({
    call: z.uuid(),
    number: z.string().overwrite(cleanText).trim().min(1).max(60),
    organization: z.uuid(),
    receivedOn: civilDate,
  }),
  isolation: "serializable",
  // Every letter that commits in the same pool sends the others back once: as many as a deadline brings at once.
  retries: 40,
  load: async ({ platform, tx, funder, input }) => {
    const unit = await tx
      .selectFrom("organization")
      .select(["id", "name_zh as name", "quota_group as quotaGroup"])
      .where("funder", "=", funder)
      .where("id", "=", input.organization)
      .where("kind", "=", "INSTITUTION")
      .forShare()
      .executeTakeFirst();
    if (unit === undefined) throw new Missing("organization");
    return { unit, call: await callById(platform, tx, input.call) };
  },
  subject: () => ({}),
  effect: async ({ tx, funder, actor, input, now, facts: { unit, call } }) => {
    if (input.receivedOn > civilDateOf(now))
      throw refused("收到日期还没有到。请填写实际日期。", "That day has not come yet. Give the actual day.");
    await lockPools(tx, funder, call.id, [poolOf(unit)]);
    const [places] = await placesOf(tx, funder, call, unit);
    const full = places === undefined ? null : noRoom([{ places, items: 1 }]);
    if (places !== undefined && full !== null)
      throw new Taken(
        {
          zh: `${full.zh}请先由归口管理部门撤回一项推荐，再登记。`,
          en: `${full.en} The department recalls one recommendation first; then register this.`,
        },
        [
          {
            rule: "off-platform",
            clause: places.clause,
            severity: "error",
            overridable: false,
            path: "organization",
            message: full,
          },
        ],
      );
    const { id } = await tx
      .insertInto("off_platform")
      .values({
        funder,
        call: call.id,
        number: input.number,
        organization: unit.id,
        quota_group: groupOf(unit),
        received_on: input.receivedOn,
        entered_by: actor.account ?? "",
        entered_at: instantText(now),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return {
      result: {
        offPlatform: id,
        used: places === undefined ? null : places.used + 1,
        limit: places?.limit ?? null,
      },
      entry: { kind: "off-platform", id, body: { call: call.id, organization: unit.id } },
    };
  },
  taken: (constraint) =>
    constraint === "off_platform_funder_call_number_key"
      ? new Taken({
          zh: "这个编号已经登记过。请核对编号。",
          en: "This number is registered already. Check it.",
        })
      : null,
});

export const withdrawOffPlatform = define({
  name: "recommendation.withdrawOffPlatform",
  title: { zh: "退出平台外登记", en: "Take off the register" },
  input: z.strictObject({
    offPlatform: z.uuid(),
    reason: z.string().overwrite(cleanText).trim().min(1).max(1_000),
  }),
  load: async ({ tx, funder, input }) => {
    const row = await tx
      .selectFrom("off_platform")
      .selectAll()
      .where("funder", "=", funder)
      .where("id", "=", input.offPlatform)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw new Missing("off-platform");
    return row;
  },
  subject: () => ({}),
  effect: async ({ tx, funder, actor, input, now, facts }) => {
    if (facts.withdrawn_at !== null)
      throw refused("这一条已经退出登记，名额已释放。", "This entry is off the register already.");
    await tx
      .updateTable("off_platform")
      .set({
        withdrawn_at: instantText(now),
        withdrawn_by: actor.account ?? "",
        withdrawal_reason: input.reason,
      })
      .where("funder", "=", funder)
      .where("id", "=", facts.id)
      .execute();
    return {
      result: { offPlatform: facts.id },
      entry: { kind: "off-platform", id: facts.id, body: { call: facts.call } },
    };
  },
});
