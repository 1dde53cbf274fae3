import { civilDateOf, formatDate } from "../core/calendar.ts";
import type { Place } from "./place.ts";
import { hourOf } from "./when.tsx";

type At = Pick<Place, "language">;

/** `2024年6月30日 16:02`, as text. */
export const momentText = (place: At, at: number): string =>
  `${formatDate(civilDateOf(at), place.language)} ${hourOf(at)}`;

/** An instant, to the minute, in the civil time of the guide. */
export const Moment = ({ place, at }: { place: At; at: number }) => (
  <time dateTime={`${civilDateOf(at)}T${hourOf(at)}+08:00`}>{momentText(place, at)}</time>
);

/** The last instant that is still in time: `2024年6月30日 24:00` where a day ends with it. */
export const deadlineText = (place: At, closes: number): string =>
  hourOf(closes) === "00:00"
    ? `${formatDate(civilDateOf(closes - 1), place.language)} 24:00`
    : momentText(place, closes);

/** `6-20 14:31`, for dense tables. */
export const ShortMoment = ({ at }: { at: number }) => {
  const [, month = "", day = ""] = civilDateOf(at).split("-");
  return (
    <time
      dateTime={`${civilDateOf(at)}T${hourOf(at)}+08:00`}
    >{`${Number(month)}-${Number(day)} ${hourOf(at)}`}</time>
  );
};

/** `6-30 24:00`, the end of a day as the day before it. */
export const shortDeadline = (closes: number): string => {
  const ends = hourOf(closes) === "00:00";
  const [, month = "", day = ""] = civilDateOf(ends ? closes - 1 : closes).split("-");
  return `${Number(month)}-${Number(day)} ${ends ? "24:00" : hourOf(closes)}`;
};

/** Days, hours, minutes that are left; null where it is over. */
export const leftUntil = (due: number, now: number): readonly [number, number, number] | null => {
  if (now >= due) return null;
  const minutes = Math.ceil((due - now) / 60_000);
  return [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
};
