import { civilDateOf, formatDate, isCivilDate, startOf } from "../core/calendar.ts";
import { type Role, roles } from "../core/role.ts";
import { type NoticeWords, noticeTemplates } from "./notice-words.ts";
import type { Language } from "./place.ts";
import { hourOf } from "./when.tsx";

const other: NoticeWords = {
  subject: { zh: "有一项事务与你有关", en: "Something concerns you" },
  text: { zh: "打开链接查看详情。", en: "Follow the link to see what it is." },
};

/** A deadline's first instant after is the 24:00 of its last day. */
export const instantText = (instant: number, language: Language): string => {
  const ends = startOf(civilDateOf(instant)) === instant;
  return `${formatDate(civilDateOf(ends ? instant - 1 : instant), language)} ${ends ? "24:00" : hourOf(instant)}`;
};

/** Below it a number counts something; from it on it is an instant (2001 and later). */
const firstInstant = 1e12;
const longest = 300;

const factText = (value: string | number, language: Language): string => {
  if (typeof value === "number") return value >= firstInstant ? instantText(value, language) : String(value);
  if (isCivilDate(value)) return formatDate(value, language);
  const marks = Array.from(value);
  return marks.length > longest ? `${marks.slice(0, longest).join("")}…` : value;
};

export type Told = { readonly subject: string; readonly text: string };

/** What kind of notice it is, with … for all that it is about: for those whom it does not concern. */
export const noticeKind = (language: Language, template: string): string => {
  const { subject } = Object.hasOwn(noticeTemplates, template) ? (noticeTemplates[template] ?? other) : other;
  return subject[language].replace(/\[\[([^[\]]*)\]\]/g, "").replace(/\{([a-z]+)\}/g, "…");
};

/** Subject and text of a notice. An unknown template says only that there is something. */
export const noticeOf = (
  language: Language,
  template: string,
  facts: Readonly<Record<string, string | number>>,
): Told => {
  const textOf = (name: string): string => {
    const value = facts[name];
    if (value === undefined || value === "" || value === 0) return "";
    if (name === "role" && value in roles) return roles[value as Role].title[language];
    if (name === "codes")
      return String(value)
        .split(" ")
        .join(language === "zh" ? "、" : ", ");
    const text = factText(value, language);
    // A reason brings its own full stop; the sentence has one already.
    return name === "reason" ? text.replace(/[。.；;]$/, "") : text;
  };
  const fill = (text: string): string =>
    text
      .replace(/\[\[([^[\]]*)\]\]/g, (_all, part: string) =>
        [...part.matchAll(/\{([a-z]+)\}/g)].every(([, name = ""]) => textOf(name) !== "") ? part : "",
      )
      .replace(/\{([a-z]+)\}/g, (_all, name: string) => textOf(name));
  const words = Object.hasOwn(noticeTemplates, template) ? (noticeTemplates[template] ?? other) : other;
  return { subject: fill(words.subject[language]), text: fill(words.text[language]) };
};
