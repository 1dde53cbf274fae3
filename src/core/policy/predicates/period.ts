import { z } from "zod";
import type { Application } from "../application.ts";
import type { Category } from "../programme.ts";
import { holds, predicate, unknown } from "./predicate.ts";
import { none } from "./settings.ts";
import { count, date, text } from "../words.ts";

const isExtensible = (application: Application, { period: { extension } }: Category): boolean =>
  extension !== null &&
  (extension.fields.includes(application.field ?? "") ||
    extension.directions.includes(application.direction ?? ""));

/** The period starts on the day the guide fixes. */
export const periodStartsOn = predicate(
  none,
  ["start", "fixed"],
  () =>
    ({ application: { periodStart }, category }) => {
      if (periodStart === undefined || category === undefined) return unknown;
      const { date: fixed, clause } = category.period.start;
      return periodStart === fixed
        ? holds
        : [{ clause, facts: { start: date(periodStart), fixed: date(fixed) } }];
    },
);

/** The period does not end before it starts. */
export const periodInOrder = predicate(none, ["start", "end"], () => ({ application, category }) => {
  const { periodStart, periodEnd } = application;
  if (periodStart === undefined || periodEnd === undefined) return unknown;
  if (periodEnd >= periodStart) return holds;
  return [
    {
      ...(category && { clause: category.period.end.clause }),
      facts: { start: date(periodStart), end: date(periodEnd) },
    },
  ];
});

/** The period ends by the category's usual last day (`usual`) or by the extended one (`extended`), both included. */
export const periodEndsBy = predicate(
  z.strictObject({ limit: z.enum(["usual", "extended"]) }),
  ["end", "latest", "years", "category"],
  (settings) =>
    ({ application, category }) => {
      const { periodEnd } = application;
      const limit = settings.limit === "usual" ? category?.period.end : category?.period.extension;
      if (periodEnd === undefined || category === undefined || limit === undefined || limit === null)
        return unknown;
      if (periodEnd <= limit.date) return holds;
      const { extension } = category.period;
      return [
        {
          // Where the guide allows an extension, the clause that allows it is the one in question.
          clause: isExtensible(application, category) && extension !== null ? extension.clause : limit.clause,
          facts: {
            end: date(periodEnd),
            latest: date(limit.date),
            years: count(limit.years),
            category: text(category.title),
          },
        },
      ];
    },
);

/** Where the guide names the length itself, the period is not shorter either. */
export const periodNotShorter = predicate(
  none,
  ["end", "usual", "years"],
  () =>
    ({ application: { periodEnd }, category }) => {
      if (periodEnd === undefined || category?.period.end.exact !== true) return unknown;
      const { date: usual, years, clause } = category.period.end;
      if (periodEnd >= usual) return holds;
      return [{ clause, facts: { end: date(periodEnd), usual: date(usual), years: count(years) } }];
    },
);

/** The guide lets projects of this field or direction run longer. */
export const periodExtensible = predicate(none, [], () => ({ application, category }) => {
  if (category === undefined) return unknown;
  return isExtensible(application, category) ? holds : [{}];
});
