import { noticeKind } from "../../ui/notices.ts";
import type { Download, Work } from "./desk.ts";
import { exportList, inPages, listSheet } from "./export.ts";
import { outboxAsked, type OutboxRow, readOutbox } from "./outbox.ts";
import { wordsFor } from "./words.ts";
import { outboxWordsFor } from "./outbox-words.ts";

/** The outbox as a workbook: the fact of each letter, its address masked, never its content. */
export const exportOutbox = (work: Work, remarkOf: (row: OutboxRow) => string): Promise<Download> => {
  const { place, platform, viewer, query } = work;
  const words = outboxWordsFor(place);
  const all = wordsFor(place);
  const asked = outboxAsked(query);
  const rows = inPages<OutboxRow>(
    async (after, most) => (await readOutbox(platform, viewer.actor, asked, { after, most })).rows,
  );
  const [to = "", address = "", content = "", at = "", state = "", remark = ""] = words.columns;
  return exportList(
    work,
    words.title,
    [
      [words.search, asked.search ?? ""],
      [words.state, asked.state === undefined ? "" : words.states[asked.state]],
    ],
    [
      listSheet(words.title, rows, [
        [to, 14, "text", (row) => row.name],
        [all.accounts.columns[1] ?? "", 18, "text", (row) => row.login],
        [all.accounts.columns[2] ?? "", 32, "text", (row) => row.organization],
        [address, 24, "text", (row) => row.address],
        [
          content,
          40,
          "text",
          (row) =>
            (row.kind === "DIGEST" ? `${words.digest} ` : "") +
            row.templates
              .map(
                ({ template, count }) =>
                  noticeKind(place.language, template) + (count > 1 ? ` ${words.times(count)}` : ""),
              )
              .join(place.language === "zh" ? "；" : "; "),
        ],
        [at, 18, "instant", (row) => row.sentAt ?? row.at],
        [state, 12, "text", (row) => words.states[row.state]],
        [remark, 40, "text", remarkOf],
      ]),
    ],
  );
};
