/**
 * Civil dates (`2024-06-30`) of Asia/Shanghai, which has had no clock changes since 1991: always UTC+8.
 * They have four digits of a year, so that they compare as the strings they are.
 */

const offset = 8 * 3_600_000;
const day = 86_400_000;
const form = /^(\d{4})-(\d{2})-(\d{2})$/;

const daysIn = (year: number, month: number) =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31;

/** Whether the text names a day that exists, years 1000 to 9999. */
export const isCivilDate = (value: string): boolean => {
  const match = form.exec(value);
  if (match === null) return false;
  const [year, month, dayOfMonth] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1000 && month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= daysIn(year, month);
};

/** The civil date of an instant (milliseconds since 1970 UTC). */
export const civilDateOf = (instant: number): string => new Date(instant + offset).toISOString().slice(0, 10);

/** First instant of a civil date. */
export const startOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) - offset;

/** First instant after a civil date: a date given as the last day ends at 24:00 of that day. */
export const endOf = (date: string): number => startOf(date) + day;

/** Days from one civil date to another, both counted. */
export const daysInclusive = (from: string, to: string): number => (startOf(to) - startOf(from)) / day + 1;

const instantForm =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-](\d{2}):(\d{2}))$/;

/** Milliseconds since 1970 UTC of an ISO 8601 instant with its offset, or null where it names none. */
export const instantOf = (value: string): number | null => {
  const match = instantForm.exec(value);
  if (match === null || !isCivilDate(match[1] ?? "")) return null;
  if (Number(match[2]) > 23 || Number(match[3]) > 59 || Number(match[4] ?? 0) > 59) return null;
  if (Number(match[5] ?? 0) > 14 || Number(match[6] ?? 0) > 59) return null;
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? null : instant;
};

const months = "January February March April May June July August September October November December".split(
  " ",
);

/** `2024年6月30日` or `30 June 2024`. */
export const formatDate = (date: string, language: "zh" | "en"): string => {
  const [year = "", month = "", dayOfMonth = ""] = date.split("-");
  return language === "zh"
    ? `${year}年${Number(month)}月${Number(dayOfMonth)}日`
    : `${Number(dayOfMonth)} ${months[Number(month) - 1] ?? ""} ${year}`;
};
