import { civilDateOf, endOf, startOf } from "../../core/calendar.ts";

const day = 86_400_000;

const isWorkingDay = (date: string) => {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
};

/**
 * The first instant after the last of so many working days that follow the day of `from` (milliseconds since 1970 UTC): Monday to
 * Friday in the zone of the guide. Public holidays, and weekends worked in their place, are not known to it; no pack lists them yet.
 */
export const afterWorkingDays = (from: number, days: number): number => {
  let date = civilDateOf(from);
  for (let left = days; left > 0;) {
    date = civilDateOf(startOf(date) + day);
    if (isWorkingDay(date)) left -= 1;
  }
  return endOf(date);
};

/** The civil date that ends at a deadline (its first instant after): the last day, as notices name it. */
export const lastDayOf = (deadline: number): string => civilDateOf(deadline - 1);
