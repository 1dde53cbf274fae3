import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import ExcelJS from "exceljs";
import { columnName } from "../../core/workbook/sheet.ts";
import type { BlankWorkbook, MarkedWorkbook } from "./orders.ts";
import { mostRows } from "./unreadable.ts";

/** Workbooks that people fill in, and the one they get back with remarks. No cell is ever a formula. */

const blue = "FF1A4A8F";
const head: Partial<ExcelJS.Style> = {
  font: { name: "微软雅黑", bold: true, color: { argb: "FFFFFFFF" } },
  fill: { type: "pattern", pattern: "solid", fgColor: { argb: blue } },
  alignment: { vertical: "middle", wrapText: true },
  numFmt: "@",
};
const example: Partial<ExcelJS.Style> = {
  font: { name: "微软雅黑", italic: true, color: { argb: "FF767676" } },
  numFmt: "@",
};
const faulty: Partial<ExcelJS.Style> = {
  fill: { type: "pattern", pattern: "solid", fgColor: { argb: "FFFFD9D6" } },
  border: Object.fromEntries(
    ["top", "left", "bottom", "right"].map((side) => [side, { style: "thin", color: { argb: "FFB3261E" } }]),
  ),
  numFmt: "@",
};

export const blankWorkbook = async (order: BlankWorkbook): Promise<Uint8Array> => {
  const book = new ExcelJS.Workbook();
  book.title = order.title;
  const sheet = book.addWorksheet(order.sheetName, { views: [{ state: "frozen", ySplit: 1 }] });
  const notes = book.addWorksheet(order.notesName);
  const choices = book.addWorksheet(order.choicesName);
  sheet.columns = order.columns.map(({ width }) => ({ width, style: { numFmt: "@" } }));
  const titles = sheet.addRow(order.columns.map(({ title, isNeeded }) => (isNeeded ? `${title}*` : title)));
  titles.height = 30;
  const shown = sheet.addRow(order.columns.map((one) => one.example));
  for (const [index] of order.columns.entries()) {
    titles.getCell(index + 1).style = head;
    shown.getCell(index + 1).style = example;
  }
  let listed = 0;
  for (const [index, column] of order.columns.entries()) {
    if (column.note !== "") titles.getCell(index + 1).note = column.note;
    if (column.choices.length === 0) continue;
    listed += 1;
    choices.getCell(1, listed).value = column.title;
    for (const [place, choice] of column.choices.entries()) choices.getCell(place + 2, listed).value = choice;
    choices.getColumn(listed).width = 30;
    const letter = columnName(listed);
    const here = columnName(index + 1);
    // One rule for the whole column: a rule for each cell would be most of the file.
    (
      sheet as unknown as { dataValidations: { add: (range: string, rule: ExcelJS.DataValidation) => void } }
    ).dataValidations.add(`${here}2:${here}${mostRows + 1}`, {
      type: "list",
      allowBlank: true,
      formulae: [`'${order.choicesName}'!$${letter}$2:$${letter}$${column.choices.length + 1}`],
      showErrorMessage: true,
      error: order.notInList,
    });
  }
  notes.columns = [{ width: 26 }, { width: 90 }];
  notes.addRow([order.title]).font = { name: "微软雅黑", bold: true, size: 14 };
  for (const note of order.notes) notes.addRow(["", note]);
  for (const { title, isNeeded, note } of order.columns) notes.addRow([isNeeded ? `${title}*` : title, note]);
  notes.getColumn(2).alignment = { wrapText: true, vertical: "top" };
  return new Uint8Array(await book.xlsx.writeBuffer());
};

/** Row by row, so that twenty thousand rows fit the memory of the process. */
export const markedWorkbook = async (order: MarkedWorkbook): Promise<Uint8Array> => {
  const stream = new PassThrough();
  const whole = buffer(stream);
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  const sheet = book.addWorksheet(order.sheetName);
  const last =
    1 + Math.max(1, ...order.rows.map(({ cells }) => Math.max(0, ...cells.map(({ column }) => column))));
  sheet.columns = Array.from({ length: last }, (_, index) => ({ width: index + 1 === last ? 80 : 20 }));
  for (const { number, cells, marks, problem } of order.rows) {
    const row = sheet.getRow(number);
    for (const { column, text, isNumber } of cells) {
      const cell = row.getCell(column);
      cell.value = isNumber ? Number(text) : text;
      if (number === order.head) cell.style = head;
      else if (!isNumber) cell.numFmt = "@";
    }
    for (const { column, remark } of marks) {
      const cell = row.getCell(column);
      cell.style = faulty;
      cell.note = remark;
    }
    if (number === order.head) {
      row.getCell(last).value = order.problemTitle;
      row.getCell(last).style = head;
    } else if (problem !== "") row.getCell(last).value = problem;
    row.commit();
  }
  sheet.commit();
  await book.commit();
  return new Uint8Array(await whole);
};
