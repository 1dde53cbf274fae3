import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { maskIdentity } from "../../../core/mask.ts";
import { instantText } from "../../../platform/database/values.ts";
import { hashDrawnPassword } from "../../../platform/passwords.ts";
import { newTotpSecret } from "../../../platform/totp.ts";
import { personValues, phoneValues } from "../persons.ts";
import { type Doing, type Handed, inChunks } from "./kind.ts";
import { missingRoles, rankOf, rolesOf } from "./people.changes.ts";
import type { PlannedPerson } from "./people.kept.ts";

/** Writes the people that rows add or change, and gives whoever is new an account. */
export const applyPeople = async (
  { platform, tx, actor, organization, now }: Doing,
  rows: readonly PlannedPerson[],
) => {
  const { funder, keys } = platform;
  if (organization === null) throw new TypeError("people belong to an institution");
  const objects = new Map<number, string>();
  const handed: Handed[] = [];
  const grants: { account: string; role: string }[] = [];
  const people: object[] = [];
  const accounts: object[] = [];
  for (const row of rows) {
    if (row.act !== "ADD") continue;
    const { person, kept } = row;
    const id = kept?.id ?? crypto.randomUUID();
    const account = kept?.account?.id ?? crypto.randomUUID();
    const login = person.login === "" ? newLogin() : person.login;
    const password = newFirstPassword();
    const values = {
      ...personValues(
        keys,
        id,
        {
          ...person,
          titleLevel: (person.titleLevel ?? "NONE") as "NONE",
          degree: (person.degree ?? "OTHER") as "OTHER",
        },
        organization,
      ),
      admin_rank: rankOf(person.adminRank ?? "NONE"),
    };
    // The institution vouches for its people: they need not wait for being activated.
    const standing = {
      login,
      password_hash: await hashDrawnPassword(password),
      password_due: true,
      standing: "ACTIVE",
      standing_reason: "",
    } as const;
    if (kept === null) {
      people.push({ funder, id, ...values });
      accounts.push({ funder, id: account, person: id, ...standing });
    } else {
      await tx.updateTable("person").set(values).where("funder", "=", funder).where("id", "=", id).execute();
      await tx
        .updateTable("account")
        .set({ ...standing, version: sql<number>`version + 1` })
        .where("funder", "=", funder)
        .where("id", "=", account)
        .execute();
    }
    grants.push(...rolesOf(person.role).map((role) => ({ account, role })));
    handed.push({ name: person.name, identity: maskIdentity(person.identityNo), login, password });
    objects.set(row.number, id);
  }
  await inChunks(people, (chunk) =>
    tx
      .insertInto("person")
      .values(chunk as never)
      .execute(),
  );
  await inChunks(accounts, (chunk) =>
    tx
      .insertInto("account")
      .values(chunk as never)
      .execute(),
  );
  for (const { act, number, person, kept } of rows) {
    if (act !== "CHANGE" || kept === null) continue;
    await tx
      .updateTable("person")
      .set({
        ...(person.titleLevel === null ? {} : { title_level: person.titleLevel }),
        ...(person.degree === null ? {} : { degree: person.degree }),
        ...(person.adminRank === null ? {} : { admin_rank: rankOf(person.adminRank) }),
        email: person.email,
        ...phoneValues(keys, kept.id, person.phone),
        version: sql<number>`version + 1`,
        updated_at: instantText(now),
      })
      .where("funder", "=", funder)
      .where("id", "=", kept.id)
      .execute();
    if (kept.account !== null)
      for (const role of missingRoles(person, kept)) grants.push({ account: kept.account.id, role });
    objects.set(number, kept.id);
  }
  await inChunks(grants, (chunk) =>
    tx
      .insertInto("role_grant")
      .values(chunk.map((one) => ({ funder, ...one, organization, granted_by: actor.account })))
      .execute(),
  );
  return { objects, handed };
};

/** No letter or digit that looks like another. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
const newLogin = (): string =>
  `zn${Array.from(randomBytes(9), (byte) => alphabet[byte % alphabet.length]).join("")}`;
const newFirstPassword = (): string =>
  newTotpSecret()
    .slice(0, 16)
    .replace(/(.{4})(?=.)/g, "$1-")
    .toLowerCase();
