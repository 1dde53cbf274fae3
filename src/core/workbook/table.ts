import type { Bilingual } from "../policy/words.ts";
import { type Area, areasByRow, type Cell, columnName, type Sheet, type SheetRow } from "./sheet.ts";
import { type Choice, choiceFrom, dateFrom, numberFrom, plainText, type Read, textFrom } from "./values.ts";

/** A list in a sheet: columns are found by the words over them, wherever they stand. */

export type Column<Key extends string = string> = {
  readonly key: Key;
  readonly title: Bilingual;
  /** Other words that people put over it. */
  readonly also?: readonly string[];
  readonly kind: "text" | "number" | "date" | "choice";
  readonly choices?: readonly Choice[];
  /** Without this column there is nothing to read. */
  readonly needed: boolean;
};

/** `column`: from 1. `found`: what stood there. */
export type CellFault = {
  readonly row: number;
  readonly column: number;
  readonly found: string;
  readonly reason: Bilingual;
};

/** Each value as core/workbook/values.ts reads it; "" for an empty cell and for one with a fault. */
export type TableRow<Key extends string = string> = {
  readonly number: number;
  readonly values: Readonly<Record<Key, string>>;
  /** Columns of this row that have a fault already. */
  readonly faulty: ReadonlySet<Key>;
};

export type Table<Key extends string = string> = {
  readonly sheet: Sheet;
  /** Row of the head. */
  readonly head: number;
  /** Column of each key; those that are not there are absent. */
  readonly places: ReadonlyMap<Key, number>;
  readonly rows: readonly TableRow<Key>[];
  readonly faults: readonly CellFault[];
  /** What was left out, or is not seen on the screen. */
  readonly notes: readonly Bilingual[];
};

export type ReadTable<Key extends string> =
  | { readonly table: Table<Key> }
  /** Nothing can be read: the head is not there, lacks a column, or names one twice. */
  | { readonly problems: readonly Bilingual[] };

export type TableOptions = {
  /** `fault`: each row must say it for itself. `fill`: every cell of a merged area says what its first does. */
  readonly merged: "fault" | "fill";
  /** A row whose first cell is one of these words is an example and is left out. */
  readonly examples?: readonly string[];
};

const headWithin = 10;

export const readTable = <Key extends string>(
  sheets: readonly Sheet[],
  columns: readonly Column<Key>[],
  options: TableOptions,
): ReadTable<Key> => {
  const head = findHead(sheets, columns);
  if (head === null) return { problems: [noHead(columns)] };
  const { sheet, row, found, twice, unknown } = head;
  const problems = [
    ...columns.filter(({ key, needed }) => needed && !found.has(key)).map(({ title }) => missing(title)),
    ...twice.map(doubled),
  ];
  if (problems.length > 0) return { problems };
  const faults: CellFault[] = [];
  const rows: TableRow<Key>[] = [];
  const hiddenRows: number[] = [];
  const examples: number[] = [];
  const areasOf = areasByRow(sheet.merged);
  const masters = new Map<Area, Cell | undefined>();
  for (const line of sheet.rows) {
    const areas = areasOf(line.number);
    for (const area of areas)
      if (!masters.has(area))
        masters.set(
          area,
          line.number === area.top ? line.cells.find(({ column }) => column === area.left) : undefined,
        );
    if (line.number <= row) continue;
    if (isExample(line, options.examples ?? [])) {
      examples.push(line.number);
      continue;
    }
    const cells = new Map(line.cells.map((one) => [one.column, one]));
    const read = {} as Record<Key, string>;
    const faulty = new Set<Key>();
    let isEmpty = true;
    for (const column of columns) {
      const place = found.get(column.key);
      read[column.key] = "";
      if (place === undefined) continue;
      const area = areas.find(({ left, right }) => place >= left && place <= right);
      const cell = cells.get(place) ?? (area === undefined ? undefined : masters.get(area));
      const value =
        area !== undefined && cell !== undefined && options.merged === "fault"
          ? mergedFault(area)
          : valueOf(cell, column);
      if ("value" in value) read[column.key] = value.value;
      else {
        faulty.add(column.key);
        faults.push({ row: line.number, column: place, found: cell?.text ?? "", reason: value.fault });
      }
      if (cells.has(place) && plainText(cells.get(place)?.text ?? "") !== "") isEmpty = false;
      if (faulty.has(column.key)) isEmpty = false;
    }
    if (isEmpty) continue;
    if (line.isHidden) hiddenRows.push(line.number);
    rows.push({ number: line.number, values: read, faulty });
  }
  const hiddenColumns = columns.filter(({ key }) => sheet.hiddenColumns.includes(found.get(key) ?? 0));
  return {
    table: {
      sheet,
      head: row,
      places: found,
      rows,
      faults,
      notes: [
        ...otherSheets(sheets, sheet),
        ...(sheet.isHidden ? [hiddenSheet(sheet.name)] : []),
        ...unknown.map(leftOut),
        ...(examples.length > 0 ? [exampleRows(examples)] : []),
        ...(hiddenRows.length > 0 ? [hiddenLines(hiddenRows)] : []),
        ...hiddenColumns.map(({ title }) => hiddenColumn(title)),
      ],
    },
  };
};

const valueOf = (cell: Cell | undefined, { kind, choices = [] }: Column): Read => {
  if (kind === "number") return numberFrom(cell);
  if (kind === "date") return dateFrom(cell);
  return kind === "choice" ? choiceFrom(cell, choices) : textFrom(cell);
};

/** A word over a column without what people add: marks, spaces, a remark in brackets. */
const headWord = (text: string): string => {
  const plain = plainText(text);
  const remark = plain.search(/[([【〔]/u);
  return (remark < 0 ? plain : plain.slice(0, remark)).replace(/[\s*:·、/]/gu, "").toLowerCase();
};

type Head<Key extends string> = {
  readonly sheet: Sheet;
  readonly row: number;
  readonly found: ReadonlyMap<Key, number>;
  readonly twice: readonly string[];
  readonly unknown: readonly { readonly column: number; readonly text: string }[];
};

/** The row, among the first of any sheet, that names most columns; sheets that are seen go first. */
const findHead = <Key extends string>(
  sheets: readonly Sheet[],
  columns: readonly Column<Key>[],
): Head<Key> | null => {
  const keys = new Map(
    columns.flatMap(({ key, title, also = [] }) =>
      [title.zh, title.en, ...also].map((word) => [headWord(word), key] as const),
    ),
  );
  let best: Head<Key> | null = null;
  for (const sheet of sheets.toSorted((one, other) => Number(one.isHidden) - Number(other.isHidden)))
    for (const line of sheet.rows.filter(({ number }) => number <= headWithin)) {
      const found = new Map<Key, number>();
      const twice: string[] = [];
      const unknown: { column: number; text: string }[] = [];
      for (const { column, text } of line.cells) {
        const key = keys.get(headWord(text));
        if (key === undefined) unknown.push({ column, text });
        else if (found.has(key)) twice.push(plainText(text));
        else found.set(key, column);
      }
      if (found.size >= Math.min(2, columns.length) && found.size > (best?.found.size ?? 0))
        best = { sheet, row: line.number, found, twice, unknown };
    }
  return best;
};

const isExample = ({ cells }: SheetRow, examples: readonly string[]): boolean => {
  const first = plainText(cells[0]?.text ?? "").toLowerCase();
  return examples.includes(first);
};

const mergedFault = ({ top, left, bottom, right }: Area): Read => ({
  fault: {
    zh: `${columnName(left)}${top} 至 ${columnName(right)}${bottom} 是合并单元格，看不出这一行填的是什么。请取消合并，每一行都填上。`,
    en: `${columnName(left)}${top} to ${columnName(right)}${bottom} are merged, so this row does not say it for itself. Unmerge them and fill in every row.`,
  },
});

const noHead = (columns: readonly Column[]): Bilingual => {
  const needed = columns.filter((one) => one.needed);
  return {
    zh: `前 ${headWithin} 行里没有找到表头。表头要有：${needed.map(({ title }) => title.zh).join("、")}。请下载空白模板，把内容贴进去再上传。`,
    en: `No head was found in the first ${headWithin} rows. It must name: ${needed.map(({ title }) => title.en).join(", ")}. Paste your rows into the blank template and upload that.`,
  };
};
const missing = (title: Bilingual): Bilingual => ({
  zh: `缺少“${title.zh}”一列。请加上这一列，表头写“${title.zh}”，填好后再上传。`,
  en: `The column “${title.en}” is missing. Add it under that head, fill it in, and upload again.`,
});
const doubled = (text: string): Bilingual => ({
  zh: `表头里“${text}”出现了两次，不知道该读哪一列。请删去或改名其中一列。`,
  en: `“${text}” stands over two columns. Delete or rename one of them.`,
});
const leftOut = ({ column, text }: { readonly column: number; readonly text: string }): Bilingual => ({
  zh: `${columnName(column)} 列“${plainText(text).slice(0, 40)}”用不到，没有读入。`,
  en: `Column ${columnName(column)}, “${plainText(text).slice(0, 40)}”, is not used and was left out.`,
});
const otherSheets = (sheets: readonly Sheet[], read: Sheet): readonly Bilingual[] => {
  const rest = sheets.filter((one) => one !== read && one.rows.length > 0).map(({ name }) => name);
  if (rest.length === 0) return [];
  return [
    {
      zh: `读的是工作表“${read.name}”；${rest.map((one) => `“${one}”`).join("、")}没有读入。`,
      en: `The sheet “${read.name}” was read; ${rest.map((one) => `“${one}”`).join(", ")} left out.`,
    },
  ];
};
const hiddenSheet = (name: string): Bilingual => ({
  zh: `工作表“${name}”在文件里是隐藏的。`,
  en: `The sheet “${name}” is hidden in the file.`,
});
const hiddenColumn = (title: Bilingual): Bilingual => ({
  zh: `“${title.zh}”一列在文件里是隐藏的，也读入了。`,
  en: `The column “${title.en}” is hidden in the file and was read all the same.`,
});
const exampleRows = (rows: readonly number[]): Bilingual => ({
  zh: `第 ${spans(rows)} 行是示例，没有读入。`,
  en: `Row ${spans(rows)} is an example and was left out.`,
});
const hiddenLines = (rows: readonly number[]): Bilingual => ({
  zh: `第 ${spans(rows)} 行在文件里是隐藏的，也读入了。`,
  en: `Row ${spans(rows)} is hidden in the file and was read all the same.`,
});

/** `3–5, 9`; the first few. */
const spans = (rows: readonly number[]): string => {
  const parts: { from: number; to: number }[] = [];
  for (const row of rows) {
    const last = parts.at(-1);
    if (last !== undefined && last.to + 1 === row) last.to = row;
    else parts.push({ from: row, to: row });
  }
  const shown = parts.slice(0, 8).map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`));
  return shown.join(", ") + (parts.length > 8 ? " …" : "");
};
