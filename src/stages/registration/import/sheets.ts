import { columnName } from "../../../core/workbook/sheet.ts";
import { type Place, say } from "../../../ui/place.ts";
import type { Platform } from "../../../platform/platform.ts";
import type { ImportKind } from "./kind.ts";
import type { Plan } from "./store.ts";
import { importWords } from "./words.ts";

/** The blank template of a kind in the language of the page: head, one example row marked as such, drop-downs, notes. */
export const blankOf = (platform: Platform, place: Place, kind: ImportKind): Promise<Buffer> => {
  const words = importWords[place.language];
  const language = place.language === "zh" ? 0 : 1;
  return platform.workbooks.blank({
    title: words.templateTitle(say(place, kind.title)),
    sheetName: words.fillIn,
    notesName: words.notes,
    choicesName: words.choices,
    notInList: words.notInList,
    columns: [
      {
        title: words.serial,
        isNeeded: false,
        example: words.example,
        note: words.serialNote,
        width: 10,
        choices: [],
      },
      ...kind.columns(platform).map(({ title, needed, example, note, choices = [] }) => {
        const offered = choices.map(({ words: said }) => said[language] ?? said[0] ?? "");
        return {
          title: say(place, title),
          isNeeded: needed,
          // The example shows a choice in the language of the drop-down.
          example: offered[choices.findIndex(({ words: said }) => said.includes(example))] ?? example,
          note: note === undefined ? "" : say(place, note),
          width: Math.min(40, Math.max(14, say(place, title).length * 2 + 4, example.length * 1.3)),
          choices: offered,
        };
      }),
    ],
    notes: [...kind.notes.map((note) => say(place, note)), ...words.templateNotes],
  });
};

/** The sheet as it came, its faulty cells filled and commented, with a last column that says it in words. */
export const markedOf = (platform: Platform, place: Place, { table, faults }: Plan): Promise<Buffer> => {
  const words = importWords[place.language];
  const heads = new Map(
    table.sheet.rows.find(({ number }) => number === table.head)?.cells.map((one) => [one.column, one.text]),
  );
  const byRow = Map.groupBy(faults, ({ row }) => row);
  return platform.workbooks.marked({
    sheetName: words.fillIn,
    head: table.head,
    problemTitle: words.problem,
    rows: table.sheet.rows.map(({ number, cells }) => {
      const own = byRow.get(number) ?? [];
      const byColumn = Map.groupBy(own, ({ column }) => column);
      return {
        number,
        cells: cells.map(({ column, text, kind }) => ({
          column,
          text,
          // Longer numbers have lost digits already, and would lose their looks.
          isNumber: kind === "number" && text.length <= 15,
        })),
        marks: [...byColumn].map(([column, some]) => ({
          column,
          remark: some.map(({ reason }) => say(place, reason)).join("\n"),
        })),
        problem: own
          .map(({ column, reason }) => `${heads.get(column) ?? columnName(column)}：${say(place, reason)}`)
          .join("\n"),
      };
    }),
  });
};
