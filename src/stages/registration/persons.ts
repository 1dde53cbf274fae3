import { z } from "zod";
import { maskIdentity, maskPhone } from "../../core/mask.ts";
import { degrees, identityTypes, titleLevels } from "../../core/policy/application.ts";
import type { Transaction } from "../../platform/database/connect.ts";
import { Invalid, refused } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Keys } from "../../platform/keys.ts";
import { blindIndexOf, sealField } from "../../platform/secrets.ts";
import type { Entries } from "./entries.ts";
import { newPassword } from "./passwords.ts";

/** A person with an account, as they enter themselves; nothing of it counts before somebody has activated it. */

const typed = z.string().max(1_000);

export const newPersonSchema = z.strictObject({
  name: typed,
  identityType: z.enum(identityTypes),
  identityNo: typed,
  titleLevel: z.enum(titleLevels).default("NONE"),
  degree: z.enum(degrees).default("OTHER"),
  email: typed,
  phone: typed,
  login: typed,
  password: typed,
  language: z.enum(["zh", "en"]).default("zh"),
});
export type NewPerson = z.infer<typeof newPersonSchema>;

const titles = { name: { zh: "姓名", en: "Name" } };

export const readName = (read: Entries, place: string, value: string): string => {
  const name = read.line(place, value, titles.name, { most: 60 });
  if (name !== "" && !/\p{L}/u.test(name))
    read.fault(place, "姓名里要有文字，请按证件填写。", "A name has letters; write it as in the document.");
  return name;
};

export const readPerson = (read: Entries, input: NewPerson) => {
  const name = readName(read, "person.name", input.name);
  return {
    ...input,
    name,
    identityNo: read.identity("person.identityNo", input.identityType, input.identityNo),
    email: read.email("person.email", input.email),
    phone: read.phone("person.phone", input.phone),
    login: read.login("person.login", input.login),
  };
};
type ReadPerson = ReturnType<typeof readPerson>;

/** The same words whoever holds the number: they tell nothing about anybody. */
export const identityTaken = () =>
  refused(
    "这个证件号码不能再登记一次。如果你以前登记过，请用原来的账号登录，或者请单位科研管理员帮助找回；没有登记过的，请带证件联系平台管理员核实。",
    "This document number cannot be registered once more. If you have registered before, sign in with that account or ask your research administrator; if you have not, have the platform check your document.",
  );

export const loginTaken = () =>
  new Invalid([
    {
      place: "person.login",
      reason: {
        zh: "这个账号名已经有人使用，请换一个。",
        en: "This account name is in use. Choose another.",
      },
    },
  ]);

/** A person as the database keeps them: numbers sealed, and found again by a keyed hash. */
export const personValues = (
  keys: Keys,
  id: string,
  input: Pick<
    ReadPerson,
    "name" | "identityType" | "identityNo" | "titleLevel" | "degree" | "email" | "phone"
  >,
  organization: string,
) => ({
  name: input.name,
  identity_type: input.identityType,
  identity_sealed: sealField(keys, input.identityNo, `person.identity_sealed:${id}`),
  identity_hash: blindIndexOf(keys, "identity", input.identityNo),
  identity_mask: maskIdentity(input.identityNo),
  title_level: input.titleLevel,
  degree: input.degree,
  email: input.email,
  ...phoneValues(keys, id, input.phone),
  organization,
});

export const phoneValues = (keys: Keys, person: string, phone: string) => ({
  phone_sealed: sealField(keys, phone, `person.phone_sealed:${person}`),
  phone_mask: maskPhone(phone),
});

/** Writes person and account, both waiting. One who was refused before may register again, with what they say now. */
export const insertPerson = async (
  platform: Platform,
  tx: Transaction,
  input: ReadPerson,
  organization: { readonly id: string; readonly name: string },
): Promise<{ person: string; account: string }> => {
  const { funder, keys } = platform;
  // Hashed before anything is looked up: how long the answer takes tells nothing.
  const hash = await newPassword("person.password", input.password, [
    input.login,
    input.name,
    organization.name,
  ]);
  const identityHash = blindIndexOf(keys, "identity", input.identityNo);
  const before = await tx
    .selectFrom("person")
    .leftJoin("account", (on) =>
      on.onRef("account.funder", "=", "person.funder").onRef("account.person", "=", "person.id"),
    )
    .select(["person.id", "account.id as account", "account.standing"])
    .where("person.funder", "=", funder)
    .where("person.identity_hash", "=", identityHash)
    .executeTakeFirst();
  if (before !== undefined && before.standing !== "REFUSED") throw identityTaken();
  const other = await tx
    .selectFrom("account")
    .select("id")
    .where("funder", "=", funder)
    .where("login", "=", input.login)
    .executeTakeFirst();
  if (other !== undefined && other.id !== before?.account) throw loginTaken();
  const person = before?.id ?? crypto.randomUUID();
  const values = personValues(keys, person, input, organization.id);
  const standing = {
    login: input.login,
    password_hash: hash,
    standing: "PENDING",
    standing_reason: "",
    language: input.language,
  } as const;
  if (before?.account != null) {
    await tx
      .updateTable("person")
      .set(values)
      .where("funder", "=", funder)
      .where("id", "=", person)
      .execute();
    await tx
      .updateTable("account")
      .set(standing)
      .where("funder", "=", funder)
      .where("id", "=", before.account)
      .execute();
    return { person, account: before.account };
  }
  await tx
    .insertInto("person")
    .values({ funder, id: person, ...values })
    .execute();
  const { id: account } = await tx
    .insertInto("account")
    .values({ funder, person, ...standing })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { person, account };
};
