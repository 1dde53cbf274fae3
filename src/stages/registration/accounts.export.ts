import { roleCodes, roles } from "../../core/role.ts";
import { say } from "../../ui/place.ts";
import type { Download, Work } from "./desk.ts";
import { exportList, exportWords, inPages, type ListColumn, listSheet } from "./export.ts";
import { type AccountRow, listAccounts } from "./queries.ts";
import { accountStandings, accountStandingTitles, degreeTitles, titleLevelTitles } from "./titles.ts";
import { wordsFor } from "./words.ts";

/** People and accounts as workbooks: identity and telephone numbers as the pages mask them. */

/** What the list of accounts is asked for; a filter that names nothing is left out. */
export const accountsAsked = ({ query }: Work) => {
  const standing = accountStandings.find((one) => one === query["standing"]);
  const role = roleCodes.find((one) => one === query["role"]);
  return {
    search: (query["search"] ?? "").slice(0, 200),
    ...(standing === undefined ? {} : { standing }),
    ...(role === undefined ? {} : { role }),
  };
};

/** Whether somebody belongs to the people of the reader's units; whoever sees more than a unit has the list of accounts for that. */
export const ofOwnUnits = ({ viewer }: Work): ((row: AccountRow) => boolean) => {
  const units = viewer.actor.grants
    .filter(({ role }) => role === "ORG_ADMIN")
    .map(({ organization }) => organization);
  return units.length === 0 ? () => true : ({ organization }) => units.includes(organization);
};

const rolesOf =
  ({ place }: Work) =>
  (row: AccountRow): string =>
    row.roles.map(({ role }) => say(place, roles[role].title)).join(exportWords(place).comma);

const wordOf = (
  { place }: Work,
  titles: Readonly<Record<string, { readonly zh: string; readonly en: string } | undefined>>,
  code: string,
): string => titles[code]?.[place.language] ?? "";

export const exportAccounts = (work: Work): Promise<Download> => {
  const { place, platform, viewer } = work;
  const words = wordsFor(place).accounts;
  const asked = accountsAsked(work);
  const rows = inPages<AccountRow>((after, most) =>
    listAccounts(platform, viewer.actor, asked, { after, most }),
  );
  const [name = "", login = "", unit = "", held = "", factor = "", standing = ""] = words.columns;
  const { yes, no } = exportWords(place);
  const columns: readonly ListColumn<AccountRow>[] = [
    [name, 14, "text", (row) => row.name],
    [login, 20, "text", (row) => row.login],
    [unit, 34, "text", (row) => row.organizationName],
    [held, 40, "text", rolesOf(work)],
    [factor, 10, "text", (row) => (row.secondFactor ? yes : no)],
    [standing, 12, "text", (row) => say(place, accountStandingTitles[row.standing])],
  ];
  return exportList(
    work,
    words.title,
    [
      [words.search, asked.search],
      [words.standing, asked.standing === undefined ? "" : say(place, accountStandingTitles[asked.standing])],
      [words.role, asked.role === undefined ? "" : say(place, roles[asked.role].title)],
    ],
    [listSheet(words.title, rows, columns)],
  );
};

export const exportPeople = (work: Work): Promise<Download> => {
  const { place, platform, viewer } = work;
  const words = wordsFor(place).people;
  const mine = ofOwnUnits(work);
  const people = async function* () {
    for await (const row of inPages<AccountRow>((after, most) =>
      listAccounts(platform, viewer.actor, {}, { after, most }),
    ))
      if (mine(row)) yield row;
  };
  const all = wordsFor(place);
  const [name = "", login = "", identity = "", , , standing = "", held = ""] = words.columns;
  const columns: readonly ListColumn<AccountRow>[] = [
    [name, 14, "text", (row) => row.name],
    [login, 20, "text", (row) => row.login],
    [identity, 24, "text", (row) => row.identityMask],
    [all.register.titleLevel, 14, "text", (row) => wordOf(work, titleLevelTitles, row.titleLevel)],
    [all.register.degree, 12, "text", (row) => wordOf(work, degreeTitles, row.degree)],
    [all.register.email, 28, "text", (row) => row.email],
    [all.register.phone, 16, "text", (row) => row.phoneMask],
    [standing, 12, "text", (row) => say(place, accountStandingTitles[row.standing])],
    [held, 40, "text", rolesOf(work)],
  ];
  return exportList(work, words.title, [], [listSheet(words.title, people(), columns)]);
};
