import { sql } from "kysely";
import type { Bilingual } from "../../core/policy/words.ts";
import type { Call } from "../../platform/calls.ts";
import { nextNumber } from "../../platform/counter.ts";
import type { Queryable, Transaction } from "../../platform/database/connect.ts";

/** Places of one limited category, held by one quota group or by a unit that stands alone. */
export type Places = {
  /** Group of the pack, or `=` and the id of a unit that stands alone. */
  readonly pool: string;
  readonly category: string;
  readonly categoryTitle: Bilingual;
  readonly title: Bilingual;
  readonly clause: string;
  readonly limit: number;
  /** Recommended and every later state that keeps its place, and what was filed on paper. */
  readonly used: number;
};

/** A unit as far as places are counted. */
export type Unit = { readonly id: string; readonly name: string; readonly quotaGroup: string | null };

export const groupOf = ({ quotaGroup }: Pick<Unit, "quotaGroup">): string | null =>
  quotaGroup === "" ? null : quotaGroup;

export const poolOf = (unit: Pick<Unit, "id" | "quotaGroup">): string => groupOf(unit) ?? `=${unit.id}`;

/**
 * Places of the whole pool of a unit. What was recommended counts for the group it was recommended under, whatever has become of
 * the unit's group since.
 */
export const placesOf = async (
  database: Queryable,
  funder: string,
  call: Call,
  unit: Unit,
): Promise<readonly Places[]> => {
  const { quota, categories } = call.policy.programme;
  const limited = categories.filter((one) => one.quota);
  const group = groupOf(unit);
  const named = quota.groups.find((one) => one.id === group);
  const { limit, clause } = named ?? quota.otherwise;
  if (limited.length === 0) return [];
  const { rows } = await sql<{ category: string; used: number }>`
    select draft.category, count(*)::int as used
    from application
    join draft on draft.funder = application.funder and draft.application = application.id
    join organization on organization.funder = application.funder and organization.id = application.lead_organization
    where application.funder = ${funder} and application.call = ${call.id}
      and application.state = any(${[...quota.countedStates]})
      and ${
        group === null
          ? sql`application.lead_organization = ${unit.id}
              and coalesce(nullif(application.quota_group, ''), nullif(organization.quota_group, '')) is null`
          : sql`coalesce(nullif(application.quota_group, ''), nullif(organization.quota_group, '')) = ${group}`
      }
    group by draft.category`.execute(database);
  const outside = await sql<{ used: number }>`
    select count(*)::int as used from off_platform
    where funder = ${funder} and call = ${call.id} and counts_in_quota and withdrawn_at is null
      and ${
        group === null
          ? sql`organization = ${unit.id} and nullif(quota_group, '') is null`
          : sql`quota_group = ${group}`
      }`.execute(database);
  return limited.map((category, index) => ({
    pool: poolOf(unit),
    category: category.code,
    categoryTitle: category.title,
    title: named?.title ?? { zh: unit.name, en: unit.name },
    clause,
    limit,
    // The paper register names no category: it takes its places in the first limited one.
    used:
      (rows.find((one) => one.category === category.code)?.used ?? 0) +
      (index === 0 ? (outside.rows[0]?.used ?? 0) : 0),
  }));
};

/**
 * Lets one act at a time take places of these pools: whoever read them before another act committed begins anew, by the database's
 * own word (40001). Always in one order, so that two letters with the same pools do not wait for each other.
 */
export const lockPools = async (
  tx: Transaction,
  funder: string,
  call: string,
  pools: Iterable<string>,
): Promise<void> => {
  for (const pool of [...new Set(pools)].toSorted()) await nextNumber(tx, funder, `places ${call} ${pool}`);
};
