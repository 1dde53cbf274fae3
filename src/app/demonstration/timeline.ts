import { civilDateOf, endOf, startOf } from "../../core/calendar.ts";
import { sweep } from "../../stages/acceptance/clock.ts";
import { verbs } from "./acts.ts";
import type { CallKey, Story } from "./data.ts";
import { checkCredit, issueLetter, logPaper } from "./letters.ts";
import { addRecord } from "./people.ts";
import type { Stage } from "./stage.ts";

/** The stories of a call laid out in time. */

export type Step = { readonly at: number; readonly what: string; readonly run: () => Promise<unknown> };
export type Dates = { readonly opens: string; readonly closes: string };

const day = 86_400_000;
const hour = 3_600_000;
/** Days of the open call that the paths are written for; they are drawn together or apart to those that have passed. */
const written = 21;

/** The instant of a day of a call, in office hours. Never falls: a later day is a later instant. */
const instants = (call: CallKey, { opens, closes }: Dates, until: number): ((at: number) => number) => {
  const zero = startOf(opens);
  const passed = Math.min(until, endOf(closes)) - zero;
  const whole = Math.floor(passed / day);
  if (call === "open" && whole < 1) return (at) => zero + (at / written) * passed;
  const scale = call === "open" ? whole / written : 1;
  return (at) => {
    const scaled = at * scale;
    const date = Math.floor(scaled);
    return zero + date * day + 8.5 * hour + (scaled - date) * 9 * hour;
  };
};

/** Everything that happens in a call up to an instant, in order of time. */
export const stepsOf = (stage: Stage, call: CallKey, dates: Dates, until: number): readonly Step[] => {
  const { data } = stage;
  const { days, paths } = data.paths[call];
  const at = instants(call, dates, until);
  const stories = data.stories.filter((one) => one.call === call);
  const steps: Step[] = [];
  const add = (time: number, what: string, run: () => Promise<unknown>) =>
    steps.push({ at: time, what, run });
  const looked = new Set<string>();
  for (const [index, story] of stories.entries()) {
    const path = paths[story.path];
    if (path === undefined) throw new RangeError(`${story.id}: no path ${story.path}`);
    // Nobody does everything on the same day: each story is up to nine tenths of a day later than its path.
    const later = ((index * 37) % 90) / 100;
    for (const [verb, when] of path) {
      if (typeof when === "string") continue;
      const act = verbs[verb];
      if (act === undefined) throw new RangeError(`${story.path}: no verb ${verb}`);
      const time = at(when + later);
      add(time, `${story.id} ${story.path} ${verb}`, async () => {
        if (verb === "pass" && !looked.has(story.unit)) {
          looked.add(story.unit);
          await checkCredit(stage, call, story.unit, time);
        }
        await act({ stage, story });
      });
    }
  }
  for (const [round, when] of Object.entries(days.letters)) {
    const listed = stories.filter(({ path }) =>
      paths[path]?.some(([verb, which]) => verb === "letter" && which === round),
    );
    for (const [department, group] of byDepartment(stage, listed))
      add(at(when), `${call} letter ${round} ${department}`, async () => {
        const letter = await issueLetter(stage, { call, department, round, stories: group }, at(when));
        if (days.paper.includes(round)) await logPaper(stage, letter, at(when));
      });
  }
  for (const when of days.sweeps) add(at(when), `${call} sweep`, () => sweep(stage.platform));
  for (const one of data.offPlatform.filter((entry) => entry.call === call))
    add(at(one.day), `off the platform ${one.number}`, () =>
      stage.act("recommendation.registerOffPlatform", planning(stage), {
        call: stage.calls.get(call),
        number: one.number,
        organization: stage.units.get(one.unit)?.id,
        receivedOn: civilDateOf(at(one.day)),
      }),
    );
  if (call === "open") {
    for (const one of data.integrityRecords)
      if (one.day !== null) {
        const time = at(one.day);
        add(time, `record ${one.decisionNumber}`, () => addRecord(stage, one, civilDateOf(time)));
      }
    for (const { unit, before } of data.internalDeadlines)
      add(at(1), `deadline of ${unit}`, () =>
        stage.act("endorsement.setInternalDeadline", stage.units.get(unit)?.people[0]?.login ?? "", {
          call: stage.calls.get(call),
          organization: stage.units.get(unit)?.id,
          closesOn: civilDateOf(startOf(dates.closes) - before * day),
          closesAt: "17:00",
        }),
      );
  }
  return steps.filter((one) => one.at <= until).toSorted((one, other) => one.at - other.at);
};

const planning = ({ data }: Stage) =>
  data.bureau.people.find(({ roles }) => roles?.includes("PLANNING_OFFICER") === true)?.login ?? "";

const byDepartment = (stage: Stage, stories: readonly Story[]): ReadonlyMap<string, readonly Story[]> =>
  Map.groupBy(stories, ({ unit }) => stage.units.get(unit)?.department ?? "");
