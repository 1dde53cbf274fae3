import { z } from "zod";
import { isCivilDate } from "../calendar.ts";
import { bilingual, fen } from "./words.ts";

/** Categories, fields, directions, ceilings, periods, windows, quota groups and divisions of one guide. */

const civilDate = z.string().refine(isCivilDate, "not a date of the calendar");
const code = z.string().regex(/^[A-Z0-9][A-Z0-9_-]{0,39}$/);
const clause = z.string().min(1).max(40);
const node = z.string().min(1).max(200);
const states = z.array(code).min(1);

const direction = z.strictObject({ code, title: bilingual, node });
const field = z.strictObject({
  code,
  title: bilingual,
  node,
  /** Responsible division: a function of category and field together, never of the field alone. */
  division: code,
  phone: z.string().nullable(),
  /** Empty where the field has no numbered directions: then the field is itself the leaf. */
  directions: z.array(direction),
});

const period = z.strictObject({
  start: z.strictObject({ date: civilDate, clause }),
  /** `exact`: a shorter period deviates as well. */
  end: z.strictObject({ date: civilDate, years: z.int().positive(), clause, exact: z.boolean() }),
  extension: z
    .strictObject({
      date: civilDate,
      years: z.int().positive(),
      clause,
      fields: z.array(code),
      directions: z.array(code),
    })
    .nullable(),
});

const category = z.strictObject({
  code,
  title: bilingual,
  summary: bilingual,
  node,
  clause,
  ceiling: z.strictObject({ amount: fen, clause }),
  period,
  quota: z.boolean(),
  fields: z.array(field).min(1),
});

export const programmeSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  title: bilingual,
  call: bilingual,
  lead: bilingual,
  funder: bilingual,
  platform: bilingual,
  basis: z.strictObject({ title: bilingual, clause }),
  year: z.int(),
  /** Area code set before the telephone numbers of the guide, or null. */
  areaCode: z.string().nullable(),
  windows: z.strictObject({
    application: z.strictObject({ opens: civilDate, closes: civilDate, clause }),
    recommendation: z.strictObject({ opens: civilDate, closes: civilDate, clause }),
    acceptance: z.strictObject({ opens: civilDate, closes: civilDate, clause }),
  }),
  /** Prefixes of GB/T 2260 codes that lie inside the funder's territory. */
  territory: z.strictObject({
    title: bilingual,
    regionPrefixes: z.array(z.string().regex(/^\d{2,6}$/)).min(1),
  }),
  organizationTypes: z.strictObject({ eligible: states, undecided: z.array(code), clause }),
  quota: z.strictObject({
    /** States in which an application of the group holds a place. */
    countedStates: states,
    groups: z.array(z.strictObject({ id: code, title: bilingual, limit: z.int().nonnegative(), clause })),
    otherwise: z.strictObject({ title: bilingual, limit: z.int().nonnegative(), clause }),
  }),
  /** States in which another application of the same investigator stands in the way. */
  standingStates: states,
  ongoing: z.strictObject({ referenceDate: civilDate, otherReading: civilDate }),
  partnerRegions: z.array(
    z.strictObject({
      id: code,
      title: bilingual,
      directions: z.array(code),
      countries: z.array(z.string().regex(/^[A-Z]{2}$/)),
    }),
  ),
  categories: z.array(category).min(1),
  divisions: z.array(z.strictObject({ code, title: bilingual })).min(1),
  desks: z.array(z.strictObject({ title: bilingual, for: bilingual, phone: z.string().nullable(), clause })),
});

export type Programme = z.infer<typeof programmeSchema>;
export type Category = Programme["categories"][number];
export type Field = Category["fields"][number];

/** What a field offers for choice: its numbered directions, or itself where it has none. */
export const leaves = (
  of: Field,
): readonly { code: string; title: { zh: string; en: string }; node: string }[] =>
  of.directions.length > 0 ? of.directions : [of];
