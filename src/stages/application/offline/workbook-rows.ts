import type { SheetName } from "../../../core/application/columns.ts";
import type { Bilingual } from "../../../core/policy/words.ts";
import { cellAt, type Sheet, type SheetRow } from "../../../core/workbook/sheet.ts";
import type { Writing } from "../form/writing.ts";
import { choicesOf, sheetColumns } from "./columns.ts";
import { both } from "./reading.ts";
import { type Collected, cellPlace, typedOf, codeOf, notChoice, spoken } from "./workbook-cells.ts";
import { headOfSheet } from "./workbook-head.ts";

/** A sheet of rows: members, partners, budget lines and what else has columns. */

const mostRows = 500;
const keyForm = /^[A-Za-z0-9_-]{1,40}$/;

export const readRows = (
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
