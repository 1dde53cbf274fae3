import { civilDateOf } from "../../core/calendar.ts";
import {
  type Cell,
  type Kind,
  type Sheet,
  workbookName,
  workbookType,
  writeWorkbook,
} from "../../platform/spreadsheets.ts";
import { inSlot } from "../../platform/spreadsheets/slots.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import { hourOf } from "../../ui/when.tsx";
import { type Place, say } from "../../ui/place.ts";
import type { Download, Work } from "./desk.ts";

/** Lists as workbooks. Each export is given the rows that its page shows, from the same function: it has no way of seeing more. */

export type ListColumn<Row> = readonly [header: string, width: number, kind: Kind, of: (row: Row) => Cell];

/** A list as a sheet; its rows may come one by one. */
export const listSheet = <Row>(
  name: string,
  rows: AsyncIterable<Row> | Iterable<Row>,
  columns: readonly ListColumn<Row>[],
): Sheet => ({
  name,
  columns: columns.map(([header, width, kind]) => ({ header, width, kind })),
  rows: cellsOf(rows, columns),
});

const cellsOf = async function* <Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  columns: readonly ListColumn<Row>[],
) {
  for await (const row of rows) yield columns.map(([, , , of]) => of(row));
};

/** Name and value of a filter; those that are not set are left out. */
export type Filter = readonly [name: string, value: string];

/** Nobody needs longer; who reads more slowly is let go, so that the place is free for others. */
const longest = 10 * 60_000;

/** The answer of an export route. Throws `Busy` where too many run, and what the first row throws, before anything is sent. */
export const exportList = async (
  { platform, place, viewer, now }: Work,
  title: string,
  filters: readonly Filter[],
  sheets: readonly Sheet[],
): Promise<Download> => {
  const words = exportWords(place);
  const download = await inSlot(platform, async () =>
    writeWorkbook(
      {
        title,
        author: viewer.login,
        at: now,
        language: place.language,
        sheets: await Promise.all(sheets.map(begun)),
        about: [
          ...filters
            .filter(([, value]) => value !== "")
            .map(([name, value]): Filter => [words.filter(name), value]),
          [words.scope, words.scopeWhy],
        ],
      },
      AbortSignal.timeout(longest),
    ),
  );
  return { download, filename: workbookName(`${title} ${civilDateOf(now)}`), size: null, mime: workbookType };
};

/** With its first row read: what goes wrong there is still answered in words. */
const begun = async (sheet: Sheet): Promise<Sheet> => {
  const { rows } = sheet;
  const iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  const first = await iterator.next();
  return {
    ...sheet,
    rows: (async function* () {
      try {
        for (let step = first; step.done !== true; step = await iterator.next()) yield step.value;
      } finally {
        await iterator.return?.();
      }
    })(),
  };
};

const pageSize = 1_000;

/**
 * Rows page after page, each begun after the last row of the one before. A row that moved between two pages comes once; the event
 * loop is given to others after each.
 */
export const inPages = async function* <Row extends { readonly id: string }>(
  read: (after: Row | null, most: number) => Promise<readonly Row[]>,
  most: number = pageSize,
): AsyncGenerator<Row> {
  const seen = new Set<string>();
  for (let after: Row | null = null; ;) {
    const rows: readonly Row[] = await read(after, most);
    for (const row of rows) {
      if (seen.has(row.id)) continue;
      seen.add(row.id);
      yield row;
    }
    after = rows.at(-1) ?? null;
    if (after === null || rows.length < most) return;
  }
};

/** A deadline as the pages say it, a day's end as `2024-06-30 24:00`: a text, for no clock of a cell shows that; it sorts as it is. */
export const deadlineCell = (at: number | null): string | null => {
  if (at === null) return null;
  const ends = hourOf(at) === "00:00";
  return `${civilDateOf(ends ? at - 1 : at)} ${ends ? "24:00" : hourOf(at)}`;
};

type Kinded = { readonly category: string | null; readonly field?: string | null };

/** Category and field by the names of the page's policy. */
export const kindColumns = (place: Place): readonly [ListColumn<Kinded>, ListColumn<Kinded>] => {
  const { categories } = place.policy.programme;
  const found = (row: Kinded) => categories.find((one) => one.code === row.category);
  const name = (title: Bilingual | undefined): string | null =>
    title === undefined ? null : say(place, title);
  return [
    [words[place.language].category, 20, "text", (row) => name(found(row)?.title)],
    [
      words[place.language].field,
      20,
      "text",
      (row) => name(found(row)?.fields.find((one) => one.code === row.field)?.title),
    ],
  ];
};

/** The name of a category among the filters. */
export const categoryFilter = (place: Place, code: string): Filter => {
  const found = place.policy.programme.categories.find((one) => one.code === code);
  return [words[place.language].category, found === undefined ? code : say(place, found.title)];
};

const words = {
  zh: {
    filter: (name: string) => `筛选：${name}`,
    scope: "范围",
    scopeWhy: "只含该账号在导出时能查看的记录。证件号码按页面遮盖。",
    category: "类别",
    field: "领域",
    money: (name: string) => (name.includes("万元") ? name : `${name}（万元）`),
    yes: "是",
    no: "否",
    comma: "、",
    view: "视图",
    call: "批次",
    text: "查找",
    acceptanceNumber: "受理编号",
    submittedAt: "提交时间",
    clause: "条款",
    at: "办理时间",
    done: "已清除",
    state: "状态",
  },
  en: {
    filter: (name: string) => `Filter: ${name}`,
    scope: "Scope",
    scopeWhy:
      "Only what this account could see when it was exported. Identity numbers are masked as on the page.",
    category: "Category",
    field: "Field",
    money: (name: string) => (/10,000/.test(name) ? name : `${name} (CNY 10,000)`),
    yes: "Yes",
    no: "No",
    comma: ", ",
    view: "View",
    call: "Call",
    text: "Search",
    acceptanceNumber: "Acceptance number",
    submittedAt: "Submitted",
    clause: "Clause",
    at: "Done at",
    done: "destroyed",
    state: "State",
  },
};

/** Words that several exports need. */
export const exportWords = ({ language }: Pick<Place, "language">) => words[language];
