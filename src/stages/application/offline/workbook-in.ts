import type { Column, SheetName } from "../../../core/application/columns.ts";
import { readQuestions } from "../../../core/application/entry.ts";
import { numberText } from "../../../core/application/typed.ts";
import type { Bilingual } from "../../../core/policy/words.ts";
import { type Cell, cellAt, type Sheet, type SheetRow } from "../../../core/workbook/sheet.ts";
import { languages } from "../../../ui/place.ts";
import { unreadText } from "../form/errors.ts";
import type { Writing } from "../form/writing.ts";
import {
  type Choice,
  choicesOf,
  fieldChoices,
  headText,
  sheetColumns,
  sheetTitle,
  singleChoices,
  singleRows,
} from "./columns.ts";
import { speaking, workbookPlan } from "./plan.ts";
import { both, type Reading } from "./reading.ts";
import { readStamp } from "./stamp.ts";
import { judgeStamp } from "./stamp-judge.ts";
import { stampSheet } from "./workbook-out.ts";
import { offlineWords } from "./words.ts";

/** A workbook read as answers: each cell by the words at its head or side, wherever that stands. */

const folded = (text: string): string => text.normalize("NFKC").replaceAll(/\s/g, "").toLowerCase();
const sameWords = (texts: readonly string[], text: string): boolean =>
  text !== "" && texts.some((one) => folded(one) === folded(text));

const mostRows = 500;
const rowsToHead = 30;
const keyForm = /^[A-Za-z0-9_-]{1,40}$/;

type Collected = {
  readonly fields: [string, string][];
  readonly faults: Reading["faults"];
  readonly notices: Reading["notices"];
  readonly placeOf: Map<string, Bilingual & { zh: string; en: string }>;
};

const cellPlace = (sheet: Sheet, address: string) =>
  both(`${sheet.name} ${address}`, `${sheet.name} ${address}`);

/** What a cell says as typed text; what a spreadsheet worked out or lost is a fault. */
const typedOf = (
  cell: Cell,
): { readonly typed: string } | { readonly fault: Bilingual & { zh: string; en: string } } => {
  if (cell.isMerged)
    return {
      fault: both(
        "这一格属于合并的单元格，不知道内容归哪一格。请取消合并，逐格填写。",
        "This cell is part of a merged one, so it is unclear which cell is meant. Unmerge it and fill in each cell.",
      ),
    };
  if (cell.kind === "formula")
    return {
      fault: both(
        "这一格是公式，平台不计算公式。请复制这一格，用“选择性粘贴 - 数值”粘贴回来。",
        "This cell holds a formula, which is not worked out here. Copy it and paste it back as a value.",
      ),
    };
  if (cell.kind === "error")
    return {
      fault: both(
        `这一格是表格软件的错误（${cell.text}）。请直接填写内容。`,
        `This cell shows an error of the spreadsheet (${cell.text}). Write the value itself.`,
      ),
    };
  // As a spreadsheet shows it: fifteen digits, no trace of binary fractions.
  if (cell.kind === "number") return { typed: numberText(Number(Number(cell.text).toPrecision(15))) };
  return { typed: cell.text.trim() };
};

const codeOf = (choices: readonly (readonly Choice[])[], typed: string): string | undefined =>
  choices.flat().find(({ value, text }) => folded(text) === folded(typed) || value === typed)?.value;

const notChoice = (typed: string) =>
  both(
    `“${typed.slice(0, 60)}”不在下拉列表里。请从列表里重新选择。`,
    `“${typed.slice(0, 60)}” is not on the list. Choose from the list.`,
  );

const spoken = (writing: Writing) => languages.map((one) => speaking(writing, one));

const readSingle = (writing: Writing, sheet: Sheet, into: Collected): readonly string[] => {
  const both2 = spoken(writing);
  const { single } = workbookPlan(writing);
  const heads = both2.map((one) => offlineWords(one.frame.place).workbook.value);
  const valueColumn = sheet.rows
    .slice(0, rowsToHead)
    .flatMap((row) => row.cells)
    .find((cell) => sameWords(heads, cell.text))?.column;
  const [rows = []] = both2.map((one) => singleRows(one, single));
  const labels = both2.map((one) => singleRows(one, single));
  const found = new Set<string>();
  for (const [at, { name, kind }] of rows.entries()) {
    if (kind === "fixed") continue;
    const names = labels.flatMap((one) => one[at]?.label ?? []);
    const lines = sheet.rows.flatMap((row) => {
      const label = row.cells.find((cell) => cell.column !== valueColumn && sameWords(names, cell.text));
      return label === undefined ? [] : [{ row, label }];
    });
    const [line, second] = lines;
    if (line === undefined) continue;
    if (second !== undefined)
      into.faults.push({
        place: cellPlace(sheet, second.label.address),
        field: name,
        text: both(
          `“${names[0] ?? ""}”有两行，不知道用哪一行。请删去多余的一行。`,
          `“${names[1] ?? ""}” stands twice, so it is unclear which row is meant. Remove one.`,
        ),
      });
    const cell = cellAt(line.row, valueColumn ?? line.label.column + 1);
    found.add(name);
    const address = cell?.address ?? line.label.address;
    into.placeOf.set(name, cellPlace(sheet, address));
    if (cell === undefined) {
      into.fields.push([name, ""]);
      continue;
    }
    const said = typedOf(cell);
    if ("fault" in said) {
      into.faults.push({ place: cellPlace(sheet, address), field: name, text: said.fault });
      into.fields.push([name, cell.text]);
      continue;
    }
    const choices =
      kind === "field" ? both2.map(fieldChoices) : kind === "choice" ? [singleChoices(writing, name)] : [];
    const code = said.typed === "" ? "" : codeOf(choices, said.typed);
    if (choices.flat().length > 0 && code === undefined)
      into.faults.push({ place: cellPlace(sheet, address), field: name, text: notChoice(said.typed) });
    into.fields.push([name, choices.flat().length > 0 ? (code ?? said.typed) : said.typed]);
  }
  readDirection(writing, into);
  const missing = rows.filter((one) => one.kind !== "fixed" && !found.has(one.name));
  if (missing.length > 0)
    into.notices.push(
      both(
        `“${sheet.name}”里没有找到这些行，平台上的内容保持不变：${missing.map((one) => one.label).join("、")}。`,
        `These rows were not found in “${sheet.name}”; what is on the platform stays: ${missing.map((one) => labels[1]?.find(({ name }) => name === one.name)?.label ?? one.label).join(", ")}.`,
      ),
    );
  return single
    .map(({ path }) => path)
    .filter((path) =>
      path === "direction" ? found.has("field") && found.has("direction") : found.has(path),
    );
};

/** A direction is one of the chosen field: directions of two fields may be called the same. */
const readDirection = (writing: Writing, { fields, faults, placeOf }: Collected) => {
  const at = fields.findIndex(([name]) => name === "direction");
  const [, typed = ""] = fields[at] ?? [];
  if (at < 0 || typed === "" || faults.some(({ field }) => field === "direction")) return;
  const field = fields.find(([name]) => name === "field")?.[1] ?? "";
  const own = spoken(writing).map((one) => fieldChoices(one).find(({ value }) => value === field));
  const code = codeOf(
    own.map((one) => one?.directions ?? []),
    typed,
  );
  if (code !== undefined) fields[at] = ["direction", code];
  else
    faults.push({
      place: placeOf.get("direction") ?? both("方向", "direction"),
      field: "direction",
      text:
        field === ""
          ? both("请先选领域，再选方向。", "Choose the field first, then the direction.")
          : both(
              `“${typed.slice(0, 60)}”不是领域“${own[0]?.text ?? field}”里的方向。请从列表里重新选择。`,
              `“${typed.slice(0, 60)}” is no direction of “${own[1]?.text ?? field}”. Choose from the list.`,
            ),
    });
};

type Head = {
  readonly row: number;
  readonly columns: ReadonlyMap<string, number>;
  readonly key: number | null;
};

/** The row that names the columns: the one of the first rows with most of their names. */
const headOfSheet = (
  writing: Writing,
  sheet: Sheet,
  path: SheetName,
  columns: readonly Column[],
  into: Collected,
): Head | null => {
  const speakers = spoken(writing);
  const namesOf = (column: Column) => speakers.map((one) => headText(one, path, column));
  const keys = speakers.map((one) => offlineWords(one.frame.place).workbook.key);
  const scored = sheet.rows
    .slice(0, rowsToHead)
    .map((row) => ({
      row,
      count: columns.filter((one) => row.cells.some((cell) => sameWords(namesOf(one), cell.text))).length,
    }))
    .toSorted((a, b) => b.count - a.count);
  const [best] = scored;
  if (best === undefined || best.count === 0) {
    into.faults.push({
      place: cellPlace(sheet, ""),
      field: null,
      text: both(
        `没有找到列名（${columns.map((one) => namesOf(one)[0]).join("、")}）。请保留下载时的列名一行。`,
        `The row of column names (${columns.map((one) => namesOf(one)[1]).join(", ")}) was not found. Keep it as downloaded.`,
      ),
    });
    return null;
  }
  const found = new Map<string, number>();
  for (const column of columns) {
    const cells = best.row.cells.filter((cell) => sameWords(namesOf(column), cell.text));
    const [zh = "", en = ""] = namesOf(column);
    if (cells.length > 1)
      into.faults.push({
        place: cellPlace(sheet, cells[1]?.address ?? ""),
        field: null,
        text: both(
          `列“${zh}”有两个，不知道用哪一列。请删去多余的一列。`,
          `The column “${en}” stands twice, so it is unclear which is meant. Remove one.`,
        ),
      });
    if (cells[0] === undefined)
      into.faults.push({
        place: cellPlace(sheet, String(best.row.number)),
        field: null,
        text: both(
          `缺少列“${zh}”。请按下载时的样子补上这一列，没有内容的可以空着。`,
          `The column “${en}” is missing. Put it back as downloaded; it may stay empty.`,
        ),
      });
    else found.set(column.name, cells[0].column);
  }
  const key = best.row.cells.find((cell) => sameWords(keys, cell.text))?.column ?? null;
  const strange = best.row.cells.filter(
    (cell) => cell.text.trim() !== "" && cell.column !== key && ![...found.values()].includes(cell.column),
  );
  if (strange.length > 0)
    into.notices.push(
      both(
        `“${sheet.name}”里不认识的列没有取入：${strange.map((cell) => `“${cell.text.slice(0, 20)}”`).join("、")}。`,
        `Columns of “${sheet.name}” that are not known were not taken over: ${strange.map((cell) => `“${cell.text.slice(0, 20)}”`).join(", ")}.`,
      ),
    );
  return { row: best.row.number, columns: found, key };
};

const readRows = (
  writing: Writing,
  sheet: Sheet,
  path: SheetName,
  serial: string,
  into: Collected,
): boolean => {
  const columns = sheetColumns(writing, path);
  const head = headOfSheet(writing, sheet, path, columns, into);
  if (head === null) return false;
  const speakers = spoken(writing);
  const choices = new Map(
    columns.map((column) => [column.name, speakers.map((one) => choicesOf(one, path, column))]),
  );
  const masks = new Map(writing.facts.content.members.map((one) => [one.key, one.identity?.mask ?? ""]));
  const used = new Set<string>();
  const keyOf = (row: SheetRow): string => {
    const typed = head.key === null ? "" : (cellAt(row, head.key)?.text ?? "").trim();
    const key = keyForm.test(typed) && !used.has(typed) ? typed : `w${serial}r${row.number}`;
    used.add(key);
    return key;
  };
  const rows = sheet.rows.filter(
    (row) =>
      row.number > head.row &&
      columns.some(({ name }) => (cellAt(row, head.columns.get(name) ?? 0)?.text ?? "").trim() !== ""),
  );
  if (rows.length > mostRows)
    into.faults.push({
      place: cellPlace(sheet, String(rows[mostRows]?.number ?? "")),
      field: null,
      text: both(
        `“${sheet.name}”有 ${rows.length} 行，最多 ${mostRows} 行。请删去多余的行。`,
        `“${sheet.name}” has ${rows.length} rows, ${mostRows} at most. Remove some.`,
      ),
    });
  into.fields.push([`${path}.asked`, "1"]);
  for (const row of rows.slice(0, mostRows)) {
    const key = keyOf(row);
    into.fields.push([`${path}.row`, key]);
    for (const column of columns) {
      const cell = cellAt(row, head.columns.get(column.name) ?? 0);
      if (cell === undefined) continue;
      const field = `${path}.${key}.${column.name}`;
      const place = cellPlace(sheet, cell.address);
      into.placeOf.set(field, place);
      const fault = (text: Bilingual & { zh: string; en: string }) =>
        into.faults.push({ place, field, text });
      const said = typedOf(cell);
      if ("fault" in said) {
        fault(said.fault);
        into.fields.push([field, cell.text]);
        continue;
      }
      const own = choices.get(column.name) ?? [];
      const code = codeOf(own, said.typed);
      const stored =
        column.kind === "choice" && column.values.length === 0
          ? isStored(writing, path, key, column.name, said.typed)
          : false;
      if (own.flat().length > 0 && said.typed !== "" && code === undefined && !stored)
        fault(notChoice(said.typed));
      if (column.kind === "identity") {
        if (said.typed.includes("*") && said.typed !== masks.get(key))
          fault(
            both(
              "这里只有号码的首尾几位，对不上平台上的人。请填写完整的证件号码。",
              "Only the ends of a number stand here, and they match nobody on the platform. Write the whole number.",
            ),
          );
        else if (cell.kind === "number" && said.typed.length > 15)
          fault(
            both(
              "这个号码被表格当成了数值，末几位可能已经丢失。请把这一格设为文本格式，重新填写完整号码。",
              "The spreadsheet took this number for a value and may have lost its last digits. Make the cell text and write the whole number again.",
            ),
          );
      }
      into.fields.push([field, code ?? said.typed]);
    }
  }
  return true;
};

/** Values that an older page offered stay. */
const isStored = (writing: Writing, path: SheetName, key: string, column: string, typed: string): boolean =>
  path === "partners" &&
  writing.facts.content.partners.some(
    (one) => one.key === key && (one as Readonly<Record<string, unknown>>)[column] === typed,
  );

/** What the hidden sheet says, as names and values. */
export const stampEntriesIn = (sheets: readonly Sheet[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (sheets.find((one) => one.name === stampSheet)?.rows ?? []).map((row) => [
      cellAt(row, 1)?.text ?? "",
      cellAt(row, 2)?.text ?? "",
    ]),
  );

/** Reads the answers of a workbook; nothing is guessed, every fault has its cell. */
export const readWorkbookAnswers = (writing: Writing, sheets: readonly Sheet[], name: string): Reading => {
  const { facts, units } = writing;
  const stamp = readStamp(stampEntriesIn(sheets));
  const judged = judgeStamp(writing, stamp, "workbook");
  const into: Collected = {
    fields: [],
    faults: [...judged.faults],
    notices: [...judged.notices],
    placeOf: new Map(),
  };
  const paths: string[] = [];
  const reading = (): Reading => ({
    kind: "workbook",
    name,
    fields: into.fields,
    paths,
    base: { ...stamp?.base },
    category: facts.content.category,
    faults: into.faults,
    notices: into.notices,
    revisions: [],
    version: facts.draftVersion,
  });
  if (stamp === null || judged.faults.length > 0) return reading();
  const speakers = spoken(writing);
  const sheetCalled = (names: readonly string[]) =>
    sheets.find((one) => !one.isHidden && sameWords(names, one.name)) ??
    sheets.find((one) => sameWords(names, one.name));
  const plan = workbookPlan(writing);
  const missing: string[] = [];
  const basicNames = speakers.map((one) => offlineWords(one.frame.place).workbook.basic);
  const basic = sheetCalled(basicNames);
  if (basic === undefined) missing.push(basicNames[0] ?? "");
  else paths.push(...readSingle(writing, basic, into));
  for (const { path } of plan.sheets) {
    const names = speakers.map((one) => sheetTitle(one, path));
    const sheet = sheetCalled(names);
    if (sheet === undefined) missing.push(names[0] ?? "");
    else if (readRows(writing, sheet, path, stamp.serial, into)) paths.push(path);
  }
  if (missing.length > 0)
    into.notices.push(
      both(
        `没有找到这些工作表，平台上的内容保持不变：${missing.join("、")}。`,
        `These sheets were not found; what is on the platform stays: ${missing.join(", ")}.`,
      ),
    );
  // What the form could not read either is told at its cell.
  const known = new Set(into.faults.map((one) => one.field));
  const plain = paths.filter((path) => path !== "direction");
  const { unread = {} } = readQuestions(new URLSearchParams(into.fields), plain, facts.content, units);
  for (const [field, typed] of Object.entries(unread))
    if (typed !== "" && !known.has(field)) {
      const [zh = "", en = ""] = speakers.map((one) => unreadText(one, field, typed));
      into.faults.push({ place: into.placeOf.get(field) ?? both(field, field), field, text: both(zh, en) });
    }
  return reading();
};
