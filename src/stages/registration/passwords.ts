import { z } from "zod";
import { passwordFindings, reusedPassword } from "../../core/password.ts";
import { separated } from "../../core/role.ts";
import { define } from "../../platform/action.ts";
import type { Transaction } from "../../platform/database/connect.ts";
import { instantText, jsonText } from "../../platform/database/values.ts";
import { Invalid, refused } from "../../platform/errors.ts";
import { hashPassword, isPassword } from "../../platform/passwords.ts";
import { newTotpSecret } from "../../platform/totp.ts";
import { accountFacts, type AccountFacts, endSessions, heldRoles, owned, ownAccount } from "./facts.ts";
import { passwordProfile } from "./password-due.ts";

/** The stored form of a new password. Throws `Invalid` at the place. `before`: hashes of earlier ones, the latest first. */
export const newPassword = async (
  place: string,
  password: string,
  personal: readonly string[],
  before: readonly string[] = [],
): Promise<string> => {
  const profile = passwordProfile();
  const findings = [...passwordFindings(profile, password, personal)];
  if (findings.length === 0)
    for (const hash of before.slice(0, profile.remembered))
      if (await isPassword(hash, password)) {
        findings.push(reusedPassword(profile));
        break;
      }
  if (findings.length > 0) throw new Invalid(findings.map(({ message }) => ({ place, reason: message })));
  return hashPassword(password);
};

const store = async (
  tx: Transaction,
  funder: string,
  facts: AccountFacts,
  hash: string,
  now: number,
  due: boolean,
) => {
  await tx
    .updateTable("account")
    .set({
      password_hash: hash,
      password_set_at: instantText(now),
      password_due: due,
      password_history: jsonText([facts.passwordHash, ...facts.passwordHistory].slice(0, 10)),
      version: facts.version + 1,
    })
    .where("funder", "=", funder)
    .where("id", "=", facts.id)
    .execute();
};

export const changePassword = define({
  name: "registration.changePassword",
  title: { zh: "修改密码", en: "Change the password" },
  input: z.strictObject({
    current: z.string().max(1_000),
    next: z.string().max(1_000),
    /** The session that goes on; all others end. */
    session: z.uuid().optional(),
  }),
  load: ({ tx, funder, actor }) => ownAccount(tx, funder, actor),
  subject: (facts) => ({ account: facts?.id ?? null }),
  effect: async ({ tx, funder, input, facts, now }) => {
    const account = owned(facts);
    if (!(await isPassword(account.passwordHash, input.current)))
      throw new Invalid([
        {
          place: "current",
          reason: {
            zh: "现在的密码不对，请重新键入。",
            en: "This is not the present password. Type it again.",
          },
        },
      ]);
    const hash = await newPassword(
      "next",
      input.next,
      [account.login, account.person.name, account.organization?.name ?? ""],
      [account.passwordHash, ...account.passwordHistory],
    );
    await store(tx, funder, account, hash, now, false);
    await endSessions(tx, funder, account.id, input.session);
    return { result: { account: account.id }, entry: { kind: "account", id: account.id, body: {} } };
  },
});

/**
 * A password that serves once, for its own change. One of another administrator is given only where a second factor stands:
 * otherwise whoever resets it could sign in as the administrator that checks them.
 */
export const resetPassword = define({
  name: "registration.resetPassword",
  title: { zh: "重置密码", en: "Reset a password" },
  input: z.strictObject({ account: z.uuid() }),
  load: ({ tx, funder, actor, input }) => accountFacts(tx, funder, actor, input.account),
  subject: (facts) => facts.subject,
  effect: async ({ tx, funder, actor, facts, now }) => {
    if (facts.id === actor.account)
      throw refused("自己的密码请在“我的账户”里修改。", "Change your own password under your account.");
    if (facts.standing !== "ACTIVE")
      throw refused(
        "这个账户没有启用，不能重置密码。请先启用或恢复账户。",
        "This account is not active. Activate or restore it first.",
      );
    const held = await heldRoles(tx, funder, facts.id);
    if (held.some(({ role }) => separated.includes(role)) && !facts.totp.confirmed)
      throw refused(
        "这是另一位管理员的账户，又没有开启两步登录：重置后就能以他的身份登录，三员就不再分开。请由本人修改密码，或先开启两步登录。",
        "This account belongs to another administrator and has no second factor: whoever resets its password could sign in as them. The holder must change it, or turn on the second factor first.",
      );
    const password = newTotpSecret()
      .slice(0, 16)
      .replace(/(.{4})(?=.)/g, "$1-")
      .toLowerCase();
    await store(tx, funder, facts, await hashPassword(password), now, true);
    await endSessions(tx, funder, facts.id);
    return {
      result: { account: facts.id, password },
      entry: { kind: "account", id: facts.id, body: {} },
    };
  },
});
