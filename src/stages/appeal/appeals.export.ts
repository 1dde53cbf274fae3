import { applicationStates } from "../../core/lifecycle/application.ts";
import { say } from "../../ui/place.ts";
import type { Download, Work } from "../registration/desk.ts";
import { exportList, exportWords, listSheet } from "../registration/export.ts";
import type { AppealRow } from "./queries.ts";
import { appealWords } from "./words.ts";

/** The appeals that the page shows, with their grounds and reasons. */
export const exportedAppeals = (work: Work, rows: readonly AppealRow[]): Promise<Download> => {
  const { place } = work;
  const { list: words, item } = appealWords(place);
  const some = exportWords(place);
  const { columns } = words;
  return exportList(
    work,
    words.title,
    [],
    [
      listSheet(words.title, rows, [
        [columns[0] ?? "", 22, "text", (row) => row.label],
        [columns[1] ?? "", 48, "text", (row) => row.title],
        [columns[2] ?? "", 30, "text", (row) => row.unit],
        [columns[3] ?? "", 18, "instant", (row) => row.filedAt],
        [
          columns[4] ?? "",
          18,
          "text",
          (row) =>
            row.outcome !== null ? words.outcomes[row.outcome] : row.mayDecide ? words.waiting : words.tied,
        ],
        [some.at, 18, "instant", (row) => row.decidedAt],
        [item.grounds, 50, "text", (row) => row.grounds],
        [item.reason, 50, "text", (row) => row.reason],
        [some.state, 16, "text", (row) => say(place, applicationStates[row.state])],
      ]),
    ],
  );
};
