import { inTransaction } from "../../platform/database/connect.ts";
import { maskIdentity } from "../../core/mask.ts";
import { type Role, separated } from "../../core/role.ts";
import { hashPassword } from "../../platform/passwords.ts";
import type { Platform } from "../../platform/platform.ts";
import { blindIndexOf, sealField } from "../../platform/secrets.ts";

export type FirstPerson = {
  readonly login: string;
  readonly name: string;
  readonly identityNo: string;
  readonly password: string;
  readonly role: Role;
};
type Named = { readonly name: string; readonly nameEn: string };

/**
 * What an installation inserts because nobody could act before it: the bureau, the competent departments, and the three separated
 * administrators. Everybody else is registered, activated and given roles by the ordinary acts. Refuses a platform that has accounts.
 */
export const insertFirst = async (
  { database, funder, keys }: Platform,
  bureau: Named,
  departments: readonly Named[],
  people: readonly FirstPerson[],
): Promise<{
  readonly bureau: string;
  readonly departments: readonly string[];
  readonly accounts: readonly string[];
}> => {
  if (people.some(({ role }) => !separated.includes(role)))
    throw new RangeError("only the separated administrators are inserted");
  const hashes = await Promise.all(people.map(({ password }) => hashPassword(password)));
  return inTransaction(database, { isolation: "serializable" }, async (tx) => {
    const before = await tx
      .selectFrom("account")
      .select("id")
      .where("funder", "=", funder)
      .limit(1)
      .execute();
    if (before.length > 0) throw new RangeError("the platform has accounts already");
    const organization = async (kind: "BUREAU" | "DEPARTMENT", { name, nameEn }: Named) => {
      const { id } = await tx
        .insertInto("organization")
        .values({ funder, kind, name_zh: name, name_en: nameEn, standing: "ACTIVE" })
        .returning("id")
        .executeTakeFirstOrThrow();
      return id;
    };
    const seat = await organization("BUREAU", bureau);
    const departmentIds: string[] = [];
    for (const one of departments) departmentIds.push(await organization("DEPARTMENT", one));
    const accounts: string[] = [];
    for (const [index, one] of people.entries()) {
      const person = crypto.randomUUID();
      await tx
        .insertInto("person")
        .values({
          funder,
          id: person,
          name: one.name,
          identity_type: "RESIDENT_ID",
          identity_sealed: Buffer.from(sealField(keys, one.identityNo, `person.identity_sealed:${person}`)),
          identity_hash: Buffer.from(blindIndexOf(keys, "identity", one.identityNo)),
          identity_mask: maskIdentity(one.identityNo),
          organization: seat,
        })
        .execute();
      const { id: account } = await tx
        .insertInto("account")
        .values({ funder, person, login: one.login, password_hash: hashes[index] ?? "", standing: "ACTIVE" })
        .returning("id")
        .executeTakeFirstOrThrow();
      await tx
        .insertInto("role_grant")
        .values({ funder, account, role: one.role, organization: seat })
        .execute();
      accounts.push(account);
    }
    return { bureau: seat, departments: departmentIds, accounts };
  });
};
