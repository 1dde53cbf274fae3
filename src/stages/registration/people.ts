import { z } from "zod";
import { maskPhone } from "../../core/mask.ts";
import { degrees, titleLevels } from "../../core/policy/application.ts";
import { define } from "../../platform/action.ts";
import type { Transaction } from "../../platform/database/connect.ts";
import { instantText } from "../../platform/database/values.ts";
import { invalid, refused, Stale } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import { openField, sealField } from "../../platform/secrets.ts";
import { entries } from "./entries.ts";
import { accountFacts, type AccountFacts, endSessions, owned, ownAccount } from "./facts.ts";
import { registrationTaken } from "./institutions.ts";
import { insertPerson, newPersonSchema, readPerson } from "./persons.ts";

const typed = z.string().max(1_000);
const onAccount = { account: z.uuid(), version: z.int().min(1) };
const reasonWords = { zh: "理由", en: "Reason" };

export const registerPerson = define({
  name: "registration.registerPerson",
  title: { zh: "登记个人", en: "Register a person" },
  input: z.strictObject({ organization: z.uuid(), person: newPersonSchema }),
  load: async ({ tx, funder, input }) =>
    (await tx
      .selectFrom("organization")
      .select(["id", "kind", "name_zh"])
      .where("funder", "=", funder)
      .where("id", "=", input.organization)
      .where("standing", "=", "ACTIVE")
      .executeTakeFirst()) ?? null,
  subject: () => ({}),
  effect: async ({ platform, tx, funder, input, facts }) => {
    const read = entries();
    const person = readPerson(read, input.person);
    if (facts === null)
      read.fault(
        "organization",
        "请从列表里选择已经启用的单位。单位还没有登记的，请先登记单位。",
        "Choose an active institution from the list. If yours is not registered, register it first.",
      );
    read.settle();
    if (facts === null) throw invalid("organization", "请选择单位。", "Choose an institution.");
    const made = await insertPerson(platform, tx, person, { id: facts.id, name: facts.name_zh });
    await notify(
      tx,
      funder,
      facts.kind === "INSTITUTION"
        ? [{ role: "ORG_ADMIN", organization: facts.id }]
        : [{ role: "SYS_ADMIN" }],
      {
        template: "personWaiting",
        facts: { name: person.name },
        link: facts.kind === "INSTITUTION" ? "/people" : "/accounts",
      },
    );
    return {
      result: made,
      entry: {
        kind: "account",
        id: made.account,
        body: { to: "PENDING", organization: facts.id, person: made.person },
      },
    };
  },
  taken: registrationTaken,
});

const setStanding = async (
  tx: Transaction,
  funder: string,
  facts: AccountFacts,
  standing: "ACTIVE" | "SUSPENDED" | "REFUSED",
  reason = "",
) => {
  await tx
    .updateTable("account")
    .set({ standing, standing_reason: reason, version: facts.version + 1 })
    .where("funder", "=", funder)
    .where("id", "=", facts.id)
    .execute();
  return {
    result: { account: facts.id, version: facts.version + 1 },
    entry: { kind: "account", id: facts.id, body: { from: facts.standing, to: standing } },
  };
};

const expect = (facts: AccountFacts, version: number, standing: string) => {
  if (facts.version !== version) throw new Stale(version, facts.version);
  if (facts.standing !== standing)
    throw refused(
      "这个账户的状态已经变了，现在不能这样办理。请刷新页面看最新情况。",
      "The state of this account has changed and does not allow this now. Reload the page.",
    );
};

/** By the institution's administrator; gives the roles of an investigator and of a member. Officers get theirs from the security administrator. */
export const activatePerson = define({
  name: "registration.activatePerson",
  title: { zh: "启用人员", en: "Activate a person" },
  input: z.strictObject(onAccount),
  load: ({ tx, funder, actor, input }) => accountFacts(tx, funder, actor, input.account),
  subject: (facts) => facts.subject,
  effect: async ({ tx, funder, actor, input, facts }) => {
    expect(facts, input.version, "PENDING");
    if (facts.organization?.standing !== "ACTIVE")
      throw refused(
        "这个人的单位还没有启用，请先启用单位。",
        "The institution of this person is not active yet. Activate it first.",
      );
    if (facts.organization.kind === "INSTITUTION")
      for (const role of ["PI", "MEMBER"])
        await tx
          .insertInto("role_grant")
          .values({
            funder,
            account: facts.id,
            role,
            organization: facts.organization.id,
            granted_by: actor.account,
          })
          .execute();
    await notify(tx, funder, [{ account: facts.id }], {
      template: "accountActive",
      facts: { organization: facts.organization.name },
      link: "/me",
    });
    return setStanding(tx, funder, facts, "ACTIVE");
  },
});

const withReason = z.strictObject({ ...onAccount, reason: typed });
const reasonOf = (reason: string): string => {
  const read = entries();
  const said = read.text("reason", reason, reasonWords, { most: 500, least: 4 });
  read.settle();
  return said;
};

export const refusePerson = define({
  name: "registration.refusePerson",
  title: { zh: "不予启用人员", en: "Refuse a person" },
  input: withReason,
  load: ({ tx, funder, actor, input }) => accountFacts(tx, funder, actor, input.account),
  subject: (facts) => facts.subject,
  effect: ({ tx, funder, input, facts }) => {
    expect(facts, input.version, "PENDING");
    return setStanding(tx, funder, facts, "REFUSED", reasonOf(input.reason));
  },
});

export const suspend = define({
  name: "registration.suspend",
  title: { zh: "暂停账户", en: "Suspend an account" },
  input: withReason,
  load: ({ tx, funder, actor, input }) => accountFacts(tx, funder, actor, input.account),
  subject: (facts) => facts.subject,
  effect: async ({ tx, funder, actor, input, facts }) => {
    expect(facts, input.version, "ACTIVE");
    if (facts.id === actor.account)
      throw refused(
        "不能暂停自己的账户。需要暂停的，请另一位系统管理员办理。",
        "You cannot suspend your own account. Ask another system administrator.",
      );
    const reason = reasonOf(input.reason);
    await endSessions(tx, funder, facts.id);
    // The calendar's address is gone too: it does not come back with the account.
    await tx
      .deleteFrom("calendar_feed")
      .where("funder", "=", funder)
      .where("account", "=", facts.id)
      .execute();
    return setStanding(tx, funder, facts, "SUSPENDED", reason);
  },
});

export const restore = define({
  name: "registration.restore",
  title: { zh: "恢复账户", en: "Restore an account" },
  input: z.strictObject(onAccount),
  load: ({ tx, funder, actor, input }) => accountFacts(tx, funder, actor, input.account),
  subject: (facts) => facts.subject,
  effect: ({ tx, funder, input, facts }) => {
    expect(facts, input.version, "SUSPENDED");
    return setStanding(tx, funder, facts, "ACTIVE");
  },
});

/** What people may change about themselves; name, document and institution were checked and stay. */
export const updateProfile = define({
  name: "registration.updateProfile",
  title: { zh: "修改个人信息", en: "Change one's particulars" },
  input: z.strictObject({
    titleLevel: z.enum(titleLevels),
    degree: z.enum(degrees),
    adminRank: z.enum(["DEPUTY_DIVISION_OR_ABOVE"]).nullable(),
    email: typed,
    /** Empty: the one that is kept stays. */
    phone: typed.default(""),
    orcid: typed.default(""),
    language: z.enum(["zh", "en"]),
  }),
  load: ({ tx, funder, actor }) => ownAccount(tx, funder, actor),
  subject: (facts) => ({ account: facts?.id ?? null }),
  effect: async ({ platform, tx, funder, input, facts, now }) => {
    const account = owned(facts);
    const read = entries();
    const email = read.email("email", input.email);
    const phone = read.phone("phone", input.phone, false);
    const orcid = input.orcid.normalize("NFKC").trim().toUpperCase();
    if (orcid !== "" && !/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/.test(orcid))
      read.fault(
        "orcid",
        "ORCID 的写法如 0000-0002-1825-0097，16 位，每 4 位一个短横。没有的可以不填。",
        "An ORCID looks like 0000-0002-1825-0097. Leave it empty if you have none.",
      );
    read.settle();
    const person = account.person.id;
    await tx
      .updateTable("person")
      .set({
        title_level: input.titleLevel,
        degree: input.degree,
        admin_rank: input.adminRank,
        email,
        orcid: orcid === "" ? null : orcid,
        updated_at: instantText(now),
        ...(phone === ""
          ? {}
          : {
              phone_sealed: sealField(platform.keys, phone, `person.phone_sealed:${person}`),
              phone_mask: maskPhone(phone),
            }),
      })
      .where("funder", "=", funder)
      .where("id", "=", person)
      .execute();
    await tx
      .updateTable("account")
      .set({ language: input.language })
      .where("funder", "=", funder)
      .where("id", "=", account.id)
      .execute();
    return { result: { person }, entry: { kind: "person", id: person, body: {} } };
  },
});

/** Shows a masked number, once, for a purpose that the ledger keeps. */
export const unmask = define({
  name: "registration.unmask",
  title: { zh: "查看完整号码", en: "Show a number in full" },
  input: z.strictObject({ person: z.uuid(), purpose: typed }),
  load: async ({ tx, funder, input }) =>
    (await tx
      .selectFrom("person")
      .select(["id", "organization", "identity_sealed", "phone_sealed"])
      .where("funder", "=", funder)
      .where("id", "=", input.person)
      .executeTakeFirst()) ?? null,
  subject: (facts) => ({ organization: facts?.organization ?? null }),
  effect: async ({ platform, input, facts }) => {
    if (facts === null)
      throw refused("没有这个人，请刷新列表。", "There is no such person. Reload the list.");
    const read = entries();
    const purpose = read.line(
      "purpose",
      input.purpose,
      { zh: "用途", en: "Purpose" },
      { most: 200, least: 4 },
    );
    if (/\d{6}/.test(purpose.normalize("NFKC")))
      read.fault(
        "purpose",
        "用途会长期留在台账里，请不要写证件号、电话等号码，只写为什么要看。",
        "The purpose stays in the ledger: say why, without numbers of any person.",
      );
    read.settle();
    return {
      result: {
        person: facts.id,
        identityNo: openField(platform.keys, facts.identity_sealed, `person.identity_sealed:${facts.id}`),
        phone:
          facts.phone_sealed === null
            ? ""
            : openField(platform.keys, facts.phone_sealed, `person.phone_sealed:${facts.id}`),
      },
      entry: { kind: "person", id: facts.id, body: { purpose } },
    };
  },
});
