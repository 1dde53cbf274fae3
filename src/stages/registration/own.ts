import { sql } from "kysely";
import { z } from "zod";
import type { Actor } from "../../core/permission/permission.ts";
import type { Role } from "../../core/role.ts";
import type { Platform } from "../../platform/platform.ts";

/** What somebody sees of themselves: particulars, sessions, roles held and lent, notices. All of it is one's own. */
export const readOwn = async ({ database: { kysely }, funder }: Platform, { account, person }: Actor) => {
  if (account === null || person === null) throw new RangeError("nobody is signed in");
  const live = sql<boolean>`role_grant.revoked_at is null
    and (role_grant.valid_until is null or role_grant.valid_until > platform_now())`;
  const grants = kysely
    .selectFrom("role_grant")
    .innerJoin("account", (on) =>
      on.onRef("account.funder", "=", "role_grant.funder").onRef("account.id", "=", "role_grant.account"),
    )
    .innerJoin("person", (on) =>
      on.onRef("person.funder", "=", "account.funder").onRef("person.id", "=", "account.person"),
    )
    .leftJoin("account as lender", (on) =>
      on.onRef("lender.funder", "=", "role_grant.funder").onRef("lender.id", "=", "role_grant.delegated_by"),
    )
    .leftJoin("person as lending", (on) =>
      on.onRef("lending.funder", "=", "lender.funder").onRef("lending.id", "=", "lender.person"),
    )
    .select([
      "role_grant.id",
      "role_grant.role",
      "role_grant.division",
      "role_grant.delegated_by as delegatedBy",
      "role_grant.valid_until as until",
      "person.name as holder",
      "lending.name as lentBy",
    ])
    .where("role_grant.funder", "=", funder)
    .where(live)
    .orderBy("role_grant.created_at");
  const [about, sessions, held, lent, notices, calendar] = await Promise.all([
    kysely
      .selectFrom("person")
      .innerJoin("account", (on) =>
        on.onRef("account.funder", "=", "person.funder").onRef("account.person", "=", "person.id"),
      )
      .leftJoin("organization", (on) =>
        on
          .onRef("organization.funder", "=", "person.funder")
          .onRef("organization.id", "=", "person.organization"),
      )
      .select([
        "person.name",
        "person.identity_type as identityType",
        "person.identity_mask as identityMask",
        "person.title_level as titleLevel",
        "person.degree",
        "person.admin_rank as adminRank",
        "person.email",
        "person.phone_mask as phoneMask",
        "person.orcid",
        "account.login",
        "account.language",
        "account.mail_pace as mailPace",
        "account.totp_confirmed as factorOn",
        sql<boolean>`account.totp_waiting is not null`.as("factorWaiting"),
        "organization.name_zh as organization",
      ])
      .where("person.funder", "=", funder)
      .where("person.id", "=", person)
      .executeTakeFirstOrThrow(),
    kysely
      .selectFrom("session")
      .select(["id", "kind", "label", "last_seen_at as seenAt", "expires_at as expiresAt"])
      .where("funder", "=", funder)
      .where("account", "=", account)
      .where("ended_at", "is", null)
      .where("expires_at", ">", sql<number>`platform_now()`)
      .orderBy("last_seen_at", "desc")
      .limit(50)
      .execute(),
    grants.where("role_grant.account", "=", account).execute(),
    grants.where("role_grant.delegated_by", "=", account).execute(),
    kysely
      .selectFrom("mail")
      .leftJoin("letter", (on) =>
        on.onRef("letter.funder", "=", "mail.funder").onRef("letter.id", "=", "mail.letter"),
      )
      .select([
        "mail.id",
        "mail.template",
        "mail.facts",
        "mail.link",
        "mail.created_at as at",
        "mail.read_at as readAt",
        "letter.sent_at as sentAt",
        "letter.way",
        "letter.stopped_at as stoppedAt",
        "letter.fault",
      ])
      .where("mail.funder", "=", funder)
      .where("mail.account", "=", account)
      .orderBy("mail.created_at", "desc")
      .orderBy("mail.id")
      .limit(50)
      .execute(),
    kysely
      .selectFrom("calendar_feed")
      .select(["created_at as madeAt", "read_at as readAt"])
      .where("funder", "=", funder)
      .where("account", "=", account)
      .executeTakeFirst(),
  ]);
  const withRole = <Row extends { readonly role: string }>(rows: readonly Row[]) =>
    rows.map((row) => Object.assign(row, { role: row.role as Role }));
  return {
    about,
    sessions,
    held: withRole(held),
    lent: withRole(lent),
    calendar: calendar ?? null,
    notices: notices.map((one) =>
      Object.assign(one, { facts: one.facts as Readonly<Record<string, string | number>> }),
    ),
  };
};
export type Own = Awaited<ReturnType<typeof readOwn>>;

/** Colleagues to whom a role could be lent: active accounts of the same organisation. */
export const colleaguesOf = (
  { database: { kysely }, funder }: Platform,
  organization: string,
  account: string,
) =>
  kysely
    .selectFrom("account")
    .innerJoin("person", (on) =>
      on.onRef("person.funder", "=", "account.funder").onRef("person.id", "=", "account.person"),
    )
    .select(["account.id", "person.name", "account.login"])
    .where("account.funder", "=", funder)
    .where("account.standing", "=", "ACTIVE")
    .where("account.id", "<>", account)
    .where("person.organization", "=", organization)
    .orderBy("person.name")
    .limit(500)
    .execute();

/** Not an act in the sense of the ledger: a mark that only its reader sees. One notice of the account, or all (null). */
export const markRead = async (
  { database: { kysely }, funder }: Platform,
  account: string | null,
  notice: string | null,
): Promise<void> => {
  if (account === null || (notice !== null && !isUuid(notice))) return;
  let query = kysely
    .updateTable("mail")
    .set({ read_at: sql<string>`platform_now()` })
    .where("funder", "=", funder)
    .where("account", "=", account)
    .where("read_at", "is", null);
  if (notice !== null) query = query.where("id", "=", notice);
  await query.execute();
};

const isUuid = (text: string): boolean => z.uuid().safeParse(text).success;
