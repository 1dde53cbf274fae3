import type { Column, SheetName } from "../../../core/application/columns.ts";
import type { Sheet } from "../../../core/workbook/sheet.ts";
import type { Writing } from "../form/writing.ts";
import { headText } from "./columns.ts";
import { both } from "./reading.ts";
import { offlineWords } from "./words.ts";
import { type Collected, cellPlace, sameWords, rowsToHead, spoken } from "./workbook-cells.ts";

type Head = {
  readonly row: number;
  readonly columns: ReadonlyMap<string, number>;
  readonly key: number | null;
};

/** The row that names the columns: the one of the first rows with most of their names. */
export const headOfSheet = (
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
