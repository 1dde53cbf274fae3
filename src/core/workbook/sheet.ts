/** A sheet of a workbook that somebody sent, as it was read: what stands in each cell, and what kind of thing that is. */

/** `formula`: `text` is what the file says came of it, which nobody has checked. `date`: `text` is 2024-06-20, with a time 2024-06-20 14:30:00; the day that Excel invents is 1900-02-29. */
export type CellKind = "text" | "number" | "date" | "boolean" | "formula" | "error" | "empty";
export const cellKinds: readonly CellKind[] = [
  "text",
  "number",
  "date",
  "boolean",
  "formula",
  "error",
  "empty",
];

export type Cell = {
  /** `B7`. */
  readonly address: string;
  /** From 1. */
  readonly column: number;
  /** A number without thousands marks or exponent (1234.5), a truth value as TRUE or FALSE, an error as #N/A. */
  readonly text: string;
  readonly kind: CellKind;
  /** Part of a merged area; only its first cell holds anything. */
  readonly isMerged: boolean;
  readonly formula?: string;
};

/** `cells` in order of their columns; empty ones are left out. */
export type SheetRow = {
  /** From 1, as Excel shows it. */
  readonly number: number;
  readonly isHidden: boolean;
  readonly cells: readonly Cell[];
};

export type Area = {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
};

/** `rows` from the top; rows without anything are left out, so a blank tail costs nothing. */
export type Sheet = {
  readonly name: string;
  readonly isHidden: boolean;
  readonly rows: readonly SheetRow[];
  readonly hiddenColumns: readonly number[];
  readonly merged: readonly Area[];
};

/** 1 -> A, 27 -> AA. */
export const columnName = (column: number): string => {
  let name = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
};

/** `AB12` -> [12, 28], or null for what is no address. */
export const placeOfAddress = (address: string): readonly [row: number, column: number] | null => {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(address) ?? [];
  if (letters === undefined || digits === undefined) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(digits);
  return row >= 1 && row <= 1_048_576 && column <= 16_384 ? [row, column] : null;
};

export const cellAt = (row: SheetRow, column: number): Cell | undefined =>
  row.cells.find((one) => one.column === column);

/** The merged areas that reach into a row; to be asked for rows from the top downwards. */
export const areasByRow = (merged: readonly Area[]): ((row: number) => readonly Area[]) => {
  const waiting = merged.toSorted((one, other) => other.top - one.top);
  let open: Area[] = [];
  return (row) => {
    for (let next = waiting.at(-1); next !== undefined && next.top <= row; next = waiting.at(-1)) {
      waiting.pop();
      if (next.bottom >= row) open.push(next);
    }
    open = open.filter(({ bottom }) => bottom >= row);
    return open;
  };
};
