import { type Cell, type DataValidation, default as excel, type Worksheet } from "exceljs";
import type { Column, SheetName } from "../../../core/application/columns.ts";
import { fieldsOf } from "../../../core/application/entry.ts";
import { formatMoment } from "./moment.ts";
import { say } from "../../../ui/place.ts";
import type { Writing } from "../form/writing.ts";
import {
  categoryText,
  type Choice,
  choicesOf,
  columnHint,
  fieldChoices,
  headText,
  sheetColumns,
  sheetTitle,
  singleChoices,
  singleRows,
} from "./columns.ts";
import { onlinePlan, workbookPlan } from "./plan.ts";
import type { ReadingFault } from "./reading.ts";
import { stampEntries, stampOf } from "./stamp.ts";
import { offlineWords } from "./words.ts";

/** Name of the hidden sheet that says what the workbook was made for. */
export const stampSheet = "zhinan";
const listSheet = "zhinan-lists";
/** Rows for entry, besides those that are filled in already. */
const blankRows = 60;
const headRow = 4;

const grey = { type: "pattern", pattern: "solid", fgColor: { argb: "FFF4F2ED" } } as const;
const red = { type: "pattern", pattern: "solid", fgColor: { argb: "FFF9DDE3" } } as const;
const thin = { style: "thin", color: { argb: "FFD9D3CA" } } as const;
const border = { top: thin, left: thin, bottom: thin, right: thin };
const font = { name: "宋体", size: 11 };
const bold = { ...font, bold: true };
const faint = { ...font, size: 10, color: { argb: "FF686158" } };

const wideColumns: Readonly<Record<string, number>> = {
  tasks: 36,
  explanation: 44,
  verification: 30,
  organization: 26,
  identityNo: 24,
  uscc: 24,
  code: 22,
};
const widthOf = (sheet: SheetName, { name, kind }: Column): number =>
  wideColumns[name] ?? (name === "name" && sheet !== "members" ? 30 : kind === "amount" ? 16 : 14);

/** Lists of choice in a hidden sheet, each under a name that drop-downs refer to. */
const listKeeper = (book: excel.Workbook) => {
  const sheet = book.addWorksheet(listSheet, { state: "veryHidden" });
  let column = 0;
  return (name: string, texts: readonly string[]): string => {
    column += 1;
    const letter = sheet.getColumn(column).letter;
    for (const [at, text] of texts.entries()) sheet.getCell(at + 1, column).value = text;
    book.definedNames.add(`'${listSheet}'!$${letter}$1:$${letter}$${Math.max(1, texts.length)}`, name);
    return name;
  };
};

type Put = { readonly field: string; readonly typed: string; readonly choices?: readonly Choice[] };
const plainNumber = /^-?\d{1,12}(?:\.\d{1,9})?$/;
const civilDay = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The typed text as a spreadsheet keeps it: numbers and days as such, everything else as text that no program works out. */
const putValue = (cell: Cell, kind: string, { typed, choices = [] }: Put) => {
  const text = choices.find(({ value }) => value === typed)?.text ?? typed;
  const day = kind === "date" ? civilDay.exec(text) : null;
  if (text === "") cell.value = null;
  else if (day !== null) cell.value = new Date(`${text}T00:00:00Z`);
  else if ((kind === "amount" || kind === "number") && plainNumber.test(text)) cell.value = Number(text);
  else cell.value = text;
  cell.numFmt = kind === "date" ? "yyyy-mm-dd" : kind === "amount" || kind === "number" ? "General" : "@";
};

const prompt = (title: string, text: string): Partial<DataValidation> => ({
  showInputMessage: true,
  promptTitle: title.slice(0, 32),
  prompt: text.slice(0, 255),
});

const listOf = (list: string, title: string, hint: string, error: string): DataValidation => ({
  type: "list",
  allowBlank: true,
  formulae: [list],
  showErrorMessage: true,
  errorStyle: "stop",
  errorTitle: title.slice(0, 32),
  error: error.slice(0, 225),
  ...prompt(title, hint),
});
const told = (title: string, hint: string): DataValidation => ({
  type: "textLength",
  operator: "lessThan",
  allowBlank: true,
  formulae: [32_000],
  ...prompt(title, hint),
});

const openCell = (cell: Cell) => {
  cell.protection = { locked: false };
  cell.border = border;
  cell.font = font;
  cell.alignment = { vertical: "top", wrapText: true };
};
const headCell = (cell: Cell, text: string) => {
  cell.value = text;
  cell.font = bold;
  cell.fill = grey;
  cell.border = border;
  cell.alignment = { vertical: "middle", wrapText: true };
};

/** A4, the whole width on one page. */
const page = { paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 };

const protect = (sheet: Worksheet) =>
  // Against slips, not against people: no password.
  sheet.protect("", {
    selectLockedCells: true,
    selectUnlockedCells: true,
    formatColumns: true,
    formatRows: true,
    sort: true,
    spinCount: 0,
  });

/** Texts to show instead of the draft's, and what is wrong with them: for a copy with its problems marked. */
export type Marked = {
  readonly fields: URLSearchParams;
  readonly faults: readonly ReadingFault[];
  /** As the workbook that was read has it. */
  readonly base: Readonly<Record<string, string>>;
};

const longestCell = 32_000;
/** Whether a workbook can hold these answers: a cell takes so many characters and no more. */
export const fitsWorkbook = (fields: URLSearchParams): boolean =>
  [...fields].every(([, value]) => value.length <= longestCell);

export const workbookFields = ({ facts, units }: Writing, paths: readonly string[]): URLSearchParams => {
  const fields = new URLSearchParams();
  for (const path of paths)
    for (const [name, value] of fieldsOf(facts.content, path, units)) fields.append(name, value);
  for (const name of ["field", "direction"] as const) fields.set(name, facts.content[name] ?? "");
  return fields;
};

/** The short answers and sheets of an application as a workbook to fill in. */
export const offlineWorkbook = async (writing: Writing, marked?: Marked): Promise<Buffer> => {
  const { place } = writing.frame;
  const words = offlineWords(place).workbook;
  const plan = workbookPlan(writing);
  const paths = [...plan.single, ...plan.sheets].map(({ path }) => path);
  const fields = marked?.fields ?? workbookFields(writing, paths);
  const faultsAt = new Map<string, string>();
  for (const { field, text } of marked?.faults ?? [])
    if (field !== null) faultsAt.set(field, say(place, text));
  const placeOf = new Map<string, string>();

  const book = new excel.Workbook();
  book.creator = say(place, place.policy.programme.platform);
  const guide = book.addWorksheet(words.guide);
  const list = marked === undefined ? null : book.addWorksheet(words.marks);
  const basic = book.addWorksheet(words.basic, { views: [{ state: "frozen", ySplit: headRow }] });
  const keep = listKeeper(book);

  const fill = (sheet: Worksheet, cell: Cell, kind: string, put: Put) => {
    openCell(cell);
    putValue(cell, kind, put);
    placeOf.set(put.field, `${sheet.name} ${cell.address}`);
    const fault = faultsAt.get(put.field);
    if (fault === undefined) return;
    cell.fill = red;
    cell.note = fault;
  };
  const top = (sheet: Worksheet, title: string, intro: string) => {
    sheet.getCell("A1").value = title;
    sheet.getCell("A1").font = { ...bold, size: 14 };
    sheet.getCell("A2").value = intro;
    sheet.getCell("A2").font = faint;
  };

  guide.getColumn(1).width = 80;
  Object.assign(guide.pageSetup, page);
  const lines: readonly (readonly [string, object])[] = [
    [words.title, { ...bold, size: 16 }],
    [writing.facts.content.title === "" ? writing.words.untitled : writing.facts.content.title, bold],
    [
      `${say(place, place.policy.programme.call)}　${categoryText(writing)}　${words.made(formatMoment(place.now))}`,
      faint,
    ],
    ["", font],
    ...words.rules.map((one, at) => [`${at + 1}. ${one}`, font] as const),
    ["", font],
    [
      words.online +
        onlinePlan(writing)
          .map((one) => say(place, one.title))
          .join(place.language === "zh" ? "、" : ", "),
      font,
    ],
  ];
  for (const [at, [text, look]] of lines.entries()) {
    const cell = guide.getCell(at + 1, 1);
    cell.value = text;
    cell.font = look;
    cell.alignment = { wrapText: true, vertical: "top" };
    // Rows of wrapped text do not grow by themselves in every program: about 38 wide characters stand on a line.
    guide.getRow(at + 1).height =
      at === 0 ? 30 : 19 * Math.max(1, Math.ceil(text.length / (place.language === "zh" ? 38 : 76)));
  }

  top(basic, words.basic, words.checked);
  for (const [at, [text, width]] of (
    [
      [words.label, 34],
      [words.value, 56],
      [words.hint, 44],
    ] as const
  ).entries()) {
    basic.getColumn(at + 1).width = width;
    headCell(basic.getCell(headRow, at + 1), text);
  }
  const choices = fieldChoices(writing);
  const fieldRow = { address: "" };
  for (const [at, row] of singleRows(writing, plan.single).entries()) {
    const number = headRow + 1 + at;
    headCell(basic.getCell(number, 1), row.label);
    basic.getRow(number).height = 24;
    const hint = basic.getCell(number, 3);
    hint.value = row.hint;
    hint.font = faint;
    hint.alignment = { wrapText: true, vertical: "top" };
    const cell = basic.getCell(number, 2);
    const typed = fields.get(row.name) ?? "";
    if (row.kind === "fixed") {
      headCell(cell, categoryText(writing));
      continue;
    }
    const own =
      row.kind === "field"
        ? choices
        : row.kind === "direction"
          ? choices.flatMap((one) => one.directions)
          : singleChoices(writing, row.name);
    fill(basic, cell, row.kind, { field: row.name, typed, choices: own });
    const names = own.map((one) => one.text);
    if (row.kind === "field") {
      fieldRow.address = `$B$${number}`;
      cell.dataValidation = listOf(keep("fields", names), row.label, row.hint, words.choose);
      for (const [index, field] of choices.entries())
        keep(
          `directions_${index + 1}`,
          field.directions.map((one) => one.text),
        );
    } else if (row.kind === "direction")
      cell.dataValidation = listOf(
        `INDIRECT("directions_"&MATCH(${fieldRow.address},fields,0))`,
        row.label,
        row.hint,
        words.chooseField,
      );
    else if (row.kind === "choice" && names.length > 0)
      cell.dataValidation = listOf(keep(row.name, names), row.label, row.hint, words.choose);
    else cell.dataValidation = told(row.label, row.hint);
  }
  Object.assign(basic.pageSetup, page);
  await protect(basic);

  for (const { path } of plan.sheets) {
    const title = sheetTitle(writing, path);
    const sheet = book.addWorksheet(title, { views: [{ state: "frozen", ySplit: headRow }] });
    const columns = sheetColumns(writing, path);
    top(sheet, title, writing.words.sheetIntro[path]);
    const keys = fields.getAll(`${path}.row`);
    const keyColumn = columns.length + 1;
    headCell(sheet.getCell(headRow, keyColumn), words.key);
    sheet.getColumn(keyColumn).hidden = true;
    const rows = Math.min(500, keys.length + blankRows);
    for (const [at, column] of columns.entries()) {
      sheet.getColumn(at + 1).width = widthOf(path, column);
      const head = headText(writing, path, column);
      headCell(sheet.getCell(headRow, at + 1), head);
      const own = choicesOf(writing, path, column);
      const hint = columnHint(writing, column);
      const rule =
        own.length > 0
          ? listOf(
              keep(
                `${path.replace(".", "_")}_${column.name}`,
                own.map((one) => one.text),
              ),
              head,
              hint,
              words.choose,
            )
          : told(head, hint);
      for (let index = 0; index < rows; index += 1) {
        const cell = sheet.getCell(headRow + 1 + index, at + 1);
        const key = keys[index];
        const field = key === undefined ? "" : `${path}.${key}.${column.name}`;
        fill(sheet, cell, column.kind, { field, typed: fields.get(field) ?? "", choices: own });
        cell.dataValidation = rule;
      }
    }
    for (const [index, key] of keys.entries()) {
      const cell = sheet.getCell(headRow + 1 + index, keyColumn);
      cell.value = key;
      cell.numFmt = "@";
      cell.protection = { locked: false };
    }
    sheet.getRow(headRow).height = 32;
    await protect(sheet);
    Object.assign(sheet.pageSetup, { ...page, orientation: "landscape" });
  }
  if (list !== null && marked !== undefined) {
    Object.assign(list.pageSetup, { ...page, orientation: "landscape" });
    list.getColumn(1).width = 30;
    list.getColumn(2).width = 90;
    headCell(list.getCell(1, 1), words.place);
    headCell(list.getCell(1, 2), words.problem);
    for (const [at, { place: where, field, text }] of marked.faults.entries()) {
      list.getCell(at + 2, 1).value = (field === null ? undefined : placeOf.get(field)) ?? say(place, where);
      list.getCell(at + 2, 2).value = say(place, text);
      list.getCell(at + 2, 2).alignment = { wrapText: true, vertical: "top" };
    }
  }
  const made = stampOf(writing, paths);
  const stamp = book.addWorksheet(stampSheet, { state: "veryHidden" });
  for (const entry of stampEntries({ ...made, base: marked?.base ?? made.base })) stamp.addRow([...entry]);
  return Buffer.from(await book.xlsx.writeBuffer());
};
