import { civilDateOf, formatDate, startOf } from "../../core/calendar.ts";
import type { Place } from "../../ui/place.ts";
import { dayOf, hourOf } from "../../ui/when.tsx";
import type { EndorsementWords } from "./words.ts";

/** A deadline as it is said: `6月25日 17:00`; the first instant of a day is the 24:00 of the day before. */
export const deadlineText = (place: Pick<Place, "language" | "now">, instant: number): string => {
  const ends = startOf(civilDateOf(instant)) === instant;
  const date = civilDateOf(ends ? instant - 1 : instant);
  const sameYear = date.slice(0, 4) === civilDateOf(place.now).slice(0, 4);
  const day = sameYear ? dayOf(date, place.language) : formatDate(date, place.language);
  return `${day} ${ends ? "24:00" : hourOf(instant)}`;
};

/** `还有 5 天 0 小时`, or that it has passed. */
export const leftText = (words: EndorsementWords, place: Pick<Place, "now">, instant: number): string => {
  const minutes = Math.ceil((instant - place.now) / 60_000);
  if (minutes <= 0) return words.over;
  return words.left(Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60);
};

/** `6-20 14:31` for the columns of this year's lists. */
export const shortText = (instant: number): string => {
  const [, month = "", day = ""] = civilDateOf(instant).split("-");
  return `${Number(month)}-${Number(day)} ${hourOf(instant)}`;
};
