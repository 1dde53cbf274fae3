import { numberText } from "../../../core/application/typed.ts";
import type { Bilingual } from "../../../core/policy/words.ts";
import type { Cell, Sheet } from "../../../core/workbook/sheet.ts";
import { languages } from "../../../ui/place.ts";
import type { Writing } from "../form/writing.ts";
import type { Choice } from "./columns.ts";
import { speaking } from "./plan.ts";
import { both, type Reading } from "./reading.ts";

/** Cells of a workbook as somebody typed them, and what is collected from them. */

export type Collected = {
  readonly fields: [string, string][];
  readonly faults: Reading["faults"];
  readonly notices: Reading["notices"];
  readonly placeOf: Map<string, Bilingual & { zh: string; en: string }>;
};

export const cellPlace = (sheet: Sheet, address: string) =>
  both(`${sheet.name} ${address}`, `${sheet.name} ${address}`);

/** What a cell says as typed text; what a spreadsheet worked out or lost is a fault. */
export const typedOf = (
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

const folded = (text: string): string => text.normalize("NFKC").replaceAll(/\s/g, "").toLowerCase();
export const sameWords = (texts: readonly string[], text: string): boolean =>
  text !== "" && texts.some((one) => folded(one) === folded(text));

export const codeOf = (choices: readonly (readonly Choice[])[], typed: string): string | undefined =>
  choices.flat().find(({ value, text }) => folded(text) === folded(typed) || value === typed)?.value;

export const notChoice = (typed: string) =>
  both(
    `“${typed.slice(0, 60)}”不在下拉列表里。请从列表里重新选择。`,
    `“${typed.slice(0, 60)}” is not on the list. Choose from the list.`,
  );

/** Titles and notes may stand above the names of the columns. */
export const rowsToHead = 30;

export const spoken = (writing: Writing) => languages.map((one) => speaking(writing, one));
