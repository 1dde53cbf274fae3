import { Invalid } from "../../platform/errors.ts";
import { faultsOf } from "../../platform/json.ts";
import { type Place, say } from "../../ui/place.ts";
import type { Download, Work } from "./desk.ts";
import { exportList, listSheet } from "./export.ts";
import { kindTitles, ledgerWords } from "./ledger-words.ts";
import { ledgerListInput, ledgerPage, type LedgerRow } from "./ledger.ts";
import { type Role, roles } from "../../core/role.ts";

/**
 * Entries as a workbook, to be read and sorted. What can be verified is the signed export beside it; here the body of an entry is
 * the text of its JSON.
 */
export const exportLedger = (work: Work, titleOf: (name: string) => string): Promise<Download> => {
  const { place, platform, viewer, query } = work;
  const words = ledgerWords(place);
  const { action = "", object = "", account = "", from = "", until = "" } = query;
  const parsed = ledgerListInput.safeParse({ action, object, account, from, until });
  if (!parsed.success) throw new Invalid(faultsOf(parsed.error));
  const entries = async function* (): AsyncGenerator<LedgerRow> {
    let before: number | undefined;
    do {
      const page = await ledgerPage(platform, viewer.actor, { ...parsed.data, before }, 1_000);
      yield* page.entries;
      before = page.next ?? undefined;
    } while (before !== undefined);
  };
  const [number = "", time = "", act = "", by = "", about = "", kept = ""] = words.columns;
  return exportList(
    work,
    words.title,
    [
      [words.action, action === "" ? "" : titleOf(action)],
      [words.object, object],
      [words.account, account],
      [words.from, from],
      [words.until, until],
    ],
    [
      listSheet(words.title, entries(), [
        [number, 10, "number", (row) => row.number],
        [time, 18, "instant", (row) => row.at],
        [act, 26, "text", (row) => titleOf(row.action)],
        [by, 30, "text", (row) => byOf(place, row)],
        [about, 14, "text", (row) => kindOf(place, row.kind)],
        ["ID", 40, "text", (row) => row.object],
        [kept, 60, "text", (row) => JSON.stringify(row.body)],
      ]),
    ],
  );
};

const kindOf = (place: Place, kind: string): string => {
  const title = kindTitles[kind];
  return title === undefined ? kind : say(place, title);
};

/** The role, and who held it: a login for those who may see accounts, else the account's id. */
const byOf = (place: Place, row: LedgerRow): string => {
  const words = ledgerWords(place);
  if (row.actor === null && row.role === null) return words.byClock;
  const role =
    row.role !== null && row.role in roles ? say(place, roles[row.role as Role].title) : words.noRole;
  const lent = row.actingFor === null ? "" : ` ${words.actingFor} ${row.forLogin ?? row.actingFor}`;
  return `${role} ${row.login ?? row.actor ?? ""}${lent}`.trim();
};
