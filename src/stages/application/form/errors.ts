import { columnsOf, isSheet, sheetNames } from "../../../core/application/columns.ts";
import type { Changes } from "../../../core/application/content.ts";
import type { InputFault } from "../../../platform/errors.ts";
import { say } from "../../../ui/place.ts";
import type { Writing } from "./writing.ts";

/** What is wrong with a field, by its name. */
export type FieldErrors = ReadonlyMap<string, string>;

const columnAt = (path: string) => {
  const sheet = sheetNames.find((one) => path.startsWith(`${one}.`));
  return sheet === undefined ? undefined : columnsOf[sheet].find(({ name }) => path.endsWith(`.${name}`));
};

/** Why something typed could not be read, and how it is written. */
export const unreadText = ({ words, units }: Writing, path: string, typed: string): string => {
  const { unread } = words;
  if (path === "requestedGrant") return unread.amount(typed);
  if (path === "periodEnd") return unread.date(typed);
  if (path === "completionPercent") return unread.number(typed, 0, 100);
  const column = columnAt(path);
  switch (column?.kind) {
    case "amount":
      return unread.amount(typed);
    case "number":
      return unread.number(typed, column.least, column.most);
    case "unit":
      return unread.unit(typed, units.like(typed));
    default:
      return unread.choice(typed);
  }
};

export const unreadErrors = (writing: Writing): FieldErrors =>
  new Map(
    Object.entries(writing.facts.content.unread).map(([path, typed]) => [
      path,
      unreadText(writing, path, typed),
    ]),
  );

/** Faults of a save that was refused, at the fields that it came from. */
export const faultErrors = (writing: Writing, changes: Changes, faults: readonly InputFault[]): FieldErrors =>
  new Map(
    faults.map(({ place, reason }) => {
      const path = place.replace(/^changes\./, "");
      const long = /上限|too_big|Too big/.test(`${reason.zh} ${reason.en}`);
      const [, sheet = "", index = "", column = ""] =
        /^(members|partners|budget\.lines|indicators)\[(\d{1,4})\]\.(\w{1,40})$/.exec(path) ?? [];
      const rows = isSheet(sheet)
        ? sheet === "budget.lines"
          ? changes.budget?.lines
          : changes[sheet]
        : undefined;
      const key = rows?.[Number(index)]?.key;
      const field = key === undefined ? (path.split("[", 1)[0] ?? path) : `${sheet}.${key}.${column}`;
      return [
        field,
        long
          ? writing.words.unread.tooLong
          : `${say(writing.frame.place, reason)} ${writing.words.unread.other}`,
      ];
    }),
  );
