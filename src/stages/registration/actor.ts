import { sql } from "kysely";
import type { Actor } from "../../core/permission/permission.ts";
import type { Role } from "../../core/role.ts";
import type { Queryable } from "../../platform/database/connect.ts";

/** Who somebody is on this platform, beside what they may do. */
export type Viewer = {
  readonly actor: Actor;
  readonly login: string;
  readonly name: string;
  readonly language: "zh" | "en";
  /** The person's own institution, department or bureau. */
  readonly organization: { readonly id: string; readonly name: string } | null;
};

/** The account with the roles it holds at this moment: what was revoked or has run out is gone with the next request. */
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
    ])
    .where("account.funder", "=", funder)
    .where("account.id", "=", account)
    .where("account.standing", "=", "ACTIVE")
    .executeTakeFirst();
  if (row === undefined) return null;
  const grants = await database
    .selectFrom("role_grant")
    .select(["id", "role", "organization", "division", "delegated_by as delegatedBy"])
    .where("funder", "=", funder)
    .where("account", "=", account)
    .where("revoked_at", "is", null)
    .where("valid_from", "<=", sql<number>`platform_now()`)
    .where((where) =>
      where.or([where("valid_until", "is", null), where("valid_until", ">", sql<number>`platform_now()`)]),
    )
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return {
    actor: {
      account,
      person: row.person,
      grants: grants.map((one) => ({ ...one, role: one.role as Role })),
    },
    login: row.login,
    name: row.name,
    language: row.language,
    organization: row.organization === null ? null : { id: row.organization, name: row.name_zh ?? "" },
  };
};
