import { sql } from "kysely";
import { civilDateOf, startOf } from "../core/calendar.ts";
import { platformNow } from "./action.ts";
import { inTransaction } from "./database/connect.ts";
import { instantText } from "./database/values.ts";
import { type Letter, noticesOf } from "./letter.ts";
import type { Platform } from "./platform.ts";

/**
 * Gives a letter to a mail server. Throws `NotTaken` where it was not taken; any other error counts as `later`.
 * `LOG` where there is no server: the outbox says so. `done` is called when a sweep is over.
 */
export type Mailer = {
  readonly way: "SMTP" | "LOG";
  readonly send: (letter: Letter) => Promise<void>;
  readonly done?: () => void;
};

/** Why it was not taken: this letter will not be (`never`), may be (`later`), or no letter is taken now (`away`). The message is kept and shown. */
export class NotTaken extends Error {
  readonly kind: "never" | "later" | "away";
  constructor(kind: NotTaken["kind"], message: string) {
    super(message);
    this.name = "NotTaken";
    this.kind = kind;
  }
}

/** Faults of our own, in place of a server's words. */
export const ownFaults = { noAddress: "NO_ADDRESS", unanswered: "UNANSWERED" } as const;

/** Which templates never wait, and which may wait for the daily letter. */
export type Paces = { readonly urgent: readonly string[]; readonly news: readonly string[] };

/** Tries of one letter: over some three days, each wait four times the last. */
const mostAttempts = 7;
/** Letters on their way at the same time: a slow answer to one holds up few others, and no mail server minds so few. */
const lanes = 4;
/** Longer than any mailer may take. */
const leaseMinutes = 5;
/** Daily letters leave at this hour of the guide's civil time. */
const dailyHour = 8;

type Ground = Pick<Platform, "database" | "funder">;

/**
 * Puts what waits into letters, then sends them, at most `limit`; returns how many went out. Any number of processes may do so at once.
 *
 * A letter is claimed under a lease, sent, then marked. A process that dies between sending and marking leaves a lease that runs out,
 * and the letter is sent once more with the same Message-ID: a second copy is a nuisance that mail programs recognise, but a notice that
 * never comes can cost somebody a deadline. After a second lease without an answer it stops and waits for an administrator.
 */
export const sendWaiting = async (
  platform: Ground,
  mailer: Mailer,
  { limit = 200, paces, signal }: { limit?: number; paces?: Paces; signal?: AbortSignal } = {},
): Promise<number> => {
  await gather(platform, paces ?? { urgent: [], news: [] });
  await stopUnanswered(platform);
  let [begun, sent, over] = [0, 0, false];
  const lane = async () => {
    while (!over && begun < limit) {
      if (signal?.aborted === true) return;
      begun += 1;
      const claimed = await claim(platform);
      if (claimed === null) return;
      const answer = await hand(platform, mailer, claimed);
      if (answer === null) {
        await markSent(platform, claimed.id, mailer.way);
        sent += 1;
        continue;
      }
      await markNotTaken(platform, claimed, answer);
      // The server is not there for anybody: the next sweep asks again.
      if (answer.kind === "away") over = true;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  mailer.done?.();
  return sent;
};

type Claimed = Omit<Letter, "notices" | "more"> & { readonly lease: string; readonly attempts: number };

const hand = async (platform: Ground, mailer: Mailer, claimed: Claimed): Promise<NotTaken | null> => {
  if (mailer.way === "SMTP" && claimed.email === "") return new NotTaken("never", ownFaults.noAddress);
  try {
    await mailer.send({ ...claimed, ...(await noticesOf(platform, claimed.id)) });
    return null;
  } catch (error) {
    if (error instanceof NotTaken) return error;
    return new NotTaken("later", error instanceof Error ? error.message : String(error));
  }
};

/** One letter for each person for whom something is due; one process at a time. */
const gather = ({ database, funder }: Ground, { urgent, news }: Paces): Promise<void> =>
  inTransaction(database, {}, async (tx) => {
    const { rows } = await sql<{ got: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('letters of ' || ${funder}, 0)) as got`.execute(tx);
    if (rows[0]?.got !== true) return;
    const now = await platformNow(tx);
    const today = startOf(civilDateOf(now)) + dailyHour * 3_600_000;
    const morning = instantText(today <= now ? today : today - 86_400_000);
    await sql`
      with waiting as (
        select mail.id, mail.account, mail.created_at, (account.mail_pace = 'ALL' or mail.template = any(${urgent}::text[])
          or (account.mail_pace = 'ACTION' and not mail.template = any(${news}::text[]))) as prompt
        from mail join account on account.funder = mail.funder and account.id = mail.account
        where mail.funder = ${funder} and mail.letter is null and mail.sent_at is null and account.standing = 'ACTIVE'),
      due as (select * from waiting where prompt or created_at < ${morning}),
      made as (
        insert into letter (funder, account, kind)
        select ${funder}, account, case when bool_or(prompt) then 'NOTICE' else 'DIGEST' end from due group by account
        returning id, account)
      update mail set letter = made.id from due, made
      where mail.funder = ${funder} and mail.id = due.id and made.account = due.account`.execute(tx);
  });

const stopUnanswered = async ({ database, funder }: Ground): Promise<void> => {
  await sql`
    update letter set stopped_at = platform_now(), fault = ${ownFaults.unanswered}, unanswered = unanswered + 1,
      lease = null, leased_until = null
    where funder = ${funder} and sent_at is null and stopped_at is null and leased_until <= platform_now()
      and unanswered >= 1`.execute(database.kysely);
};

const claim = ({ database, funder }: Ground): Promise<Claimed | null> =>
  inTransaction(database, {}, async (tx) => {
    const { rows } = await sql<Claimed>`
      with next as (
        select letter.id, person.name, person.email, account.language
        from letter
        join account on account.funder = letter.funder and account.id = letter.account and account.standing = 'ACTIVE'
        join person on person.funder = account.funder and person.id = account.person
        where letter.funder = ${funder} and letter.sent_at is null and letter.stopped_at is null
          and letter.next_at <= platform_now()
          and (letter.leased_until is null or (letter.leased_until <= platform_now() and letter.unanswered = 0))
        order by letter.next_at, letter.id
        limit 1
        for update of letter skip locked)
      update letter set attempts = letter.attempts + 1, unanswered = letter.unanswered + (letter.lease is not null)::int,
        lease = gen_random_uuid(), leased_until = platform_now() + make_interval(mins => ${leaseMinutes}),
        address = next.email
      from next where letter.funder = ${funder} and letter.id = next.id
      returning letter.id, letter.account, letter.kind, letter.edition, letter.attempts, letter.lease, next.name, next.email,
        next.language`.execute(tx);
    return rows[0] ?? null;
  });

const markSent = ({ database, funder }: Ground, id: string, way: Mailer["way"]): Promise<void> =>
  inTransaction(database, {}, async (tx) => {
    // Whoever holds the lease by now: it did go out.
    await sql`update letter set sent_at = platform_now(), way = ${way}, fault = null, stopped_at = null, lease = null, leased_until = null
      where funder = ${funder} and id = ${id} and sent_at is null`.execute(tx);
    await sql`update mail set sent_at = platform_now() where funder = ${funder} and letter = ${id} and sent_at is null`.execute(
      tx,
    );
  });

const markNotTaken = async (
  { database, funder }: Ground,
  { id, lease, attempts }: Claimed,
  { kind, message }: NotTaken,
): Promise<void> => {
  // An absent server is no fault of the letter: it costs it no attempt.
  const counted = kind === "away" ? attempts - 1 : attempts;
  const minutes = kind === "away" ? 1 : 4 ** (attempts - 1);
  const stops = kind === "never" || counted >= mostAttempts;
  await sql`
    update letter set attempts = ${counted}, fault = ${faultOf(message)}, lease = null, leased_until = null,
      next_at = platform_now() + make_interval(mins => ${minutes}),
      stopped_at = case when ${stops} then platform_now() end
    where funder = ${funder} and id = ${id} and lease = ${lease} and sent_at is null`.execute(
    database.kysely,
  );
};

/** The server's words in one line, without any address in them. */
const faultOf = (message: string): string =>
  message
    .replaceAll(/\p{C}/gu, " ")
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => (word.includes("@") ? "…" : word))
    .join(" ")
    .slice(0, 500) || "?";

/** What a demonstration said before anybody looked counts as sent when it was said. */
export const settlePast = async ({ database, funder }: Ground): Promise<void> => {
  await sql`
    with made as (
      insert into letter (funder, account, kind, created_at, next_at, sent_at, way)
      select funder, account, 'NOTICE', max(created_at), max(created_at), max(created_at), 'PAST' from mail
      where funder = ${funder} and letter is null and sent_at is null
      group by funder, account, date_trunc('hour', created_at)
      returning id, account, sent_at)
    update mail set letter = made.id, sent_at = made.sent_at from made
    where mail.funder = ${funder} and mail.account = made.account and mail.letter is null and mail.sent_at is null
      and date_trunc('hour', mail.created_at) = date_trunc('hour', made.sent_at)`.execute(database.kysely);
};
