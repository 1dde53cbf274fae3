import { sql } from "kysely";
import type { Actor, Grant } from "../../core/permission/permission.ts";
import type { Queryable } from "../../platform/database/connect.ts";
import { isPasswordDue } from "./password-due.ts";

/** Who somebody is on this platform, beside what they may do. */
export type Viewer = {
  readonly actor: Actor;
  readonly login: string;
  readonly name: string;
  readonly language: "zh" | "en";
  /** The person's own institution, department or bureau. */
  readonly organization: { readonly id: string; readonly name: string } | null;
  /** A new password comes first; until then the person holds no role. */
  readonly passwordDue: boolean;
};

/** What `viewerColumns` give. */
export type ViewerRow = {
  readonly account: string;
  readonly login: string;
  readonly person: string;
  readonly language: Viewer["language"];
  readonly name: string;
  readonly organization: string | null;
  readonly name_zh: string | null;
  readonly password_due: boolean;
  readonly password_set_at: number;
  readonly now: number;
  readonly grants: readonly Grant[];
};

/**
 * The account with the roles it holds at this moment: what was revoked or has run out is gone with the next request, and so is a
 * lent role when its lender lost it.
 */
export const viewerOf = async (
  database: Queryable,
  funder: string,
  account: string,
): Promise<Viewer | null> => {
  const { rows } = await sql<ViewerRow>`
    select ${viewerColumns} from ${viewerTables}
    where account.funder = ${funder} and account.id = ${account} and account.standing = 'ACTIVE'`.execute(
    database,
  );
  return rows[0] === undefined ? null : viewerFrom(rows[0]);
};

export const viewerFrom = (row: ViewerRow): Viewer => {
  const passwordDue = isPasswordDue(row, row.now);
  return {
    actor: { account: row.account, person: row.person, grants: passwordDue ? [] : row.grants },
    login: row.login,
    name: row.name,
    language: row.language,
    organization: row.organization === null ? null : { id: row.organization, name: row.name_zh ?? "" },
    passwordDue,
  };
};

/** The clock is asked once; every request reads this, in one statement. */
export const viewerTables = sql`
  (select platform_now() as now offset 0) as clock, account
  join person on person.funder = account.funder and person.id = account.person
  left join organization on organization.funder = person.funder and organization.id = person.organization`;

export const viewerColumns = sql`
  account.id as account, account.login, account.person, account.language, person.name,
  organization.id as organization, organization.name_zh, account.password_due, account.password_set_at, clock.now,
  (select coalesce(jsonb_agg(jsonb_build_object('id', held.id, 'role', held.role, 'organization', held.organization,
      'division', held.division, 'delegatedBy', held.delegated_by) order by held.created_at, held.id), '[]')
    from role_grant held
    where held.funder = account.funder and held.account = account.id and held.revoked_at is null
      and held.valid_from <= clock.now and (held.valid_until is null or held.valid_until > clock.now)
      and (held.delegated_by is null or exists (
        select from role_grant own
        join account lender on lender.funder = own.funder and lender.id = own.account and lender.standing = 'ACTIVE'
        where own.funder = held.funder and own.account = held.delegated_by and own.role = held.role
          and own.delegated_by is null and own.revoked_at is null
          and own.organization is not distinct from held.organization
          and own.division is not distinct from held.division
          and own.valid_from <= clock.now and (own.valid_until is null or own.valid_until > clock.now)))) as grants`;
