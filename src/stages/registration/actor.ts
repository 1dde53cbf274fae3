import { sql } from "kysely";
import type { Actor } from "../../core/permission/permission.ts";
import type { Role } from "../../core/role.ts";
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

/**
 * The account with the roles it holds at this moment: what was revoked or has run out is gone with the next request, and so is a
 * lent role when its lender lost it.
 */
export const viewerOf = async (
  database: Queryable,
  funder: string,
  account: string,
): Promise<Viewer | null> => {
  const row = await database
    .selectFrom("account")
    .innerJoin("person", (on) =>
      on.onRef("person.funder", "=", "account.funder").onRef("person.id", "=", "account.person"),
    )
    .leftJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "person.funder")
        .onRef("organization.id", "=", "person.organization"),
    )
    .select([
      "account.login",
      "account.person",
      "account.language",
      "person.name",
      "organization.id as organization",
      "organization.name_zh",
      "account.password_due",
      "account.password_set_at",
      sql<number>`platform_now()`.as("now"),
    ])
    .where("account.funder", "=", funder)
    .where("account.id", "=", account)
    .where("account.standing", "=", "ACTIVE")
    .executeTakeFirst();
  if (row === undefined) return null;
  const passwordDue = isPasswordDue(row, row.now);
  const grants = passwordDue ? [] : await grantsOf(database, funder, account);
  return {
    actor: {
      account,
      person: row.person,
      grants: grants.map(({ role, ...rest }) => Object.assign(rest, { role: role as Role })),
    },
    login: row.login,
    name: row.name,
    language: row.language,
    organization: row.organization === null ? null : { id: row.organization, name: row.name_zh ?? "" },
    passwordDue,
  };
};

const grantsOf = (database: Queryable, funder: string, account: string) =>
  database
    .selectFrom("role_grant")
    .select(["id", "role", "organization", "division", "delegated_by as delegatedBy"])
    .where("funder", "=", funder)
    .where("account", "=", account)
    .where("revoked_at", "is", null)
    .where("valid_from", "<=", sql<number>`platform_now()`)
    .where((where) =>
      where.or([where("valid_until", "is", null), where("valid_until", ">", sql<number>`platform_now()`)]),
    )
    .where(
      sql<boolean>`(delegated_by is null or exists (
        select from role_grant own
        join account lender on lender.funder = own.funder and lender.id = own.account and lender.standing = 'ACTIVE'
        where own.funder = role_grant.funder and own.account = role_grant.delegated_by and own.role = role_grant.role
          and own.delegated_by is null and own.revoked_at is null
          and own.organization is not distinct from role_grant.organization
          and own.division is not distinct from role_grant.division
          and own.valid_from <= platform_now() and (own.valid_until is null or own.valid_until > platform_now())))`,
    )
    .orderBy("created_at")
    .orderBy("id")
    .execute();
