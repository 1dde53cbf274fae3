import { setImmediate as breathe } from "node:timers/promises";
import type { Actor } from "../../../core/permission/permission.ts";
import type { Bilingual } from "../../../core/policy/words.ts";
import type { CellFault, Column, Table, TableRow } from "../../../core/workbook/table.ts";
import type { Choice } from "../../../core/workbook/values.ts";
import type { Queryable, Transaction } from "../../../platform/database/connect.ts";
import { Invalid } from "../../../platform/errors.ts";
import type { Platform } from "../../../platform/platform.ts";
import { entries, type Entries } from "../entries.ts";

/** What every kind of import is made of. A kind judges a table against what is there, and says what it would do; doing it is a second step. */

export const importKinds = [
  "people",
  "organizations",
  "platforms",
  "bases",
  "licences",
  "projects",
  "records",
] as const;
export type ImportCode = (typeof importKinds)[number];

export type ImportColumn<Key extends string = string> = Column<Key> & {
  /** Stands in the example row of the blank template. */
  readonly example: string;
  /** What to write, where the title does not say it all. */
  readonly note?: Bilingual;
};

export type Judging = {
  readonly platform: Platform;
  readonly database: Queryable;
  readonly actor: Actor;
  /** The institution whose list it is; null for the bureau's own. */
  readonly organization: string | null;
  /** What is there is locked until the transaction ends. */
  readonly lock: boolean;
};

export type Change = {
  readonly title: Bilingual;
  readonly before: Said;
  readonly after: Said;
};
/** A word of ours in both languages, or what somebody wrote. */
export type Said = Bilingual | string;
export type PlannedRow = {
  readonly number: number;
  readonly act: "ADD" | "CHANGE" | "SAME";
  /** Id of what is there already. */
  readonly object: string | null;
  readonly name: string;
  readonly changes: readonly Change[];
};

export type Doing = {
  readonly platform: Platform;
  readonly tx: Transaction;
  readonly actor: Actor;
  readonly organization: string | null;
  readonly now: number;
};
/** A first password that somebody has to be given. */
export type Handed = {
  readonly name: string;
  readonly identity: string;
  readonly login: string;
  readonly password: string;
};
export type Applied = {
  /** Id of what was written, by row. */
  readonly objects: ReadonlyMap<number, string>;
  readonly handed?: readonly Handed[];
};

export type Judgement = {
  readonly rows: readonly PlannedRow[];
  readonly faults: readonly CellFault[];
  /** Writes the rows that add or change. */
  readonly apply: (doing: Doing) => Promise<Applied>;
};

export type ImportKind<Key extends string = string> = {
  readonly code: ImportCode;
  /** The action that does it: its row of the matrix says who may. */
  readonly action: string;
  readonly title: Bilingual;
  readonly lead: Bilingual;
  /** `128 人`, `3 个单位`. */
  readonly count: (count: number) => Bilingual;
  readonly columns: (platform: Platform) => readonly ImportColumn<Key>[];
  readonly notes: readonly Bilingual[];
  /** How what was imported is put right afterwards. */
  readonly undo: Bilingual;
  readonly judge: (judging: Judging, table: Table<Key>) => Promise<Judgement>;
};

export const columnOf =
  <Key extends string>() =>
  (
    key: Key,
    zh: string,
    en: string,
    example: string,
    rest: Partial<Omit<ImportColumn<Key>, "key" | "title" | "example">> = {},
  ): ImportColumn<Key> => ({ key, title: { zh, en }, example, kind: "text", needed: false, ...rest });

/** Choices from the words of forms, with other words that people write. */
export const choicesOf = (
  titles: Readonly<Record<string, Bilingual>>,
  also: Readonly<Record<string, readonly string[]>> = {},
): readonly Choice[] =>
  Object.entries(titles).map(([value, { zh, en }]) => ({ value, words: [zh, en, ...(also[value] ?? [])] }));

/** What a cell says to take away what is there; an empty cell leaves it. */
export const isNone = (value: string): boolean =>
  ["无", "none", "-", "—"].includes(value.trim().toLowerCase());

export type RowFaults<Key extends string> = {
  readonly faults: CellFault[];
  readonly fault: (row: TableRow<Key>, key: Key, zh: string, en: string) => void;
  /** What `check` makes of a row, or null where anything in it was wrong; places of faults are keys of columns. */
  readonly read: <Value>(row: TableRow<Key>, check: (read: Entries) => Value) => Value | null;
  /** False, with a fault, where an earlier row has the same. */
  readonly once: (row: TableRow<Key>, key: Key, value: string) => boolean;
};

export const rowFaults = <Key extends string>(table: Table<Key>): RowFaults<Key> => {
  const faults: CellFault[] = [...table.faults];
  const seen = new Map<string, number>();
  const [firstColumn = 1] = [...table.places.values()].toSorted((one, other) => one - other);
  const fault = (row: TableRow<Key>, key: Key, zh: string, en: string) => {
    faults.push({
      row: row.number,
      column: table.places.get(key) ?? firstColumn,
      found: row.values[key] ?? "",
      reason: { zh, en },
    });
  };
  return {
    faults,
    fault,
    read: (row, check) => {
      const read = entries();
      const value = check(read);
      try {
        read.settle();
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        for (const { place, reason } of error.faults)
          if (!row.faulty.has(place as Key)) fault(row, place as Key, reason.zh, reason.en);
        return null;
      }
      return row.faulty.size > 0 ? null : value;
    },
    once: (row, key, value) => {
      const before = seen.get(value);
      if (before === undefined) {
        seen.set(value, row.number);
        return true;
      }
      fault(
        row,
        key,
        `与第 ${before} 行重复。请只留一行。`,
        `The same stands in row ${before}. Keep one of them.`,
      );
      return false;
    },
  };
};

/** Rows one after another, with a pause now and then: thousands of them do not keep other requests waiting. */
export const eachRow = async <Key extends string>(
  table: Table<Key>,
  look: (row: TableRow<Key>) => void,
): Promise<void> => {
  for (const [index, row] of table.rows.entries()) {
    if (index % 200 === 199) await breathe();
    look(row);
  }
};

/** As many rows as one statement takes. */
export const inChunks = async <Item>(
  items: readonly Item[],
  write: (chunk: readonly Item[]) => Promise<unknown>,
): Promise<void> => {
  for (let at = 0; at < items.length; at += 500) await write(items.slice(at, at + 500));
};
