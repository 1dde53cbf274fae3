import { civilDateOf, formatDate, startOf } from "../core/calendar.ts";
import type { Language, Place } from "./place.ts";

const two = (number: number) => String(number).padStart(2, "0");

/** `16:02` of an instant, in the civil time of the guide. */
export const hourOf = (instant: number): string => {
  const minutes = Math.floor((instant - startOf(civilDateOf(instant))) / 60_000);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

/** `6月20日` or `20 June`, for places where the year is plain. */
export const dayOf = (date: string, language: Language): string =>
  language === "zh"
    ? formatDate(date, "zh").replace(/^\d+年/, "")
    : formatDate(date, "en").replace(/ \d+$/, "");

/** The platform's own time, to the minute. */
export const Clock = ({ place }: { place: Pick<Place, "now" | "language"> }) => {
  const date = civilDateOf(place.now);
  return (
    <time dateTime={`${date}T${hourOf(place.now)}+08:00`}>
      {formatDate(date, place.language)} {hourOf(place.now)}
    </time>
  );
};
