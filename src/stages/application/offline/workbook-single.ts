import { cellAt, type Sheet } from "../../../core/workbook/sheet.ts";
import type { Writing } from "../form/writing.ts";
import { fieldChoices, singleChoices, singleRows } from "./columns.ts";
import { workbookPlan } from "./plan.ts";
import { both } from "./reading.ts";
import { offlineWords } from "./words.ts";
import {
  type Collected,
  cellPlace,
  typedOf,
  sameWords,
  codeOf,
  notChoice,
  rowsToHead,
  spoken,
} from "./workbook-cells.ts";

/** The sheet of single answers: one line for each question, its name at the side. */

export const readSingle = (writing: Writing, sheet: Sheet, into: Collected): readonly string[] => {
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
