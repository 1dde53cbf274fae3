import { createHash, randomBytes } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { define } from "../../platform/action.ts";
import type { Platform } from "../../platform/platform.ts";
import { type Viewer, viewerOf } from "./actor.ts";
import { owned, ownAccount } from "./facts.ts";

/** The secret address of one's deadlines: shown once, only its hash is kept, one for each account. */

const hashOf = (token: string) => createHash("sha256").update(token).digest();

/** Makes the address, or another in place of the one that was there: the old one leads nowhere from then on. */
export const openCalendar = define({
  name: "registration.openCalendar",
  title: { zh: "新建日历地址", en: "Make a calendar address" },
  input: z.strictObject({}),
  load: ({ tx, funder, actor }) => ownAccount(tx, funder, actor),
  subject: (facts) => ({ account: facts?.id ?? null }),
  effect: async ({ tx, funder, facts }) => {
    const { id } = owned(facts);
    const token = randomBytes(32).toString("base64url");
    const made = { token_hash: hashOf(token), created_at: sql<string>`platform_now()`, read_at: null };
    await tx
      .insertInto("calendar_feed")
      .values({ funder, account: id, ...made })
      .onConflict((on) => on.columns(["funder", "account"]).doUpdateSet(made))
      .execute();
    return { result: { token }, entry: { kind: "calendar", id, body: {} } };
  },
});

export const closeCalendar = define({
  name: "registration.closeCalendar",
  title: { zh: "停用日历地址", en: "Remove the calendar address" },
  input: z.strictObject({}),
  load: ({ tx, funder, actor }) => ownAccount(tx, funder, actor),
  subject: (facts) => ({ account: facts?.id ?? null }),
  effect: async ({ tx, funder, facts }) => {
    const { id } = owned(facts);
    await tx.deleteFrom("calendar_feed").where("funder", "=", funder).where("account", "=", id).execute();
    return { result: { account: id }, entry: { kind: "calendar", id, body: { removed: true } } };
  },
});

/** Whose address it is, as long as the account is active; null otherwise. Whatever is asked is hashed and sought in the same way. */
export const feedOwner = async (
  { database: { kysely }, funder }: Platform,
  token: string,
): Promise<Viewer | null> => {
  const row = await kysely
    .updateTable("calendar_feed")
    .set({ read_at: sql<string>`platform_now()` })
    .where("funder", "=", funder)
    .where("token_hash", "=", hashOf(token))
    .returning("account")
    .executeTakeFirst();
  return row === undefined ? null : viewerOf(kysely, funder, row.account);
};
