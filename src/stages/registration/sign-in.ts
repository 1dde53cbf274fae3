import { sql } from "kysely";
import { platformNow } from "../../platform/action.ts";
import { inTransaction } from "../../platform/database/connect.ts";
import { Refused } from "../../platform/errors.ts";
import { hashPassword, isPassword, needsRehash, spendTheSame } from "../../platform/passwords.ts";
import type { Platform } from "../../platform/platform.ts";
import { blindIndexOf, openField } from "../../platform/secrets.ts";
import { totpStep } from "../../platform/totp.ts";
import { normalizeLogin } from "./entries.ts";
import { isPasswordDue } from "./password-due.ts";
import { totpPlace } from "./second-factor.ts";
import { openSession, type Session } from "./sessions.ts";

/** Too many attempts from one place: 429. `seconds` until the next is looked at. */
export class Paused extends Refused {
  readonly seconds: number;
  constructor(seconds: number) {
    const minutes = Math.ceil(seconds / 60);
    super({
      zh: `从这里登录的尝试太多，请等 ${minutes} 分钟再试。账户没有被锁：换一处网络仍可登录。忘记密码的，请联系单位科研管理员或平台管理员。`,
      en: `Too many attempts from here. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}. The account is not locked: it can be used from elsewhere. If the password is lost, ask your research administrator or the platform.`,
    });
    this.name = "Paused";
    this.seconds = seconds;
  }
}

export type SignIn = {
  readonly account: string;
  readonly password: string;
  readonly code?: string | undefined;
  /** Where it comes from; only its keyed hash is kept. */
  readonly address: string;
};

export type SignedIn = {
  readonly token: string;
  readonly session: string;
  readonly account: string;
  /** Nothing but a new password can be set before that is done. */
  readonly passwordDue: boolean;
};

/** One answer for an unknown account, a wrong password, a wrong code and an account that is not active. */
const no = () =>
  new Refused({
    zh: "账号、密码或动态验证码不对，或者账户还没有启用。请核对后再登录；刚登记的，请等单位科研管理员启用。",
    en: "The account, the password or the code is not right, or the account is not active yet. Check them; if you have just registered, your institution activates the account first.",
  });

/**
 * Signs in and opens a new session, never one that the browser brought along. Throws `Refused` with the same words after the same
 * work whatever was wrong, and `Paused` where the same place tried too often.
 */
export const signIn = async (
  platform: Platform,
  { account: login, password, code = "", address }: SignIn,
  kind: Session["kind"] = "WEB",
): Promise<SignedIn> => {
  const { funder, database, keys } = platform;
  const name = normalizeLogin(login).slice(0, 200);
  const loginHash = blindIndexOf(keys, "login", name);
  const addressHash = blindIndexOf(keys, "address", address);
  // Noted before the password is looked at: a hundred attempts at once count each other.
  const { id: attempt } = await database.kysely
    .insertInto("sign_in_attempt")
    .values({ funder, login_hash: loginHash, address_hash: addressHash, succeeded: false })
    .returning("id")
    .executeTakeFirstOrThrow();
  const pause = await pauseOf(platform, loginHash, addressHash, attempt);
  if (pause > 0) {
    // What was not looked at does not lengthen the pause.
    await database.kysely
      .deleteFrom("sign_in_attempt")
      .where("funder", "=", funder)
      .where("id", "=", attempt)
      .execute();
    throw new Paused(pause);
  }
  const row = await database.kysely
    .selectFrom("account")
    .select([
      "id",
      "standing",
      "password_hash",
      "password_set_at",
      "password_due",
      "totp_sealed",
      "totp_confirmed",
    ])
    .where("funder", "=", funder)
    .where("login", "=", name)
    .executeTakeFirst();
  const given = password.slice(0, 1_000);
  const right = row === undefined ? await spendTheSame(given) : await isPassword(row.password_hash, given);
  if (row === undefined || !right || row.standing !== "ACTIVE") throw no();
  const rehashed = needsRehash(row.password_hash) ? await hashPassword(given) : null;
  const now = await platformNow(database.kysely);
  return inTransaction(database, {}, async (tx) => {
    // Read again under a lock: a code opens once, and an account that was suspended meanwhile stays out.
    const locked = await tx
      .selectFrom("account")
      .select(["standing", "totp_sealed", "totp_confirmed", "totp_last_step"])
      .where("funder", "=", funder)
      .where("id", "=", row.id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (locked.standing !== "ACTIVE") throw no();
    if (locked.totp_confirmed && locked.totp_sealed !== null) {
      const secret = openField(keys, locked.totp_sealed, totpPlace(row.id));
      const step = totpStep(secret, code, now, locked.totp_last_step);
      if (step === null) throw no();
      await tx
        .updateTable("account")
        .set({ totp_last_step: step })
        .where("funder", "=", funder)
        .where("id", "=", row.id)
        .execute();
    }
    if (rehashed !== null)
      await tx
        .updateTable("account")
        .set({ password_hash: rehashed })
        .where("funder", "=", funder)
        .where("id", "=", row.id)
        .where("password_hash", "=", row.password_hash)
        .execute();
    await tx
      .updateTable("sign_in_attempt")
      .set({ succeeded: true })
      .where("funder", "=", funder)
      .where("id", "=", attempt)
      .execute();
    const { id, token } = await openSession(tx, funder, row.id, kind, "");
    return { token, session: id, account: row.id, passwordDue: isPasswordDue(row, now) };
  });
};

const window = 15 * 60;
/** Attempts that are free, and how long the next ones wait: a minute, two, four … a quarter of an hour. */
const freeForPair = 5;
const freeForAddress = 60;

const waitAfter = (failures: number, free: number): number =>
  failures < free ? 0 : Math.min(window, 60 * 2 ** Math.min(10, failures - free));

/**
 * Seconds still to wait. Counted by account and address together, and by address alone: whoever tries from elsewhere
 * does not keep the owner of the account out.
 */
const pauseOf = async (
  platform: Platform,
  login: Buffer,
  address: Buffer,
  attempt: string,
): Promise<number> => {
  const { rows } = await sql<{ pair: number; pair_ago: number; all: number; all_ago: number }>`
    with recent as (
      select at, login_hash = ${login} as same from sign_in_attempt
      where funder = ${platform.funder} and address_hash = ${address} and not succeeded and id <> ${attempt}
        and at > platform_now() - interval '1 hour'
    ), since as (
      select coalesce(max(at), '-infinity') as at from sign_in_attempt
      where funder = ${platform.funder} and address_hash = ${address} and login_hash = ${login} and succeeded
    )
    select
      count(*) filter (where same and recent.at > since.at)::int as pair,
      coalesce(extract(epoch from platform_now() - max(recent.at) filter (where same)), 0)::float8 as pair_ago,
      count(*)::int as all,
      coalesce(extract(epoch from platform_now() - max(recent.at)), 0)::float8 as all_ago
    from recent, since`.execute(platform.database.kysely);
  const [found] = rows;
  if (found === undefined) return 0;
  const pair = waitAfter(found.pair, freeForPair) - found.pair_ago;
  const all = Math.min(60, waitAfter(found.all, freeForAddress)) - found.all_ago;
  return Math.max(0, Math.ceil(Math.max(pair, all)));
};

/** Nothing is left of attempts after this many days. */
export const forgetAttempts = async (platform: Platform, days = 180): Promise<void> => {
  await platform.database.kysely
    .deleteFrom("sign_in_attempt")
    .where("funder", "=", platform.funder)
    .where("at", "<", sql<number>`platform_now() - make_interval(days => ${days})`)
    .execute();
};
