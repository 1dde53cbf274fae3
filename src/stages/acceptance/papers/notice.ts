import { cited } from "../../../core/guide/cited.ts";
import { civilDateOf, formatDate } from "../../../core/calendar.ts";
import { type DocumentKind, documentKinds } from "../../../core/document/kind.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import type { DocumentOrder } from "../../../platform/documents.ts";
import type { Queryable } from "../../../platform/database/connect.ts";
import { Missing } from "../../../platform/errors.ts";
import type { ApplicationFacts } from "../../application/facts.ts";
import { labelOf } from "../../application/view.ts";
import { quoteOf } from "../../call/self-check.quote.ts";
import { citedClause } from "../cited-clause.ts";
import { frozenOf } from "../frozen.ts";
import type { Told } from "../item.ts";
import { fieldTitles } from "../openable.ts";
import { afterWorkingDays, lastDayOf } from "../working-days.ts";

/** The letter that says a decision of the desk: 受理通知书, 不予受理通知书, 补正通知书, and what an appeal made of it. */

export const refusals: ReadonlySet<string> = new Set(["acceptance.refuse", "system.expireCorrection"]);

/** Longer than a page's quotation: on paper the clause cannot be looked up by a click. */
const longestClause = 300;

const kindOf = ({ action }: Told, { acceptanceNumber }: ApplicationFacts): DocumentKind => {
  if (action === "acceptance.requestCorrection") return "notice-correction";
  if (action === "acceptance.accept") return "notice-accepted";
  return action === "appeal.decide" && acceptanceNumber !== null ? "notice-accepted" : "notice-refused";
};

const causes: Readonly<Record<string, "expired" | "appeal">> = {
  "system.expireCorrection": "expired",
  "appeal.decide": "appeal",
};

/** `told`: the decision whose words are given; `found`: clauses that the rules named where it was taken. */
const reasonsOf = (policy: Policy, category: string | null, { given }: Told, found: readonly string[]) =>
  given.flatMap(({ code, fact }) => {
    const reason = policy.procedure.reasons.find((one) => one.code === code);
    if (reason === undefined) return [];
    const id = citedClause(policy, reason, category, found);
    const clause = policy.clauses.find((one) => one.id === id);
    return [
      {
        code,
        title: reason.title.zh,
        clause: cited(clause?.node ?? id),
        words: quoteOf(policy, id, longestClause)?.replace(/[；;。：]$/, "") ?? null,
        summary: clause?.summary.zh ?? "",
        fact,
      },
    ];
  });

const departmentName = async (database: Queryable, funder: string, id: string | null) =>
  id === null
    ? []
    : (
        await database
          .selectFrom("organization")
          .select("name_zh")
          .where("funder", "=", funder)
          .where("id", "=", id)
          .execute()
      ).map((one) => one.name_zh);

/**
 * What a notice is drawn from. `told`: the decisions, the latest first; `of`: which of them, by its action. Throws `Missing` before there
 * is any, and once the words have been destroyed.
 */
export const noticeOrder = async (
  database: Queryable,
  funder: string,
  facts: ApplicationFacts,
  told: readonly Told[],
  of?: string,
): Promise<DocumentOrder> => {
  const one = of === undefined ? told[0] : told.find(({ action }) => action === of);
  if (one === undefined || facts.state === "PURGED") throw new Missing("notice");
  const { policy, code } = facts.call;
  const { programme, procedure } = policy;
  // What was decided is the version of that day, whatever was filed later.
  const { content } = await frozenOf(database, funder, {
    id: facts.id,
    frozenVersion: one.version ?? facts.frozenVersion,
  });
  const category = programme.categories.find((each) => each.code === content.category);
  const field = category?.fields.find((each) => each.code === content.field);
  const kind = kindOf(one, facts);
  const cause = causes[one.action] ?? "decision";
  const label = labelOf(code, facts.number);
  // An appeal is about the first refusal; one for want of a correction, about what was to be corrected.
  const decided = cause === "appeal" ? (told.find(({ action }) => refusals.has(action)) ?? one) : one;
  const asked =
    decided.action === "system.expireCorrection"
      ? told.find(({ action }) => action === "acceptance.requestCorrection")
      : undefined;
  const titles = fieldTitles(policy, content.category, { language: "zh" });
  const lastDay = (days: number) => formatDate(lastDayOf(afterWorkingDays(one.at, days)), "zh");
  return {
    policy: policy.id,
    kind,
    code: null,
    at: one.at,
    application: facts.id,
    data: {
      author: programme.funder.zh,
      number: `${label}-${documentKinds[kind].mark}${cause === "appeal" ? "-2" : ""}`,
      guide: programme.title.zh,
      platform: programme.platform.zh,
      to: { organization: facts.organization.name, investigator: facts.investigator.name },
      project: {
        title: content.title,
        number: label,
        version: one.version ?? facts.frozenVersion ?? 1,
        category: category?.title.zh ?? "",
        field: field?.title.zh ?? "",
      },
      acceptance: kind === "notice-accepted" ? facts.acceptanceNumber : null,
      cause,
      reasons:
        kind === "notice-accepted"
          ? []
          : reasonsOf(policy, content.category, decided, (asked ?? decided).found),
      open: one.fields.map((each) => titles.get(each) ?? each),
      correction: kind === "notice-correction" ? lastDay(procedure.correction.workingDays) : null,
      appeal: refusals.has(one.action) ? lastDay(procedure.appeal.workingDays) : null,
      remark: one.notice,
      date: formatDate(civilDateOf(one.at), "zh"),
      copies: await departmentName(database, funder, facts.organization.department),
    },
  };
};
