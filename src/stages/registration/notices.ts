import { formatDate, isCivilDate } from "../../core/calendar.ts";
import { type Role, roles } from "../../core/role.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import type { Language } from "../../ui/place.ts";

/** What a notice says in the list of an account: its template, with `{fact}` filled in. */

const templates: Readonly<Record<string, Bilingual | undefined>> = {
  institutionWaiting: { zh: "{organization}登记了，等待启用", en: "{organization} has registered and waits" },
  institutionActive: {
    zh: "{organization}已启用，你是它的科研管理员",
    en: "{organization} is active; you are its research administrator",
  },
  personWaiting: { zh: "{name}登记了，等待启用", en: "{name} has registered and waits" },
  accountActive: { zh: "你的账户已由{organization}启用", en: "Your account was activated by {organization}" },
  roleGranted: { zh: "你有了新的角色：{role}", en: "You were given a role: {role}" },
  roleRevoked: { zh: "你的角色已收回：{role}", en: "A role of yours was taken back: {role}" },
  roleLent: {
    zh: "同事委托你代办：{role}，至 {until}",
    en: "A colleague lent you a role: {role}, until {until}",
  },
  callExtended: {
    zh: "申报延期到 {until} 24:00：{reason}",
    en: "Applications are taken until the end of {until}: {reason}",
  },
};

const about: Bilingual = { zh: "《{title}》有新的进展", en: "News about “{title}”" };
const other: Bilingual = { zh: "有一项事务与你有关", en: "Something concerns you" };

export const noticeText = (
  language: Language,
  template: string,
  facts: Readonly<Record<string, string | number>>,
): string =>
  (templates[template] ?? ("title" in facts ? about : other))[language].replace(
    /\{([a-z]+)\}/g,
    (_all, name: string) => {
      const value = String(facts[name] ?? "");
      if (name === "role" && value in roles) return roles[value as Role].title[language];
      return isCivilDate(value) ? formatDate(value, language) : value;
    },
  );
