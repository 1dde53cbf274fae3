import { applicationStates } from "../../core/lifecycle/application.ts";
import { say } from "../../ui/place.ts";
import type { Download, Work } from "../registration/desk.ts";
import { deadlineCell, exportList, exportWords, listSheet } from "../registration/export.ts";
import type { ExceptionRow } from "./exception-queries.ts";
import type { PurgeRow } from "./purge-queries.ts";
import { type DeskRow, type DeskView, inView } from "./queries.ts";
import { acceptanceWords } from "./words.ts";

/** The lists of the acceptance desk as workbooks: the rows that its pages show. */

export const exportedDesk = (
  work: Work,
  {
    rows,
    view,
    division,
  }: { readonly rows: readonly DeskRow[]; readonly view: DeskView; readonly division: string },
): Promise<Download> => {
  const { place } = work;
  const words = acceptanceWords(place).desk;
  const some = exportWords(place);
  const { columns } = words;
  const titleOf = (code: string | null) => {
    const found = place.policy.programme.divisions.find((one) => one.code === code);
    return found === undefined ? code : say(place, found.title);
  };
  return exportList(
    work,
    words.title,
    [
      [some.view, words.views[view]],
      [words.division, division === "" ? "" : (titleOf(division) ?? "")],
    ],
    [
      listSheet(words.views[view], inView(rows, view, division), [
        [columns[0] ?? "", 22, "text", (row) => row.label],
        [columns[1] ?? "", 48, "text", (row) => row.title],
        [columns[2] ?? "", 30, "text", (row) => row.unit],
        [columns[3] ?? "", 12, "text", (row) => row.investigator],
        [some.category, 20, "text", (row) => (row.category === null ? null : say(place, row.category.title))],
        [some.field, 20, "text", (row) => (row.field === null ? null : say(place, row.field))],
        [some.money(columns[5] ?? ""), 14, "money", (row) => row.grant],
        [columns[6] ?? "", 20, "text", (row) => titleOf(row.division)],
        [columns[7] ?? "", 26, "text", (row) => row.letter],
        [columns[8] ?? "", 18, "text", (row) => deadlineCell(row.due)],
        [columns[9] ?? "", 18, "text", (row) => say(place, applicationStates[row.state])],
        [some.acceptanceNumber, 22, "text", (row) => row.acceptanceNumber],
        [words.corrected, 12, "text", (row) => (row.corrected ? some.yes : null)],
      ]),
    ],
  );
};

export const exportedExceptions = (work: Work, rows: readonly ExceptionRow[]): Promise<Download> => {
  const { place } = work;
  const { exceptions: words, desk } = acceptanceWords(place);
  const { columns } = desk;
  return exportList(
    work,
    words.title,
    [],
    [
      listSheet(words.title, rows, [
        [columns[0] ?? "", 22, "text", (row) => row.label],
        [columns[1] ?? "", 48, "text", (row) => row.title],
        [columns[2] ?? "", 30, "text", (row) => row.unit],
        [words.title, 30, "text", (row) => say(place, row.ruleTitle)],
        [exportWords(place).clause, 14, "text", (row) => row.clause],
        [words.requester, 40, "text", (row) => row.reason],
        [words.opinion, 40, "text", (row) => row.opinion],
        [columns[9] ?? "", 18, "text", (row) => words.standing[row.standing]],
        [words.refusedWhy, 40, "text", (row) => row.refusedReason],
        [exportWords(place).at, 18, "instant", (row) => row.at],
      ]),
    ],
  );
};

export const exportedPurges = (work: Work, rows: readonly PurgeRow[]): Promise<Download> => {
  const { place } = work;
  const words = acceptanceWords(place).purges;
  const { columns } = words;
  return exportList(
    work,
    words.title,
    [],
    [
      listSheet(words.title, rows, [
        [columns[0] ?? "", 22, "text", (row) => row.label],
        [columns[1] ?? "", 50, "text", (row) => row.reason],
        [columns[2] ?? "", 18, "instant", (row) => row.proposedAt],
        [
          columns[3] ?? "",
          24,
          "text",
          (row) => (row.confirmedAt === null ? words.waiting : exportWords(place).done),
        ],
        [exportWords(place).at, 18, "instant", (row) => row.confirmedAt],
      ]),
    ],
  );
};
