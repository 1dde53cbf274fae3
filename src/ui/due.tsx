import { civilDateOf, endOf, formatDate, startOf } from "../core/calendar.ts";
import type { Programme } from "../core/policy/programme.ts";
import { ClauseChip } from "./clause.tsx";
import { type Place, wordsOf } from "./place.ts";

type Window = Programme["windows"]["application"];

/** Whether applications are not yet, now, or no longer taken; `closing` while only recommendation goes on. */
export type Phase = "before" | "open" | "closing" | "closed";

/** The last civil day on which anything of the call is still taken. */
export const lastWindow = (windows: Programme["windows"]): Window =>
  [windows.recommendation, windows.acceptance].reduce((a, b) => (b.closes > a.closes ? b : a));

export const phaseOf = (programme: Programme, now: number): Phase => {
  const { application } = programme.windows;
  if (now < startOf(application.opens)) return "before";
  if (now < endOf(application.closes)) return "open";
  return now < endOf(lastWindow(programme.windows).closes) ? "closing" : "closed";
};

const leftOf = (until: number, now: number) => {
  const minutes = Math.max(0, Math.ceil((until - now) / 60_000));
  return [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60] as const;
};

const weekdayOf = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();

/** 期限: the one place where vermilion is large. It names its clock and what is left. */
export const DueCard = ({ place }: { place: Place }) => {
  const words = wordsOf(place).due;
  const { programme } = place.policy;
  const phase = phaseOf(programme, place.now);
  const { application } = programme.windows;
  const last = lastWindow(programme.windows);
  const [label, until, date, clause] = {
    before: [words.untilOpen, startOf(application.opens), application.opens, application.clause],
    open: [words.untilClose, endOf(application.closes), application.closes, application.clause],
    closing: [words.untilLast, endOf(last.closes), last.closes, last.clause],
    closed: [words.closed, null, last.closes, last.clause],
  }[phase] as [string, number | null, string, string];
  const [days, hours, minutes] = until === null ? [0, 0, 0] : leftOf(until, place.now);
  const weekday = wordsOf(place).weekday[weekdayOf(date)] ?? "";
  return (
    <div class="zn-due" role="group" aria-labelledby="due">
      <p class="zn-due__label" id="due">
        {phase === "closing" ? words.closing(formatDate(application.closes, place.language)) : ""}
        {label}
      </p>
      {until === null ? (
        <p class="zn-due__over">{words.over}</p>
      ) : (
        <p class="zn-due__count" data-until={until} data-now={place.now}>
          <b>{days}</b>
          {words.day(days)}
          <b>{hours}</b>
          {words.hour(hours)}
          <b>{minutes}</b>
          {words.minute(minutes)}
        </p>
      )}
      <p class="zn-due__label">
        <strong class="zn-strong">{words.at(formatDate(date, place.language), phase === "before")}</strong>
        {words.bracket(weekday)}
        {phase === "before" ? words.opens : phase === "closed" ? words.ended : words.closes}{" "}
        <ClauseChip place={place} id={clause} short />
      </p>
    </div>
  );
};

/** Today, where the page needs the civil date of its clock. */
export const todayOf = (place: Pick<Place, "now">): string => civilDateOf(place.now);
