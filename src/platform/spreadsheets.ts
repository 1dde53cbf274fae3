import { Readable } from "node:stream";
import {
  contentTypes,
  coreProperties,
  rootRelations,
  sheetName,
  workbookRelations,
  workbookXml,
  type Written,
} from "./spreadsheets/parts.ts";
import {
  type Column,
  columnName,
  type Row,
  rowLimit,
  type Rows,
  sheetXml,
  type Tally,
} from "./spreadsheets/sheet.ts";
import { stylesXml } from "./spreadsheets/styles.ts";
import { type Entry, zip } from "./spreadsheets/zip.ts";

/** Workbooks out: written row by row as they are sent, with no formula anywhere. Its own writer: exceljs streams without waiting for a slow reader, writes no inline strings and no quote prefix. */

export type { Cell, Column, Kind, Row, Rows } from "./spreadsheets/sheet.ts";

export type Sheet = {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Asked for one by one; left off (`return`) when the reader goes away. Beyond Excel's limit they go on in a further sheet. */
  readonly rows: Rows;
};

export type Workbook = {
  readonly title: string;
  /** Account that it is made for. */
  readonly author: string;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly language: "zh" | "en";
  readonly sheets: readonly Sheet[];
  /** Name and value, in a last sheet that explains: filters, where from. When, by whom and how many rows stand there anyhow. */
  readonly about?: readonly (readonly [string, string])[];
  /** Rows of one sheet; less only in tests. */
  readonly rowsPerSheet?: number;
};

export const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The bytes of an xlsx file. Memory does not grow with the rows: the next one is asked for when the reader has taken the last. */
export const writeWorkbook = (workbook: Workbook, signal?: AbortSignal): Readable =>
  Readable.from(zip(partsOf(workbook), new Date(workbook.at)), {
    objectMode: false,
    highWaterMark: 65_536,
    ...(signal === undefined ? {} : { signal }),
  });

const partsOf = async function* (workbook: Workbook): AsyncGenerator<Entry> {
  const words = sheetWords[workbook.language];
  const written: Written[] = [];
  const tally: Tally = { rows: 0, cut: 0, replaced: 0 };
  const limit = workbook.rowsPerSheet ?? rowLimit;
  for (const { name, columns, rows } of workbook.sheets) {
    const iterator = iteratorOf(rows);
    try {
      let first: Row | null = null;
      do {
        let count = 0;
        let more: Row | null = null;
        const done = (held: number, beyond: Row | null) => {
          count = held;
          more = beyond;
        };
        const part = { columns, rows: iterator, empty: words.empty, tally };
        yield {
          name: `xl/worksheets/sheet${written.length + 1}.xml`,
          content: sheetXml(part, limit, done, first),
        };
        written.push({
          name: sheetName(
            name,
            written.map((one) => one.name),
          ),
          filtered: count === 0 ? null : `$A$1:$${columnName(columns.length - 1)}$${count + 1}`,
        });
        first = more;
      } while (first !== null);
    } finally {
      await iterator.return?.();
    }
  }
  yield { name: `xl/worksheets/sheet${written.length + 1}.xml`, content: explaining(workbook, tally) };
  written.push({
    name: sheetName(
      words.about,
      written.map((one) => one.name),
    ),
    filtered: null,
  });
  yield { name: "xl/styles.xml", content: [stylesXml] };
  yield { name: "xl/workbook.xml", content: [workbookXml(written)] };
  yield { name: "xl/_rels/workbook.xml.rels", content: [workbookRelations(written)] };
  yield {
    name: "docProps/core.xml",
    content: [coreProperties(workbook.title, workbook.author, new Date(workbook.at))],
  };
  yield { name: "_rels/.rels", content: [rootRelations] };
  yield { name: "[Content_Types].xml", content: [contentTypes(written)] };
};

const iteratorOf = (rows: Rows): AsyncIterator<Row> =>
  Symbol.asyncIterator in rows
    ? rows[Symbol.asyncIterator]()
    : (async function* () {
        yield* rows;
      })();

const explaining = (
  { title, author, at, language, about = [] }: Workbook,
  tally: Tally,
): AsyncGenerator<string> => {
  const words = sheetWords[language];
  const rows: Row[] = [
    [words.title, title],
    [words.at, clock(at)],
    [words.author, author],
    [words.rows, String(tally.rows)],
    ...about,
    ...(tally.cut === 0 ? [] : [[words.cut, String(tally.cut)]]),
    ...(tally.replaced === 0 ? [] : [[words.replaced, String(tally.replaced)]]),
    [words.guard, words.guardWhy],
  ];
  const columns: Column[] = [
    { header: words.item, width: 24, kind: "text" },
    { header: words.value, width: 80, kind: "text" },
  ];
  const part = {
    columns,
    rows: iteratorOf(rows),
    empty: "",
    tally: { rows: 0, cut: 0, replaced: 0 },
    plain: true,
  };
  return sheetXml(part, rowLimit, () => undefined);
};

/** Civil time of the guide, to the minute. */
const clock = (at: number): string =>
  new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");

/** Names of files as they are given to a browser: no separators of paths, no control or direction signs. */
export const workbookName = (title: string): string => {
  const name = title
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, " ")
    .trim();
  return `${name === "" ? "workbook" : name.slice(0, 120).toWellFormed()}.xlsx`;
};

const sheetWords = {
  zh: {
    empty: "没有符合条件的记录",
    about: "说明",
    item: "项目",
    value: "内容",
    title: "清单",
    at: "导出时间（北京时间）",
    author: "导出账号",
    rows: "记录数",
    cut: "超过单元格 32,767 字上限而截断的单元格",
    replaced: "含控制字符、已换成可见符号的单元格",
    guard: "关于公式",
    guardWhy:
      "本工作簿不含任何公式。以等号、加号、减号或 @ 开头的文字（含全角）前面有一个看不见的零宽空格，另存为 CSV 后仍是文字；重新导入本平台时自动去掉。",
  },
  en: {
    empty: "No records match",
    about: "About",
    item: "Item",
    value: "Value",
    title: "List",
    at: "Exported at (Beijing time)",
    author: "Exported by",
    rows: "Records",
    cut: "Cells cut at the limit of 32,767 characters",
    replaced: "Cells with control characters, now shown as visible signs",
    guard: "Formulas",
    guardWhy:
      "This workbook holds no formula. A text that begins with =, +, - or @ (full-width too) has an invisible zero width space before it and stays text when saved as CSV; it is removed when the workbook is imported here again.",
  },
} as const;
