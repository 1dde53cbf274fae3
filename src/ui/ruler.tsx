import { civilDateOf, daysInclusive, endOf, startOf } from "../core/calendar.ts";
import { lastWindow } from "./due.tsx";
import { type Place, wordsOf } from "./place.ts";
import { dayOf, hourOf } from "./when.tsx";

const day = 86_400_000;
const percent = (share: number) => `${Math.round(share * 1e5) / 1e3}%`;

type Times = { readonly from: number; readonly due: number; readonly to: number };

const timesOf = (place: Place): Times => {
  const { windows } = place.policy.programme;
  return {
    from: startOf(windows.application.opens),
    due: endOf(windows.application.closes),
    to: endOf(lastWindow(windows).closes),
  };
};

/** One path for all ticks of a kind: short for six hours, longer for a day, longest for a week. */
const ticks = (days: number, keep: (tick: number) => boolean, top: number) => {
  let path = "";
  for (let tick = 0; tick <= days * 4; tick += 1) if (keep(tick)) path += `M${tick} ${top}V26`;
  return path;
};

const Graduations = ({ place, times }: { place: Place; times: Times }) => {
  const days = Math.round((times.to - times.from) / day);
  const open = Math.round((times.due - times.from) / day) * 4;
  const now = ((place.now - times.from) / day) * 4;
  const kinds: readonly [string, (tick: number) => boolean, number][] = [
    ["quarter", (tick) => tick % 4 !== 0 && tick < open, 20],
    ["day", (tick) => tick % 4 === 0 && tick % 28 !== 0 && tick <= open, 10],
    ["week", (tick) => tick % 28 === 0 && tick <= open, 0],
    ["day after", (tick) => tick % 4 === 0 && tick > open, 10],
  ];
  const until = Math.max(0, Math.min(now, open));
  return (
    <svg y="62" width="100%" height="36" viewBox={`0 0 ${days * 4} 36`} preserveAspectRatio="none">
      {kinds.flatMap(([name, keep, top]) =>
        [
          ["", (tick: number) => tick <= now],
          [" ahead", (tick: number) => tick > now],
        ].map(([suffix, side]) => {
          const d = ticks(days, (tick) => keep(tick) && (side as (tick: number) => boolean)(tick), top);
          return d === "" ? null : (
            <path class={`${name}${suffix as string}`} d={d} vector-effect="non-scaling-stroke" />
          );
        }),
      )}
      <rect class="bar-done" y="28" width={until} height="6" />
      <rect class="bar-left" x={until} y="28" width={open - until} height="6" />
      <rect class="bar-after" x={open} y="28" width={days * 4 - open} height="6" />
    </svg>
  );
};

type MarkProps = { x: number; top: string; below: string; look: string; end: boolean; y: number };

const Mark = ({ x, top, below, look, end, y }: MarkProps) => (
  <>
    <line class={`line ${look && `line-${look}`}`} x1={percent(x)} x2={percent(x)} y1={y} y2={96} />
    <text class={`b ${look}`} x={percent(x)} dx={end ? -8 : 8} y={y + 13} text-anchor={end ? "end" : "start"}>
      {top}
    </text>
    <text
      class={look === "now" ? look : undefined}
      x={percent(x)}
      dx={end ? -8 : 8}
      y={y + 34}
      text-anchor={end ? "end" : "start"}
    >
      {below}
    </text>
  </>
);

/** 时间尺: the days of the call as ticks; the same words stand in `RulerList` for readers and phones. */
export const Ruler = ({ place }: { place: Place }) => {
  const words = wordsOf(place).ruler;
  const { windows } = place.policy.programme;
  const times = timesOf(place);
  const at = (instant: number) => (instant - times.from) / (times.to - times.from);
  const { language, now } = place;
  const due = at(times.due);
  const today = at(now);
  const inside = now >= times.from && now < times.to;
  // Two last days too close for their words: the second stands in the list and the steps only.
  const apart = 1 - due > 0.12;
  // Where the needle's words would run into another mark's, the needle alone is drawn: the list below says the date.
  const free = today > 0.11 && (today < due - 0.22 || (today > due && today < 0.78));
  return (
    <svg
      class={inside && !free ? "zn-dayruler zn-dayruler--tall" : "zn-dayruler"}
      aria-hidden="true"
      focusable="false"
    >
      <Mark
        x={0}
        top={dayOf(windows.application.opens, language)}
        below={words.opens}
        look=""
        end={false}
        y={4}
      />
      <Mark
        x={due}
        top={`${dayOf(windows.application.closes, language)} 24:00`}
        below={words.due}
        look="due"
        end
        y={4}
      />
      {apart && (
        <Mark x={1} top={dayOf(lastWindow(windows).closes, language)} below={words.last} look="" end y={4} />
      )}
      <Graduations place={place} times={times} />
      {inside &&
        (free ? (
          <Mark
            x={today}
            top={words.today}
            below={`${dayOf(civilDateOf(now), language)} ${hourOf(now)}`}
            look="now"
            end={false}
            y={4}
          />
        ) : (
          <>
            <line class="line-now" x1={percent(today)} x2={percent(today)} y1={60} y2={104} />
            <text class="b now" x={percent(today)} y={120} text-anchor={today > 0.5 ? "end" : "start"}>
              {words.today} {dayOf(civilDateOf(now), language)} {hourOf(now)}
            </text>
          </>
        ))}
      <text x="0" y={free || !inside ? 120 : 140}>
        {words.span(daysInclusive(windows.application.opens, windows.application.closes))}
      </text>
      {apart && (
        <text x={percent(due)} y={free || !inside ? 120 : 140}>
          {words.after}
        </text>
      )}
    </svg>
  );
};

/** The same dates as a list: shown on a phone, read aloud everywhere. */
export const RulerList = ({ place }: { place: Place }) => {
  const words = wordsOf(place).ruler;
  const { windows } = place.policy.programme;
  const times = timesOf(place);
  const { language, now } = place;
  const rows = [
    { at: times.from, name: dayOf(windows.application.opens, language), what: words.opens, look: "" },
    {
      at: times.due,
      name: `${dayOf(windows.application.closes, language)} 24:00`,
      what: words.due,
      look: "is-due",
    },
    ...(times.to > times.due
      ? [{ at: times.to, name: dayOf(lastWindow(windows).closes, language), what: words.last, look: "" }]
      : []),
    ...(now >= times.from && now < times.to
      ? [
          {
            at: now,
            name: words.today,
            what: `${dayOf(civilDateOf(now), language)} ${hourOf(now)}`,
            look: "is-now",
          },
        ]
      : []),
  ].sort((a, b) => a.at - b.at);
  return (
    <ol class="zn-track zn-phone-only">
      {rows.map((row) => (
        <li class={row.look || (row.at < now ? "is-done" : undefined)}>
          <b>{row.name}</b>
          <span>{row.what}</span>
        </li>
      ))}
    </ol>
  );
};
