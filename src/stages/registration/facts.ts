import { sql } from "kysely";
import { type Actor, may, type Subject } from "../../core/permission/permission.ts";
import type { Role } from "../../core/role.ts";
import type { Queryable, Transaction } from "../../platform/database/connect.ts";
import { Missing, Stale } from "../../platform/errors.ts";

/** What the actions of registration act upon, read and locked. */

export type AccountFacts = {
  readonly id: string;
  readonly login: string;
  readonly standing: string;
  readonly version: number;
  readonly person: { readonly id: string; readonly name: string };
  readonly organization: {
    readonly id: string;
    readonly kind: string;
    readonly name: string;
    readonly standing: string;
  } | null;
  readonly passwordHash: string;
  readonly passwordHistory: readonly string[];
  readonly totp: {
    readonly sealed: Buffer | null;
    readonly waiting: Buffer | null;
    readonly lastStep: number | null;
    readonly confirmed: boolean;
  };
  readonly subject: Subject;
};

/** Locks an account. Throws `Missing` where it is not there, or where the actor may neither list it nor is it. */
export const accountFacts = async (
  tx: Transaction,
  funder: string,
  actor: Actor,
  id: string,
): Promise<AccountFacts> => {
  const row = await tx
    .selectFrom("account")
    .selectAll()
    .where("funder", "=", funder)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new Missing("account");
  const person = await tx
    .selectFrom("person")
    .leftJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "person.funder")
        .onRef("organization.id", "=", "person.organization"),
    )
    .select([
      "person.id",
      "person.name",
      "organization.id as organization",
      "organization.kind",
      "organization.name_zh",
      "organization.standing",
    ])
    .where("person.funder", "=", funder)
    .where("person.id", "=", row.person)
    .executeTakeFirstOrThrow();
  const subject: Subject = { account: id, organization: person.organization };
  if (actor.account !== id && !may("account.list", actor, subject).allowed) throw new Missing("account");
  return {
    id,
    login: row.login,
    standing: row.standing,
    version: row.version,
    person: { id: person.id, name: person.name },
    organization:
      person.organization === null
        ? null
        : {
            id: person.organization,
            kind: person.kind ?? "",
            name: person.name_zh ?? "",
            standing: person.standing ?? "",
          },
    passwordHash: row.password_hash,
    passwordHistory: row.password_history as readonly string[],
    totp: {
      sealed: row.totp_sealed,
      waiting: row.totp_waiting,
      lastStep: row.totp_last_step,
      confirmed: row.totp_confirmed,
    },
    subject,
  };
};

/** One's own account, for acts on oneself; nobody signed in has none. */
export const ownAccount = (tx: Transaction, funder: string, actor: Actor): Promise<AccountFacts | null> =>
  actor.account === null ? Promise.resolve(null) : accountFacts(tx, funder, actor, actor.account);

export const owned = (facts: AccountFacts | null): AccountFacts => {
  if (facts === null) throw new Missing("account");
  return facts;
};

export type OrganizationFacts = {
  readonly id: string;
  readonly kind: string;
  readonly uscc: string | null;
  readonly name: string;
  readonly standing: string;
  readonly version: number;
  readonly subject: Subject;
};

/** Locks an organisation. Throws `Missing` where the actor may not list it, `Stale` where another version is there. */
export const organizationFacts = async (
  tx: Transaction,
  funder: string,
  actor: Actor,
  input: { readonly organization: string; readonly version: number },
): Promise<OrganizationFacts> => {
  const row = await tx
    .selectFrom("organization")
    .select(["id", "kind", "uscc", "name_zh", "standing", "version", "competent_department"])
    .where("funder", "=", funder)
    .where("id", "=", input.organization)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new Missing("organization");
  const subject: Subject = { organization: row.id, department: row.competent_department };
  if (!may("organization.list", actor, subject).allowed) throw new Missing("organization");
  if (row.version !== input.version) throw new Stale(input.version, row.version);
  return {
    id: row.id,
    kind: row.kind,
    uscc: row.uscc,
    name: row.name_zh,
    standing: row.standing,
    version: row.version,
    subject,
  };
};

export type HeldRole = {
  readonly id: string;
  readonly account: string;
  readonly role: Role;
  readonly organization: string | null;
  readonly division: string | null;
  readonly delegatedBy: string | null;
  readonly validUntil: number | null;
};

/** Roles that have not been revoked and have not run out. */
export const heldRoles = async (
  database: Queryable,
  funder: string,
  account: string,
): Promise<readonly HeldRole[]> => {
  const rows = await database
    .selectFrom("role_grant")
    .select([
      "id",
      "account",
      "role",
      "organization",
      "division",
      "delegated_by as delegatedBy",
      "valid_until as validUntil",
    ])
    .where("funder", "=", funder)
    .where("account", "=", account)
    .where("revoked_at", "is", null)
    .where((where) =>
      where.or([where("valid_until", "is", null), where("valid_until", ">", sql<number>`platform_now()`)]),
    )
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(({ role, ...rest }) => Object.assign(rest, { role: role as Role }));
};

/** Ends every session of an account: what it could do ends with the act that took it away. */
export const endSessions = async (tx: Transaction, funder: string, account: string, except?: string) => {
  let query = tx
    .updateTable("session")
    .set({ ended_at: sql<string>`platform_now()` })
    .where("funder", "=", funder)
    .where("account", "=", account)
    .where("ended_at", "is", null);
  if (except !== undefined) query = query.where("id", "<>", except);
  await query.execute();
};
