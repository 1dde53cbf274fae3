import { sql } from "kysely";
import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { civilDateOf, formatDate, isCivilDate } from "../../core/calendar.ts";
import { define } from "../../platform/action.ts";
import { type Call, callById } from "../../platform/calls.ts";
import type { Queryable } from "../../platform/database/connect.ts";
import { instantText } from "../../platform/database/values.ts";
import { type Ground, Missing, refused } from "../../platform/errors.ts";
import { keepScan, scanInput } from "./scan.ts";

/** 信用核查: the department looks up each applicant once for a call, and again when it has reason to; the last look counts. */

export type CreditCheck = {
  readonly id: string;
  readonly organization: string;
  readonly site: string;
  readonly result: "CLEAR" | "RECORD";
  readonly note: string;
  readonly checkedOn: string;
  readonly evidence: string | null;
  readonly by: string;
  readonly at: number;
};

export const civilDate = z
  .string()
  .refine(isCivilDate, { error: "应为日期，如 2024-06-20 / a date such as 2024-06-20" });

export const recordCreditCheck = define({
  name: "recommendation.recordCreditCheck",
  title: { zh: "登记信用核查", en: "Record the credit check" },
  input: z.strictObject({
    call: z.uuid(),
    organization: z.uuid(),
    result: z.enum(["CLEAR", "RECORD"]),
    checkedOn: civilDate,
    note: z.string().overwrite(cleanText).trim().max(2_000).default(""),
    ...scanInput,
  }),
  load: async ({ platform, tx, funder, input }) => {
    const unit = await tx
      .selectFrom("organization")
      .select(["id", "competent_department as department"])
      .where("funder", "=", funder)
      .where("id", "=", input.organization)
      .where("kind", "=", "INSTITUTION")
      .executeTakeFirst();
    if (unit === undefined) throw new Missing("organization");
    return { unit, call: await callById(platform, tx, input.call) };
  },
  subject: ({ unit }) => ({ department: unit.department }),
  effect: async ({ platform, tx, funder, actor, input, now, facts: { unit, call } }) => {
    if (input.checkedOn > civilDateOf(now))
      throw refused(
        `核查日期 ${formatDate(input.checkedOn, "zh")} 还没有到。请填写实际查询的日期。`,
        `${formatDate(input.checkedOn, "en")} has not come yet. Give the day on which it was looked up.`,
      );
    if (input.result === "RECORD" && input.note === "")
      throw refused(
        "查到信用记录的，请写明是什么记录、何时作出，单位看得到这段说明。",
        "Where a record was found, say what it is and when it was made; the unit sees this note.",
      );
    const account = actor.account ?? "";
    const evidence = await keepScan(
      platform,
      tx,
      { funder, account, now },
      {
        of: { organization: unit.id },
        type: "CREDIT_EVIDENCE",
        filename: input.filename,
        file: input.file,
      },
    );
    const { id } = await tx
      .insertInto("credit_check")
      .values({
        funder,
        organization: unit.id,
        call: call.id,
        site: call.policy.procedure.credit.title.zh,
        result: input.result,
        note: input.note,
        checked_on: input.checkedOn,
        evidence,
        by: account,
        at: instantText(now),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return {
      result: { creditCheck: id, result: input.result },
      entry: {
        kind: "organization",
        id: unit.id,
        body: { creditCheck: id, call: call.id, result: input.result, sha256: input.file },
      },
    };
  },
});

/** The last check of each of these units for a call; `until`: as it stood then (milliseconds since 1970 UTC). */
export const creditChecksOf = async (
  database: Queryable,
  funder: string,
  call: string,
  organizations: readonly string[],
  until?: number,
): Promise<ReadonlyMap<string, CreditCheck>> => {
  if (organizations.length === 0) return new Map();
  let query = database
    .selectFrom("credit_check")
    .select(["id", "organization", "site", "result", "note", "checked_on", "evidence", "by", "at"])
    .where("funder", "=", funder)
    .where("call", "=", call)
    .where("organization", "in", [...new Set(organizations)]);
  if (until !== undefined) query = query.where("at", "<=", sql<number>`${instantText(until)}::timestamptz`);
  const rows = await query.orderBy("at").orderBy("id").execute();
  return new Map(rows.map(({ checked_on: checkedOn, ...one }) => [one.organization, { ...one, checkedOn }]));
};

/** Why the credit of a unit keeps it from being recommended, or null. */
export const creditGround = (
  { policy }: Pick<Call, "policy">,
  unit: string,
  check: CreditCheck | undefined,
): Ground | null => {
  if (check?.result === "CLEAR") return null;
  const { title, clause } = policy.procedure.credit;
  return {
    rule: "credit-check",
    clause,
    severity: "error",
    overridable: false,
    path: "leadOrganization",
    message:
      check === undefined
        ? {
            zh: `还没有在“${title.zh}”核查${unit}。请先查询，并上传查询结果的截图或 PDF。`,
            en: `${unit} has not been looked up in "${title.en}" yet. Look it up and upload a picture or PDF of the result.`,
          }
        : {
            zh: `${formatDate(check.checkedOn, "zh")}在“${title.zh}”查到${unit}的信用记录：${check.note}。有记录的不能推荐；记录已经消除的，请重新核查并登记。`,
            en: `On ${formatDate(check.checkedOn, "en")} "${title.en}" showed a record of ${unit}: ${check.note}. It cannot be recommended; if the record is gone, look it up again and record that.`,
          },
  };
};
