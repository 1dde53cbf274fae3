import { z } from "zod";
import { define } from "../../platform/action.ts";
import { Invalid, refused } from "../../platform/errors.ts";
import { isPassword } from "../../platform/passwords.ts";
import { openField, sealField } from "../../platform/secrets.ts";
import { newTotpSecret, totpStep, totpUri } from "../../platform/totp.ts";
import { accountFacts, owned, ownAccount } from "./facts.ts";

export const totpPlace = (account: string) => `account.totp_sealed:${account}`;
const waitingPlace = (account: string) => `account.totp_waiting:${account}`;

const wrongPassword = new Invalid([
  {
    place: "password",
    reason: { zh: "密码不对，请重新键入。", en: "The password is not right. Type it again." },
  },
]);

export const beginSecondFactor = define({
  name: "registration.beginSecondFactor",
  title: { zh: "开始设置两步登录", en: "Begin a second factor" },
  input: z.strictObject({ password: z.string().max(1_000) }),
  load: ({ tx, funder, actor }) => ownAccount(tx, funder, actor),
  subject: (facts) => ({ account: facts?.id ?? null }),
  effect: async ({ platform, tx, funder, input, facts }) => {
    const account = owned(facts);
    if (!(await isPassword(account.passwordHash, input.password))) throw wrongPassword;
    if (account.totp.confirmed)
      throw refused(
        "两步登录已经开启。要换一部手机，请先关闭再重新设置。",
        "The second factor is on. To move it to another phone, turn it off first.",
      );
    const secret = newTotpSecret();
    await tx
      .updateTable("account")
      .set({ totp_waiting: sealField(platform.keys, secret, waitingPlace(account.id)) })
      .where("funder", "=", funder)
      .where("id", "=", account.id)
      .execute();
    return {
      result: { secret, uri: totpUri(secret, { issuer: "Zhinan", account: account.login }) },
      entry: { kind: "account", id: account.id, body: {} },
    };
  },
});

export const confirmSecondFactor = define({
  name: "registration.confirmSecondFactor",
  title: { zh: "开启两步登录", en: "Turn on the second factor" },
  input: z.strictObject({ code: z.string().max(40) }),
  load: ({ tx, funder, actor }) => ownAccount(tx, funder, actor),
  subject: (facts) => ({ account: facts?.id ?? null }),
  effect: async ({ platform, tx, funder, input, facts, now }) => {
    const account = owned(facts);
    if (account.totp.waiting === null)
      throw refused(
        "没有等待确认的两步登录。请从“设置两步登录”开始。",
        "No second factor is waiting. Begin with setting one up.",
      );
    const secret = openField(platform.keys, account.totp.waiting, waitingPlace(account.id));
    const step = totpStep(secret, input.code, now, null);
    if (step === null)
      throw new Invalid([
        {
          place: "code",
          reason: {
            zh: "动态验证码不对或已过期。请核对手机时间，再键入正在显示的 6 位数字。",
            en: "The code is wrong or has passed. Check the clock of the phone and type the 6 digits shown now.",
          },
        },
      ]);
    await tx
      .updateTable("account")
      .set({
        totp_sealed: sealField(platform.keys, secret, totpPlace(account.id)),
        totp_waiting: null,
        totp_last_step: step,
        totp_confirmed: true,
        version: account.version + 1,
      })
      .where("funder", "=", funder)
      .where("id", "=", account.id)
      .execute();
    return { result: { account: account.id }, entry: { kind: "account", id: account.id, body: {} } };
  },
});

/** By its owner with the password; by the security administrator for somebody whose phone is lost. */
export const removeSecondFactor = define({
  name: "registration.removeSecondFactor",
  title: { zh: "关闭两步登录", en: "Turn off the second factor" },
  input: z.strictObject({ account: z.uuid(), password: z.string().max(1_000).optional() }),
  load: ({ tx, funder, actor, input }) => accountFacts(tx, funder, actor, input.account),
  subject: (facts) => facts.subject,
  effect: async ({ tx, funder, actor, input, facts }) => {
    if (facts.id === actor.account && !(await isPassword(facts.passwordHash, input.password ?? "")))
      throw wrongPassword;
    await tx
      .updateTable("account")
      .set({
        totp_sealed: null,
        totp_waiting: null,
        totp_last_step: null,
        totp_confirmed: false,
        version: facts.version + 1,
      })
      .where("funder", "=", funder)
      .where("id", "=", facts.id)
      .execute();
    return { result: { account: facts.id }, entry: { kind: "account", id: facts.id, body: {} } };
  },
});
