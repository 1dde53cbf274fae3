import { Readable } from "node:stream";
import { Missing } from "../../../platform/errors.ts";
import { workbookName, workbookType, writeWorkbook } from "../../../platform/spreadsheets.ts";
import type { Work, WorkAnswer } from "../desk.ts";
import { importIn, planIn } from "./import.kept.ts";
import { markedOf } from "./sheets.ts";
import { handedOf } from "./store.ts";
import { importWords } from "./words.ts";

/** The workbook with its faults marked. */
export const downloadMarked = async (work: Work): Promise<WorkAnswer> => {
  const { platform, place } = work;
  const one = await importIn(work);
  const plan = await planIn(work, one);
  if (plan === null || plan.faults.length === 0) throw new Missing("marked workbook");
  const bytes = await markedOf(platform, place, plan);
  const bare = one.filename.replace(/\.xlsx$/i, "");
  return {
    download: Readable.from([bytes]),
    filename: workbookName(`${bare} ${importWords[place.language].problem}`),
    size: bytes.length,
    mime: workbookType,
  };
};

/** First passwords, for whoever imported the people and nobody else. */
export const downloadAccounts = async (work: Work): Promise<WorkAnswer> => {
  const { platform, place, viewer, now } = work;
  const words = importWords[place.language];
  const one = await importIn(work);
  if (one.handed === null || one.doneBy !== viewer.actor.account) throw new Missing("accounts");
  const handed = await handedOf(platform, one);
  return {
    download: writeWorkbook({
      title: words.accountsTitle,
      author: viewer.login,
      at: now,
      language: place.language,
      sheets: [
        {
          name: words.accountsTitle,
          columns: words.accountsColumns.map((header) => ({ header, width: 24, kind: "text" as const })),
          rows: handed.map(({ name, identity, login, password }) => [name, identity, login, password]),
        },
      ],
      about: [["", words.accountsHint]],
    }),
    filename: workbookName(words.accountsTitle),
    size: null,
    mime: workbookType,
  };
};
