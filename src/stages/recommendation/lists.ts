import { sql } from "kysely";
import type { ApplicationState } from "../../core/lifecycle/application.ts";
import type { Actor } from "../../core/permission/permission.ts";
import type { Call } from "../../platform/calls.ts";
import type { Platform } from "../../platform/platform.ts";
import { visibleApplications } from "../application/visible.ts";
import { type Places, placesOf, poolOf, type Unit } from "./quota.ts";

/** An application as the department's lists show it: what was filed, never the draft. */
export type Row = {
  readonly id: string;
  readonly number: number;
  readonly state: ApplicationState;
  readonly version: number;
  readonly title: string;
  readonly investigator: string;
  readonly unit: string;
  readonly unitName: string;
  readonly quotaGroup: string | null;
  readonly category: string | null;
  readonly field: string | null;
  readonly grant: number | null;
  readonly rank: number | null;
  readonly endorsedAt: number;
  readonly withdrawalRequested: boolean;
  /** The living letter that lists it. */
  readonly batch: string | null;
  readonly batchSequence: number | null;
};

/** Departments for which somebody works. */
export const departmentsOf = (actor: Actor): readonly string[] => [
  ...new Set(
    actor.grants.flatMap((one) =>
      (one.role === "DEPT_REVIEWER" || one.role === "DEPT_APPROVER") && one.organization !== null
        ? [one.organization]
        : [],
    ),
  ),
];

const rows = async (
  platform: Platform,
  call: string,
  condition: ReturnType<typeof sql>,
): Promise<readonly Row[]> =>
  (
    await sql<Row>`
      select application.id, application.number, application.state, application.version,
        v.content ->> 'title' as title, p.name as investigator, o.id as unit, o.name_zh as "unitName",
        o.quota_group as "quotaGroup", v.content ->> 'category' as category, v.content ->> 'field' as field,
        (v.content ->> 'requestedGrant')::bigint as grant, application.rank,
        application.endorsed_at as "endorsedAt",
        application.withdrawal_requested_at is not null as "withdrawalRequested",
        i.batch, i.sequence as "batchSequence"
      from application
      join application_version v on v.funder = application.funder and v.application = application.id
        and v.number = application.frozen_version
      join person p on p.funder = application.funder and p.id = application.investigator
      join organization o on o.funder = application.funder and o.id = application.lead_organization
      left join batch_item i on i.funder = application.funder and i.application = application.id and i.living
      where application.funder = ${platform.funder} and application.call = ${call} and ${condition}
      order by application.endorsed_at, application.number`.execute(platform.database.kysely)
  ).rows;

/** Everything that the units of these departments have sent, the earliest first. */
export const departmentRows = (
  platform: Platform,
  actor: Actor,
  call: string,
  departments: readonly string[],
): Promise<readonly Row[]> =>
  rows(
    platform,
    call,
    sql`${visibleApplications(platform, actor)} and application.endorsed_at is not null
      and o.competent_department = any(${[...departments]})`,
  );

/** What a letter lists, in its order; the letter itself has been found visible before. */
export const batchRows = async (
  platform: Platform,
  call: string,
  applications: readonly string[],
): Promise<readonly Row[]> => {
  const found = await rows(platform, call, sql`application.id = any(${[...applications]})`);
  return applications.flatMap((id) => found.find((one) => one.id === id) ?? []);
};

export const unitsOf = (list: readonly Row[]): readonly Unit[] => [
  ...new Map(
    list.map((one) => [one.unit, { id: one.unit, name: one.unitName, quotaGroup: one.quotaGroup }] as const),
  ).values(),
];

/** The places of every pool among these units, by pool. */
export const placesByPool = async (
  platform: Platform,
  call: Call,
  units: readonly Unit[],
): Promise<ReadonlyMap<string, readonly Places[]>> => {
  const found = new Map<string, readonly Places[]>();
  for (const unit of units)
    if (!found.has(poolOf(unit)))
      found.set(poolOf(unit), await placesOf(platform.database.kysely, platform.funder, call, unit));
  return found;
};

/** What would be true of each pool once these were recommended too. */
export const afterwards = (
  places: ReadonlyMap<string, readonly Places[]>,
  chosen: readonly Row[],
): readonly { readonly places: Places; readonly items: number }[] =>
  [...places.values()].flat().flatMap((one) => {
    const items = chosen.filter(
      (row) =>
        poolOf({ id: row.unit, quotaGroup: row.quotaGroup }) === one.pool && row.category === one.category,
    ).length;
    return items === 0 ? [] : [{ places: one, items }];
  });
