import { sql } from "kysely";
import { z } from "zod";
import { civilDateOf, endOf } from "../../core/calendar.ts";
import { type Role, roleCodes, roles, separated } from "../../core/role.ts";
import { define } from "../../platform/action.ts";
import type { Transaction } from "../../platform/database/connect.ts";
import { instantText } from "../../platform/database/values.ts";
import { invalid, Missing, refused } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import type { Platform } from "../../platform/platform.ts";
import { entries } from "./entries.ts";
import { accountFacts, type AccountFacts, type HeldRole, heldRoles } from "./facts.ts";

/** Roles are given and taken by others, never by oneself; what changes counts from the next request on. */

const roleSchema = z.enum(roleCodes as [Role, ...Role[]]);

const seatKinds: Partial<Record<(typeof roles)[Role]["seat"], string>> = {
  INSTITUTION: "INSTITUTION",
  DEPARTMENT: "DEPARTMENT",
  DIVISION: "BUREAU",
  BUREAU: "BUREAU",
};

const notOneself = (actor: string | null, lender: string | null, account: string) => {
  if (account === actor || account === lender)
    throw refused(
      "自己的角色要由别人办理：请另一位管理员授予或收回。",
      "Nobody changes their own roles. Ask another administrator.",
    );
};

/** An institution's administrator gives and takes only the roles that its own people hold at it. */
const withinUnit = (under: Role | undefined, role: Role) => {
  if (under === "ORG_ADMIN" && roles[role].seat !== "INSTITUTION")
    throw refused(
      `单位科研管理员只能授予或收回本单位的岗位角色，“${roles[role].title.zh}”由安全管理员办理。`,
      `A research administrator gives and takes the roles of the institution only; "${roles[role].title.en}" is for the security administrator.`,
    );
};

/** The three administrators are three persons, lent roles included. The account's row is locked: two grants at once see each other. */
const stayApart = (held: readonly HeldRole[], role: Role) => {
  const other = held.find((one) => one.role !== role && separated.includes(one.role));
  if (separated.includes(role) && other !== undefined)
    throw refused(
      `系统、安全、审计三员由三个人分任。此人已经是${roles[other.role].title.zh}，请选另一个人。`,
      `The three administrators are three persons. This one is already ${roles[other.role].title.en}; choose somebody else.`,
    );
};

const seatOf = (
  platform: Platform,
  facts: AccountFacts,
  role: Role,
  division: string | null,
): { organization: string | null; division: string | null } => {
  const { seat, title } = roles[role];
  const kind = seatKinds[seat];
  if (role === "PUBLIC")
    throw invalid("role", "“公众”不是授予的角色，请另选。", "Nobody is given the role of the public.");
  if (kind !== undefined && facts.organization?.kind !== kind)
    throw refused(
      `“${title.zh}”只能由相应单位的人担任，此人不在这样的单位。请另选角色或人员。`,
      `"${title.en}" is held by people of another kind of organisation. Choose another role or person.`,
    );
  if (seat !== "DIVISION") return { organization: facts.organization?.id ?? null, division: null };
  const known = platform.policies.some(({ programme }) =>
    programme.divisions.some(({ code }) => code === division),
  );
  if (!known) throw invalid("division", "请从列表里选择处室。", "Choose a division from the list.");
  return { organization: facts.organization?.id ?? null, division };
};

const mustBeActive = (facts: AccountFacts) => {
  if (facts.standing !== "ACTIVE")
    throw refused("这个账户没有启用，请先启用。", "This account is not active. Activate it first.");
};

export const grantRole = define({
  name: "registration.grantRole",
  title: { zh: "授予角色", en: "Give a role" },
  input: z.strictObject({
    account: z.uuid(),
    role: roleSchema,
    division: z.string().max(60).nullable().default(null),
  }),
  load: ({ tx, funder, actor, input }) => accountFacts(tx, funder, actor, input.account),
  subject: (facts) => facts.subject,
  effect: async ({ platform, tx, funder, actor, input, facts, grant }) => {
    const { role } = input;
    notOneself(actor.account, grant?.delegatedBy ?? null, facts.id);
    withinUnit(grant?.role, role);
    mustBeActive(facts);
    const seat = seatOf(platform, facts, role, input.division);
    const held = await heldRoles(tx, funder, facts.id);
    stayApart(held, role);
    if (
      held.some(
        (one) =>
          one.role === role &&
          one.delegatedBy === null &&
          one.organization === seat.organization &&
          one.division === seat.division,
      )
    )
      throw refused("此人已经有这个角色，不用再授予。", "This person holds the role already.");
    const { id } = await tx
      .insertInto("role_grant")
      .values({ funder, account: facts.id, role, ...seat, granted_by: actor.account })
      .returning("id")
      .executeTakeFirstOrThrow();
    await notify(tx, funder, [{ account: facts.id }], {
      template: "roleGranted",
      facts: { role },
      link: "/me",
    });
    return {
      result: { grant: id },
      entry: {
        kind: "grant",
        id,
        body: { account: facts.id, role, division: seat.division, organization: seat.organization },
      },
    };
  },
});

const grantFacts = async (tx: Transaction, funder: string, id: string) => {
  const row = await tx
    .selectFrom("role_grant")
    .selectAll()
    .where("funder", "=", funder)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new Missing("grant");
  return { ...row, role: row.role as Role };
};

const end = async (tx: Transaction, funder: string, id: string) => {
  await tx
    .updateTable("role_grant")
    .set({ revoked_at: sql<string>`platform_now()` })
    .where("funder", "=", funder)
    .where("id", "=", id)
    .execute();
};

const gone = () =>
  refused("这个角色已经收回或到期，不用再办理。", "This role has been taken back or has run out.");

export const revokeRole = define({
  name: "registration.revokeRole",
  title: { zh: "收回角色", en: "Take a role back" },
  input: z.strictObject({ grant: z.uuid() }),
  load: async ({ tx, funder, actor, input }) => {
    const held = await grantFacts(tx, funder, input.grant);
    return { held, account: await accountFacts(tx, funder, actor, held.account) };
  },
  subject: ({ account }) => account.subject,
  effect: async ({ tx, funder, actor, facts: { held, account }, grant }) => {
    notOneself(actor.account, grant?.delegatedBy ?? null, account.id);
    withinUnit(grant?.role, held.role);
    if (held.revoked_at !== null) throw gone();
    await end(tx, funder, held.id);
    await notify(tx, funder, [{ account: account.id }], {
      template: "roleRevoked",
      facts: { role: held.role },
      link: "/me",
    });
    return {
      result: { grant: held.id },
      entry: { kind: "grant", id: held.id, body: { account: account.id, role: held.role } },
    };
  },
});

const longestLoan = 366 * 86_400_000;

/** Lends one's own role to a colleague of the same seat until the end of a day. */
export const delegate = define({
  name: "registration.delegate",
  title: { zh: "委托同事代办", en: "Lend a role to a colleague" },
  input: z.strictObject({ grant: z.uuid(), colleague: z.uuid(), until: z.string().max(40) }),
  load: async ({ tx, funder, actor, input }) => {
    const held = await grantFacts(tx, funder, input.grant);
    if (held.account !== actor.account) throw new Missing("grant");
    return held;
  },
  subject: (held) => ({ account: held.account }),
  effect: async ({ tx, funder, actor, input, facts: held, now }) => {
    const { seat, title } = roles[held.role];
    if (held.revoked_at !== null || (held.valid_until !== null && held.valid_until <= now)) throw gone();
    if (held.delegated_by !== null)
      throw refused(
        "别人委托给你的角色不能再转委托。请原来的同事直接委托。",
        "A role that was lent to you cannot be lent on. Ask the colleague who holds it.",
      );
    if (seat === "SELF")
      throw refused(`“${title.zh}”只属于本人，不能委托。`, `"${title.en}" is one's own and cannot be lent.`);
    const read = entries();
    const until = read.date("until", input.until, { zh: "截止日期", en: "Last day" });
    read.settle();
    const today = civilDateOf(now);
    if (until < today || endOf(until) - now > longestLoan)
      throw invalid(
        "until",
        "截止日期应在今天或以后，最长一年。请改一个日期。",
        "The last day must be today or later, and within a year.",
      );
    if (input.colleague === actor.account)
      throw invalid("colleague", "请选另一位同事。", "Choose another colleague.");
    const colleague = await tx
      .selectFrom("account")
      .innerJoin("person", (on) =>
        on.onRef("person.funder", "=", "account.funder").onRef("person.id", "=", "account.person"),
      )
      .select(["account.id", "account.standing", "person.organization"])
      .where("account.funder", "=", funder)
      .where("account.id", "=", input.colleague)
      .forUpdate("account")
      .executeTakeFirst();
    if (
      colleague === undefined ||
      colleague.standing !== "ACTIVE" ||
      held.organization === null ||
      colleague.organization !== held.organization
    )
      throw invalid(
        "colleague",
        "只能委托给同一单位里账户已启用的同事，请从列表里选。",
        "A role can be lent to an active colleague of the same organisation. Choose from the list.",
      );
    const theirs = await heldRoles(tx, funder, colleague.id);
    stayApart(theirs, held.role);
    if (
      theirs.some(
        (one) =>
          one.role === held.role && one.organization === held.organization && one.division === held.division,
      )
    )
      throw invalid(
        "colleague",
        "这位同事已经有这个角色，不用委托。",
        "This colleague holds the role already.",
      );
    const { id } = await tx
      .insertInto("role_grant")
      .values({
        funder,
        account: colleague.id,
        role: held.role,
        organization: held.organization,
        division: held.division,
        valid_from: instantText(now),
        valid_until: instantText(endOf(until)),
        delegated_by: actor.account,
        granted_by: actor.account,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await notify(tx, funder, [{ account: colleague.id }], {
      template: "roleLent",
      facts: { role: held.role, until },
      link: "/me",
    });
    return {
      result: { grant: id },
      entry: { kind: "grant", id, body: { account: colleague.id, role: held.role, until } },
    };
  },
});

/** By the lender at any time, or by the security administrator. */
export const endDelegation = define({
  name: "registration.endDelegation",
  title: { zh: "结束委托", en: "End a delegation" },
  input: z.strictObject({ grant: z.uuid() }),
  load: async ({ tx, funder, actor, input }) => {
    const held = await grantFacts(tx, funder, input.grant);
    const known =
      held.delegated_by !== null &&
      (held.delegated_by === actor.account || actor.grants.some(({ role }) => role === "SEC_ADMIN"));
    if (!known) throw new Missing("grant");
    return held;
  },
  subject: (held) => ({ account: held.delegated_by }),
  effect: async ({ tx, funder, facts: held, now }) => {
    if (held.revoked_at !== null || (held.valid_until !== null && held.valid_until <= now)) throw gone();
    await end(tx, funder, held.id);
    return {
      result: { grant: held.id },
      entry: { kind: "grant", id: held.id, body: { account: held.account, role: held.role } },
    };
  },
});
