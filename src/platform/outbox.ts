import { sql } from "kysely";
import { inTransaction } from "./database/connect.ts";
import type { Platform } from "./platform.ts";

/** A notice on its way out of the platform. `id` is the same for ever: a server that knows it need not take it twice. */
export type Letter = {
  readonly id: string;
  readonly account: string;
  /** Where its person gets letters (may be empty), and in which language. */
  readonly email: string;
  readonly language: "zh" | "en";
  /** With the facts the words of `src/ui/notices.ts`; `link` is a path of the platform. */
  readonly template: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly link: string;
};

/** Gives a letter to a mail server. Throws where the server did not take it; the message is kept, so it may name no person. */
export type Mailer = { readonly send: (letter: Letter) => Promise<void> };

/** Where no mail server is set up: one line for each letter, and nothing of a person in it. */
export const lineMailer = (write: (line: string) => void): Mailer => ({
  send: async ({ template, account }) => write(`mail ${template} account ${account}`),
});

/** How often a letter is tried before it is left: over some three days, each wait four times the last. */
const attempts = 7;
/** Stands in `fault` while a letter is on its way. Where a process died then, nobody knows whether it went out: it stays. */
const onItsWay = "sending";

/**
 * Sends what waits, the oldest first, at most `limit` letters; returns how many went out. A letter is claimed in a transaction of its
 * own before it is sent, so that no two processes send it and none is sent again after a crash: a letter lost is still in the
 * account's list of notices, a letter sent twice cannot be taken back.
 */
export const sendWaiting = async (
  platform: Pick<Platform, "database" | "funder">,
  mailer: Mailer,
  limit = 200,
): Promise<number> => {
  let sent = 0;
  for (let count = 0; count < limit; count += 1) {
    const letter = await claim(platform);
    if (letter === null) break;
    const fault = await mailer.send(letter).then(
      () => null,
      (error: unknown) => String(error instanceof Error ? error.message : error).slice(0, 500) || "unknown",
    );
    await sql`
      update mail set fault = ${fault}, sent_at = case when ${fault}::text is null then platform_now() end
      where funder = ${platform.funder} and id = ${letter.id}`.execute(platform.database.kysely);
    if (fault === null) sent += 1;
  }
  return sent;
};

const claim = ({ database, funder }: Pick<Platform, "database" | "funder">): Promise<Letter | null> =>
  inTransaction(database, {}, async (tx) => {
    const { rows } = await sql<Letter>`
      with next as (
        select funder, id from mail
        where funder = ${funder} and sent_at is null and fault is distinct from ${onItsWay}
          and attempts < ${attempts}
          and platform_now() >= created_at + interval '1 minute' * (4 ^ attempts - 1)
        order by created_at, id
        limit 1
        for update skip locked)
      update mail m set attempts = m.attempts + 1, fault = ${onItsWay}
      from next, account a, person p
      where m.funder = next.funder and m.id = next.id
        and a.funder = m.funder and a.id = m.account and p.funder = a.funder and p.id = a.person
      returning m.id, m.account, p.email, a.language, m.template, m.facts, m.link`.execute(tx);
    return rows[0] ?? null;
  });
