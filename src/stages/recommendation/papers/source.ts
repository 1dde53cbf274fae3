import { sql } from "kysely";
import { amountText } from "../../../core/application/typed.ts";
import { formatDate } from "../../../core/calendar.ts";
import type { Platform } from "../../../platform/platform.ts";
import { divisionOf } from "../../application/facts.ts";
import type { BatchFacts } from "../batch.ts";
import { creditChecksOf } from "../credit.ts";
import { numberText } from "../pieces.tsx";
import { recommendationWords } from "../words.ts";

/** What the letter and its list say, on whatever they are written. Amounts in fen; `money` the same in 万元, exact. */
export type LetterPaper = {
  readonly author: string;
  readonly owner: string;
  readonly call: string;
  readonly guide: string;
  readonly code: string;
  readonly replaces: { readonly code: string; readonly number: string | null } | null;
  readonly recalled: boolean;
  /** Null: to be written by hand. */
  readonly number: string | null;
  readonly date: string | null;
  readonly statement: string;
  readonly summary: readonly { readonly category: string; readonly count: number; readonly money: string }[];
  readonly total: { readonly count: number; readonly money: string };
  readonly credit: readonly {
    readonly unit: string;
    readonly site: string;
    readonly date: string;
    readonly result: string;
  }[];
  readonly items: readonly Item[];
};

export type Item = {
  readonly number: string;
  readonly title: string;
  readonly category: string;
  readonly field: string;
  readonly direction: string;
  readonly unit: string;
  readonly investigator: string;
  readonly grant: number;
  readonly money: string;
  readonly division: string;
};

type Row = {
  readonly number: number;
  readonly title: string;
  readonly investigator: string;
  readonly unit: string;
  readonly unitName: string;
  readonly category: string | null;
  readonly field: string | null;
  readonly direction: string | null;
  readonly grant: number | null;
};

/** What is listed, in its order: what was filed when the letter was issued, for a correction afterwards does not change what was sealed. */
const rowsOf = async ({ database, funder }: Platform, batch: string): Promise<readonly Row[]> =>
  (
    await sql<Row>`
      select a.number, v.content ->> 'title' as title, p.name as investigator, o.id as unit, o.name_zh as "unitName",
        v.content ->> 'category' as category, v.content ->> 'field' as field,
        v.content ->> 'direction' as direction, (v.content ->> 'requestedGrant')::bigint as grant
      from batch_item i
      join batch b on b.funder = i.funder and b.id = i.batch
      join application a on a.funder = i.funder and a.id = i.application
      join person p on p.funder = a.funder and p.id = a.investigator
      join organization o on o.funder = a.funder and o.id = a.lead_organization
      left join lateral (
        select d.version from decision d
        where d.funder = a.funder and d.application = a.id and d.action = 'recommendation.issue' and d.at = b.issued_at
        limit 1) issued on true
      join application_version v on v.funder = a.funder and v.application = a.id
        and v.number = coalesce(issued.version, a.frozen_version)
      where i.funder = ${funder} and i.batch = ${batch}
      order by i.sequence`.execute(database.kysely)
  ).rows;

const sum = (rows: readonly Row[]) => rows.reduce((all, one) => all + (one.grant ?? 0), 0);

const replacedBy = async ({ database, funder }: Platform, id: string | null) =>
  id === null
    ? null
    : ((await database.kysely
        .selectFrom("batch")
        .select(["code", "letter_number as number"])
        .where("funder", "=", funder)
        .where("id", "=", id)
        .executeTakeFirst()) ?? null);

/** Reads what a letter says; whether somebody may have it is asked before. */
export const letterPaper = async (platform: Platform, batch: BatchFacts): Promise<LetterPaper> => {
  const { call, department } = batch;
  const { programme, procedure } = call.policy;
  const [rows, replaces] = await Promise.all([
    rowsOf(platform, batch.id),
    replacedBy(platform, batch.replaces),
  ]);
  const units = [...new Map(rows.map((one) => [one.unit, one.unitName] as const))];
  const checks = await creditChecksOf(
    platform.database.kysely,
    platform.funder,
    call.id,
    units.map(([id]) => id),
    batch.issuedAt ?? undefined,
  );
  const words = recommendationWords({ language: "zh" });
  const site = procedure.credit.title.zh;
  const clear = units.filter(([id]) => checks.get(id)?.result === "CLEAR").length;
  return {
    author: department.name,
    owner: programme.funder.zh,
    call: call.title.zh,
    guide: programme.title.zh,
    code: batch.code,
    replaces,
    recalled: batch.state === "RECALLED",
    number: batch.letterNumber,
    date: batch.issuedOn === null ? null : formatDate(batch.issuedOn, "zh"),
    statement: batch.statement === "" ? words.letter.generated(units.length, site, clear) : batch.statement,
    summary: programme.categories.flatMap((category) => {
      const own = rows.filter((one) => one.category === category.code);
      return own.length === 0
        ? []
        : [{ category: category.title.zh, count: own.length, money: amountText(sum(own), 2) }];
    }),
    total: { count: rows.length, money: amountText(sum(rows), 2) },
    credit: units.map(([id, unit]) => {
      const check = checks.get(id);
      return {
        unit,
        site: check?.site ?? site,
        date: check === undefined ? "" : formatDate(check.checkedOn, "zh"),
        result:
          check === undefined
            ? words.department.unchecked
            : check.result === "CLEAR"
              ? words.credit.clear
              : words.credit.record,
      };
    }),
    items: rows.map((row) => {
      const category = programme.categories.find((one) => one.code === row.category);
      const field = category?.fields.find((one) => one.code === row.field);
      const division = divisionOf(programme, row.category, row.field);
      return {
        number: numberText(call.code, row.number),
        title: row.title,
        category: category?.title.zh ?? "",
        field: field?.title.zh ?? "",
        direction: field?.directions.find((one) => one.code === row.direction)?.title.zh ?? "",
        unit: row.unitName,
        investigator: row.investigator,
        grant: row.grant ?? 0,
        money: amountText(row.grant ?? 0, 2),
        division: programme.divisions.find((one) => one.code === division)?.title.zh ?? "",
      };
    }),
  };
};
