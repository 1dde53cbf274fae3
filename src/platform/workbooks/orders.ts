import type { RawSheet } from "./raw-sheet.ts";
import type { WorkbookFault } from "./unreadable.ts";

/** A list to be filled in: a head, one example row, drop-downs, and a sheet of notes. */
export type BlankWorkbook = {
  readonly title: string;
  readonly sheetName: string;
  readonly notesName: string;
  readonly choicesName: string;
  readonly columns: readonly {
    readonly title: string;
    readonly isNeeded: boolean;
    readonly example: string;
    readonly note: string;
    /** In characters of the body font. */
    readonly width: number;
    readonly choices: readonly string[];
  }[];
  readonly notes: readonly string[];
  /** Said by Excel where something else than a choice is typed. */
  readonly notInList: string;
};

/** A sheet as it came, with remarks at its cells. Values alone: formulas come as what they said, looks are our own. */
export type MarkedWorkbook = {
  readonly sheetName: string;
  readonly head: number;
  readonly problemTitle: string;
  readonly rows: readonly {
    readonly number: number;
    readonly cells: readonly { readonly column: number; readonly text: string; readonly isNumber: boolean }[];
    readonly marks: readonly { readonly column: number; readonly remark: string }[];
    /** For the last column. */
    readonly problem: string;
  }[];
};

export type WorkbookOrder =
  | { readonly read: Uint8Array }
  | { readonly blank: BlankWorkbook }
  | { readonly marked: MarkedWorkbook };
export type WorkbookAnswer =
  | { readonly sheets: readonly RawSheet[] }
  | { readonly fault: WorkbookFault }
  | { readonly bytes: Uint8Array };
