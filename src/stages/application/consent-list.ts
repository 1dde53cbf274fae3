import { sql } from "kysely";
import type { ApplicationState } from "../../core/lifecycle/application.ts";
import type { Actor } from "../../core/permission/permission.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import { callsOf } from "../../platform/calls.ts";
import type { Platform } from "../../platform/platform.ts";
import { labelOf } from "./view.ts";

/** What somebody is asked to agree to: their own part in an application, or their unit's. */
export type Asked = {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly state: ApplicationState;
  readonly investigator: string;
  readonly institution: string;
  readonly call: Bilingual;
  readonly closesAt: number;
  readonly tasks: string;
  /** Months a year of a member; fen of a partner's share. */
  readonly measure: number | null;
  /** The unit that is asked, for partnerships. */
  readonly organization: { readonly id: string; readonly name: string } | null;
  readonly agreed: boolean | null;
  readonly remark: string;
  readonly saidAt: number | null;
  /** Whether an answer can still be given or changed. */
  readonly open: boolean;
};

type Found = Omit<Asked, "call" | "label" | "closesAt" | "organization" | "open"> & {
  readonly call: string;
  readonly number: number;
  readonly organization_id: string | null;
  readonly organization_name: string | null;
};

const finish = async (
  platform: Platform,
  rows: readonly Found[],
  open: readonly ApplicationState[],
): Promise<readonly Asked[]> => {
  const calls = await callsOf(platform, platform.database.kysely);
  return rows.flatMap(({ call: id, number, organization_id, organization_name, ...row }) => {
    const call = calls.find((one) => one.id === id);
    return call === undefined
      ? []
      : [
          {
            ...row,
            label: labelOf(call.code, number),
            call: call.title,
            closesAt: call.applyClosesAt,
            organization:
              organization_id === null ? null : { id: organization_id, name: organization_name ?? "" },
            open: open.includes(row.state),
          },
        ];
  });
};

/** Applications that name the reader as a member, those that wait first. */
export const consentsAsked = async (platform: Platform, actor: Actor): Promise<readonly Asked[]> => {
  const { funder } = platform;
  if (actor.person === null || !actor.grants.some(({ role }) => role === "MEMBER" || role === "PI"))
    return [];
  const { rows } = await sql<Found>`
    with me as (select encode(identity_hash, 'hex') as hash from person where funder = ${funder} and id = ${actor.person})
    select a.id, a.number, a.call, coalesce(d.title, '') as title, a.state, p.name as investigator, o.name_zh as institution,
      coalesce(m.tasks, '') as tasks, m.months as measure, null::uuid as organization_id, null as organization_name,
      c.agreed, coalesce(c.remark, '') as remark, c.at as "saidAt"
    from me
    join draft d on d.funder = ${funder} and d.team ? me.hash
    join application a on a.funder = d.funder and a.id = d.application
    join person p on p.funder = a.funder and p.id = a.investigator
    join organization o on o.funder = a.funder and o.id = a.lead_organization
    left join lateral (
      select member ->> 'tasks' as tasks, (member ->> 'monthsPerYear')::float8 as months
      from jsonb_array_elements(d.content -> 'members') as member
      where member -> 'identity' ->> 'hash' = me.hash limit 1) m on true
    left join confirmation c on c.funder = a.funder and c.application = a.id and c.kind = 'MEMBER_CONSENT'
      and c.version = 0 and c.party = me.hash
    order by c.agreed is not null, a.updated_at desc, a.id limit 200`.execute(platform.database.kysely);
  return finish(platform, rows, ["DRAFT", "RETURNED_TO_PI"]);
};

/** Applications that name a unit the reader speaks for as a partner. */
export const partnershipsAsked = async (platform: Platform, actor: Actor): Promise<readonly Asked[]> => {
  const { funder } = platform;
  const units = actor.grants.flatMap(({ role, organization }) =>
    (role === "PARTNER_ADMIN" || role === "ORG_ADMIN") && organization !== null ? [organization] : [],
  );
  if (units.length === 0) return [];
  const { rows } = await sql<Found>`
    select a.id, a.number, a.call, coalesce(d.title, '') as title, a.state, p.name as investigator, o.name_zh as institution,
      coalesce(m.tasks, '') as tasks, m.share as measure, unit.id as organization_id, unit.name_zh as organization_name,
      c.agreed, coalesce(c.remark, '') as remark, c.at as "saidAt"
    from organization unit
    join draft d on d.funder = unit.funder and d.partners ? unit.uscc
    join application a on a.funder = d.funder and a.id = d.application
    join person p on p.funder = a.funder and p.id = a.investigator
    join organization o on o.funder = a.funder and o.id = a.lead_organization
    left join lateral (
      select partner ->> 'tasks' as tasks, (partner ->> 'share')::bigint as share
      from jsonb_array_elements(d.content -> 'partners') as partner where partner ->> 'uscc' = unit.uscc limit 1) m on true
    left join confirmation c on c.funder = a.funder and c.application = a.id and c.kind = 'PARTNER'
      and c.version = 0 and c.party = unit.id::text
    where unit.funder = ${funder} and unit.id in (${sql.join(units)}) and unit.uscc <> ''
    order by c.agreed is not null, a.updated_at desc, a.id limit 200`.execute(platform.database.kysely);
  return finish(platform, rows, ["DRAFT", "RETURNED_TO_PI", "ORG_REVIEW"]);
};
