import { columnsOf, type SheetName } from "../../../core/application/columns.ts";
import type { Content } from "../../../core/application/content.ts";
import { fieldsOf } from "../../../core/application/entry.ts";
import { headOf, wordOf } from "../form/answers.tsx";
import type { Writing } from "../form/writing.ts";

/** What differs between two answers, for the eye. */

export type TextPiece = { readonly kind: "same" | "old" | "new"; readonly lines: readonly string[] };

/** Beyond this many paragraphs old and new are shown whole. */
const mostLines = 400;

/** Paragraphs of two texts in their order: those in both, those of the old one, those of the new one. */
export const textDifference = (before: string, after: string): readonly TextPiece[] => {
  const [a, b] = [before, after].map((one) => (one === "" ? [] : one.split("\n"))) as [string[], string[]];
  const pieces: { kind: TextPiece["kind"]; lines: string[] }[] = [];
  const put = (kind: TextPiece["kind"], line: string) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else pieces.push({ kind, lines: [line] });
  };
  if (a.length > mostLines || b.length > mostLines) {
    for (const line of a) put("old", line);
    for (const line of b) put("new", line);
    return pieces;
  }
  // Longest common sequence of paragraphs, from the end.
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      longest[i * width + j] =
        a[i] === b[j]
          ? (longest[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(longest[(i + 1) * width + j] ?? 0, longest[i * width + j + 1] ?? 0);
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [old, fresh] = [a[i], b[j]];
    if (old !== undefined && old === fresh) {
      put("same", old);
      i += 1;
      j += 1;
    } else if (
      old !== undefined &&
      (fresh === undefined || (longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0))
    ) {
      put("old", old);
      i += 1;
    } else {
      put("new", fresh ?? "");
      j += 1;
    }
  }
  return pieces;
};

export type Middle = {
  readonly head: string;
  readonly old: string;
  readonly new: string;
  readonly tail: string;
};

/** What two versions of a paragraph begin and end with, and the middle that differs; whole signs, never half of one. */
export const middleOf = (before: string, after: string): Middle => {
  const [a, b] = [Array.from(before), Array.from(after)];
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return {
    head: a.slice(0, start).join(""),
    old: a.slice(start, a.length - end).join(""),
    new: b.slice(start, b.length - end).join(""),
    tail: a.slice(a.length - end).join(""),
  };
};

/** Whether two versions are near enough to be shown as one paragraph. */
export const isReworded = (before: string, after: string): boolean => {
  const { head, tail } = middleOf(before, after);
  return (head.length + tail.length) * 2 >= Math.max(before.length, after.length);
};

export type CellChange = { readonly head: string; readonly before: string; readonly after: string };
export type RowChange = {
  readonly kind: "added" | "removed" | "changed";
  /** Position from 1: in the new sheet, for a removed row in the old one. */
  readonly row: number;
  readonly cells: readonly CellChange[];
  /** The number itself changed behind masks that look the same. */
  readonly newNumber: boolean;
};

const rowsOf = (writing: Writing, content: Content, sheet: SheetName) => {
  const fields = new URLSearchParams();
  for (const [name, value] of fieldsOf(content, sheet, writing.units)) fields.append(name, value);
  return fields.getAll(`${sheet}.row`).map((key, at) => ({
    key,
    row: at + 1,
    cells: columnsOf[sheet].map(({ name }) =>
      wordOf(writing, sheet, name, fields.get(`${sheet}.${key}.${name}`) ?? ""),
    ),
    hash: sheet === "members" ? (content.members.find((one) => one.key === key)?.identity?.hash ?? "") : "",
  }));
};

/** Row by row and cell by cell, in the order of the new sheet; removed rows come last. */
export const sheetDifference = (
  writing: Writing,
  sheet: SheetName,
  before: Content,
  after: Content,
): readonly RowChange[] => {
  const [old, fresh] = [rowsOf(writing, before, sheet), rowsOf(writing, after, sheet)];
  const heads = columnsOf[sheet].map(({ name }) => headOf(writing, sheet, name));
  const cells = (from: readonly string[], to: readonly string[]) =>
    heads.flatMap((head, at) => {
      const [one = "", other = ""] = [from[at], to[at]];
      return one === other ? [] : [{ head, before: one, after: other }];
    });
  const changes: RowChange[] = fresh.flatMap((one): RowChange[] => {
    const was = old.find(({ key }) => key === one.key);
    if (was === undefined)
      return [{ kind: "added", row: one.row, cells: cells([], one.cells), newNumber: false }];
    const changed = cells(was.cells, one.cells);
    const newNumber = was.hash !== one.hash && was.hash !== "" && one.hash !== "";
    return changed.length === 0 && !newNumber
      ? []
      : [{ kind: "changed", row: one.row, cells: changed, newNumber }];
  });
  const removed = old
    .filter(({ key }) => !fresh.some((one) => one.key === key))
    .map((one): RowChange => ({
      kind: "removed",
      row: one.row,
      cells: cells(one.cells, []),
      newNumber: false,
    }));
  return [...changes, ...removed];
};
