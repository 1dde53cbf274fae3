import { maskPhone } from "../../../core/mask.ts";
import type { Bilingual } from "../../../core/policy/words.ts";
import { openField } from "../../../platform/secrets.ts";
import { degreeTitles, titleLevelTitles } from "../titles.ts";
import type { Change, Judging, Said } from "./kind.ts";
import { adminRankTitles, type Person, type PersonKey, personColumns, roleTitles } from "./people.columns.ts";
import type { KeptPerson } from "./people.kept.ts";

/** What a row would change of somebody who is there. */

const rankWord = (code: string | null): Said =>
  code === null ? adminRankTitles.NONE : adminRankTitles.DEPUTY_DIVISION_OR_ABOVE;
const wordOf = (titles: Readonly<Record<string, Bilingual>>, code: string): Said => titles[code] ?? code;
export const rankOf = (said: string): string | null => (said === "NONE" ? null : said);

export const changesOf = ({ platform }: Judging, person: Person, kept: KeptPerson): readonly Change[] => {
  const title = (key: PersonKey) =>
    personColumns.find((one) => one.key === key)?.title ?? { zh: key, en: key };
  const changes: Change[] = [];
  const compare = (key: PersonKey, before: string, after: string | null, shown: (value: string) => Said) => {
    if (after !== null && after !== before)
      changes.push({ title: title(key), before: shown(before), after: shown(after) });
  };
  compare("titleLevel", kept.title_level, person.titleLevel, (code) => wordOf(titleLevelTitles, code));
  compare("degree", kept.degree, person.degree, (code) => wordOf(degreeTitles, code));
  if (person.adminRank !== null && rankOf(person.adminRank) !== kept.admin_rank)
    changes.push({
      title: title("adminRank"),
      before: rankWord(kept.admin_rank),
      after: rankWord(rankOf(person.adminRank)),
    });
  compare("email", kept.email, person.email, (text) => text);
  const phone =
    kept.phone_sealed === null
      ? ""
      : openField(platform.keys, kept.phone_sealed, `person.phone_sealed:${kept.id}`);
  compare("phone", phone, person.phone, maskPhone);
  for (const role of missingRoles(person, kept))
    changes.push({ title: title("role"), before: "", after: wordOf(roleTitles, role) });
  return changes;
};

export const rolesOf = (role: Person["role"]): readonly ("PI" | "MEMBER")[] =>
  role === "MEMBER" ? ["MEMBER"] : ["PI", "MEMBER"];

/** Roles are only ever given here; whoever waits for being activated gets theirs then. */
export const missingRoles = (person: Person, { account }: KeptPerson): readonly ("PI" | "MEMBER")[] =>
  person.role === null || account?.standing !== "ACTIVE"
    ? []
    : rolesOf(person.role).filter((role) => !account.roles?.includes(role));
