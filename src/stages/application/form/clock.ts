import { civilDateOf, formatDate, startOf } from "../../../core/calendar.ts";
import type { Place } from "../../../ui/place.ts";
import { dayOf, hourOf } from "../../../ui/when.tsx";

/** `6月30日 24:00`: a deadline at midnight is the end of its day. */
export const momentOf = (place: Pick<Place, "language" | "now">, instant: number): string => {
  const atMidnight = startOf(civilDateOf(instant)) === instant;
  const date = civilDateOf(atMidnight ? instant - 1 : instant);
  const sameYear = date.slice(0, 4) === civilDateOf(place.now).slice(0, 4);
  const day = sameYear ? dayOf(date, place.language) : formatDate(date, place.language);
  return `${day} ${atMidnight ? "24:00" : hourOf(instant)}`;
};

/** Days, hours and minutes until an instant; the last minute counts until it is over. */
export const leftUntil = (until: number, now: number): readonly [number, number, number] => {
  const minutes = Math.max(0, Math.ceil((until - now) / 60_000));
  return [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
};

/** `16:02:31` */
export const timeOf = (instant: number): string =>
  `${hourOf(instant)}:${String(Math.floor(instant / 1000) % 60).padStart(2, "0")}`;
