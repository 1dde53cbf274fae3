import { ICalAlarmType, ICalCalendar, ICalCalendarMethod, ICalEventTransparency } from "ical-generator";
import { civilDateOf, startOf } from "../../core/calendar.ts";
import type { Bilingual } from "../../core/policy/words.ts";

/** One date that concerns somebody. `id` is the same as long as it is the same deadline, even when its day changes. */
export type Deadline = {
  readonly id: string;
  readonly title: Bilingual;
  readonly detail: Bilingual;
  /** The first instant at which it is too late. */
  readonly due: number;
  /** Path of the page where it is done, without the language. */
  readonly href: string;
};

type Feed = {
  readonly deadlines: readonly Deadline[];
  readonly language: "zh" | "en";
  readonly now: number;
  /** The platform's own address. */
  readonly site: string;
};

const minute = 60_000;
const day = 86_400_000;
/** A day that ends at 24:00 is announced at nine in the morning of the day before. */
const morningBefore = (15 * 3_600_000) / 1000;

const words = {
  zh: { name: "指南：我的期限", midnight: "（24:00 截止）" },
  en: { name: "Zhinan: my deadlines", midnight: " (until 24:00)" },
} as const;

/** What a calendar shows in one line; control and direction signs have no place there. */
const plain = (text: string): string => text.toWellFormed().replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]+/gu, " ");

/** The civil date as ical-generator reads it: by UTC, whatever zone the process lives in. */
const dateValue = (date: string): Date => new Date(`${date}T00:00:00Z`);

/**
 * RFC 5545. A deadline at 24:00 is the whole of its last civil day; any other is the half hour before it. Folding and escaping are
 * the library's.
 */
export const feedOf = ({ deadlines, language, now, site }: Feed): string => {
  const say = words[language];
  const host = new URL(site).hostname;
  const calendar = new ICalCalendar({
    name: say.name,
    prodId: { company: "Zhinan", product: "Deadlines", language: language === "zh" ? "ZH" : "EN" },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 6 * 3_600,
  });
  for (const { id, title, detail, due, href } of deadlines) {
    const midnight = startOf(civilDateOf(due)) === due;
    const last = civilDateOf(due - 1);
    const url = `${site}${language === "zh" ? "" : "/en"}${href}`;
    const about = plain(detail[language]);
    calendar
      .createEvent({
        id: `${id}@${host}`,
        stamp: new Date(now),
        ...(midnight
          ? { allDay: true, start: dateValue(last), end: new Date(dateValue(last).getTime() + day) }
          : { start: new Date(due - 30 * minute), end: new Date(due) }),
        summary: plain(title[language]) + (midnight ? say.midnight : ""),
        description: about === "" ? url : `${about}\n${url}`,
        url,
        transparency: ICalEventTransparency.TRANSPARENT,
      })
      .createAlarm({ type: ICalAlarmType.display, trigger: midnight ? morningBefore : day / 1000 });
  }
  return calendar.toString();
};
