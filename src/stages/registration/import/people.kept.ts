import { sql } from "kysely";
import type { Judging, PlannedRow } from "./kind.ts";
import type { Person } from "./people.columns.ts";

/** Who is there already. */

export type KeptPerson =
  Awaited<ReturnType<typeof keptPeople>> extends ReadonlyMap<string, infer Row> ? Row : never;
export type PlannedPerson = PlannedRow & { readonly person: Person; readonly kept: KeptPerson | null };

/** Who is registered under these numbers, by the hex of the number's hash. */
export const keptPeople = async ({ platform, database, lock }: Judging, hashes: readonly Buffer[]) => {
  let query = database
    .selectFrom("person")
    .select([
      "id",
      "name",
      "identity_hash",
      "organization",
      "title_level",
      "degree",
      "admin_rank",
      "email",
      "phone_sealed",
    ])
    .where("funder", "=", platform.funder)
    .where(sql<boolean>`identity_hash = any(${hashes}::bytea[])`)
    .orderBy("id");
  if (lock) query = query.forUpdate();
  const people = await query.execute();
  const accounts = await database
    .selectFrom("account")
    .select(["id", "person", "standing"])
    .select((from) =>
      from
        .selectFrom("role_grant")
        .select(sql<readonly string[]>`coalesce(array_agg(role_grant.role), '{}')`.as("roles"))
        .whereRef("role_grant.funder", "=", "account.funder")
        .whereRef("role_grant.account", "=", "account.id")
        .where("role_grant.revoked_at", "is", null)
        .as("roles"),
    )
    .where("funder", "=", platform.funder)
    .where(sql<boolean>`person = any(${people.map(({ id }) => id)}::uuid[])`)
    .execute();
  const byPerson = new Map(accounts.map((one) => [one.person, one]));
  return new Map(
    people.map((one) => [
      one.identity_hash.toString("hex"),
      Object.assign(one, { account: byPerson.get(one.id) ?? null }),
    ]),
  );
};

export const takenLogins = async ({ platform, database }: Judging, logins: readonly string[]) =>
  new Set(
    (
      await database
        .selectFrom("account")
        .select("login")
        .where("funder", "=", platform.funder)
        .where(sql<boolean>`login = any(${logins}::text[])`)
        .execute()
    ).map(({ login }) => login),
  );
