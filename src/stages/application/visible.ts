import { type RawBuilder, sql, type SqlBool } from "kysely";
import { type Permit, permits } from "../../core/permission/matrix.ts";
import type { Actor, Grant } from "../../core/permission/permission.ts";
import type { Policy } from "../../core/policy/policy.ts";
import type { Platform } from "../../platform/platform.ts";
import { divisionOf } from "./facts.ts";

/**
 * The row `application.read` of the permission matrix as a condition on the table `application` of a query (under its own name):
 * true for exactly the applications that `may("application.read", actor, facts.subject)` allows. Lists, counts and error words are
 * filtered by it: `.where(visibleApplications(platform, actor))`.
 */
export const visibleApplications = (
  platform: Pick<Platform, "funder" | "policies">,
  actor: Actor,
): RawBuilder<SqlBool> => conditionOf(platform, actor, () => true);

/** Those of which the reader sees what is being written, and not only what was filed last. */
export const visibleDrafts = (
  platform: Pick<Platform, "funder" | "policies">,
  actor: Actor,
): RawBuilder<SqlBool> => conditionOf(platform, actor, ({ once }) => once === undefined);

const conditionOf = (
  platform: Pick<Platform, "funder" | "policies">,
  actor: Actor,
  counts: (permit: Permit) => boolean,
): RawBuilder<SqlBool> => {
  const row = permits["application.read"];
  const ways =
    row === undefined || actor.account === null
      ? []
      : row.permits
          .filter(counts)
          .flatMap((permit) =>
            actor.grants
              .filter((grant) => grant.role === permit.role)
              .flatMap((grant) => reachOf(platform, permit, grant, actor) ?? []),
          );
  const { funder } = platform;
  const any = ways.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(ways, sql` or `)})`;
  return sql<SqlBool>`(application.funder = ${funder} and ${any})`;
};

type Condition = RawBuilder<SqlBool>;

// Sets are arrays, worked out once: alternatives joined by `or` are then found by their indexes, and not by reading every application.
/** What one role of the actor reaches; null where it reaches nothing. */
const reachOf = (
  platform: Pick<Platform, "funder" | "policies">,
  permit: Permit,
  grant: Grant,
  actor: Actor,
): Condition | null => {
  // Reading is tied to no earlier part; a tie would need the decisions as well.
  if (permit.except !== undefined)
    throw new RangeError("application.read has an exception that lists do not know");
  const scope = inScope(platform, permit, grant, actor);
  if (scope === null || permit.once === undefined) return scope;
  return sql<SqlBool>`(${scope} and ${reached(platform.funder, permit.once)})`;
};

const inScope = (
  { funder, policies }: Pick<Platform, "funder" | "policies">,
  { scope }: Permit,
  { organization, division }: Grant,
  { person }: Actor,
): Condition | null => {
  if (scope === "everything") return sql<SqlBool>`true`;
  if (scope === "division") return division === null ? null : answersFor(funder, policies, division);
  if (scope === "own" || scope === "team") {
    if (person === null) return null;
    return scope === "own"
      ? sql<SqlBool>`application.investigator = ${person}`
      : sql<SqlBool>`application.id = any(array(
          select draft.application from draft
          where draft.funder = ${funder} and draft.team ? (
            select encode(person.identity_hash, 'hex') from person
            where person.funder = ${funder} and person.id = ${person})))`;
  }
  if (organization === null) return null;
  return {
    unit: sql<SqlBool>`application.lead_organization = ${organization}`,
    partner: sql<SqlBool>`application.id = any(array(
      select draft.application from draft
      where draft.funder = ${funder} and draft.partners ? (
        select nullif(organization.uscc, '') from organization
        where organization.funder = ${funder} and organization.id = ${organization})))`,
    department: sql<SqlBool>`application.lead_organization = any(array(
      select organization.id from organization
      where organization.funder = ${funder} and organization.competent_department = ${organization}))`,
  }[scope];
};

/** What an application was given to, or else what the pack of its call says of its category and field. */
const answersFor = (funder: string, policies: readonly Policy[], division: string): Condition => {
  const drafted = policies.flatMap(({ id, hash, programme }) => {
    const pairs = programme.categories.flatMap((category) =>
      category.fields
        .filter((field) => divisionOf(programme, category.code, field.code) === division)
        .map((field) => sql`(${category.code}, ${field.code})`),
    );
    if (pairs.length === 0) return [];
    return [
      sql<SqlBool>`(application.call in (
        select call.id from call
        where call.funder = ${funder} and call.policy = ${id} and call.policy_hash = ${hash})
      and application.id in (
        select draft.application from draft
        where draft.funder = ${funder} and (draft.category, draft.field) in (${sql.join(pairs)})))`,
    ];
  });
  return drafted.length === 0
    ? sql<SqlBool>`application.division = ${division}`
    : sql<SqlBool>`(application.division = ${division} or application.division is null and (${sql.join(drafted, sql` or `)}))`;
};

const reached = (funder: string, once: NonNullable<Permit["once"]>): Condition =>
  ({
    filed: sql<SqlBool>`application.frozen_version is not null`,
    endorsed: sql<SqlBool>`application.endorsed_at is not null`,
    recommended: sql<SqlBool>`application.recommended_at is not null`,
    appealed: sql<SqlBool>`(application.state = 'APPEAL' or application.id in (
      select decision.application from decision
      where decision.funder = ${funder} and decision.action = 'appeal.file'))`,
  })[once];
