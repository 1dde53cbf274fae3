import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import type { Queryable } from "../../platform/database/connect.ts";
import type { Platform } from "../../platform/platform.ts";
import { type Viewer, viewerColumns, viewerFrom, type ViewerRow, viewerTables } from "./actor.ts";

/** A signed-in browser (WEB) or a program with a token (TOKEN). The token itself is never stored, only its hash. */
export type Session = { readonly id: string; readonly kind: "WEB" | "TOKEN"; readonly viewer: Viewer };

/** A browser's session ends after so much silence; a token lasts until the day it was given for. */
const idleMinutes = 120;
const webHours = 12;

const hashOf = (token: string) => createHash("sha256").update(token).digest();

/** Opens a session and gives its token, once. Never takes over an identifier that the browser brought along. */
export const openSession = async (
  database: Queryable,
  funder: string,
  account: string,
  kind: Session["kind"],
  label = "",
  hours: number = webHours,
): Promise<{ readonly id: string; readonly token: string }> => {
  const token = randomBytes(32).toString("base64url");
  const { id } = await database
    .insertInto("session")
    .values({
      funder,
      account,
      kind,
      label,
      token_hash: hashOf(token),
      expires_at: sql<string>`platform_now() + make_interval(hours => ${hours})`,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id, token };
};

type SessionRow = ViewerRow & {
  readonly id: string;
  readonly kind: Session["kind"];
  readonly quiet: boolean;
};

/** Whose token it is, or null: unknown, ended, expired, silent too long, or of an account that is not active. */
export const sessionOf = async (platform: Platform, token: string): Promise<Session | null> => {
  if (token.length < 20 || token.length > 100) return null;
  const { funder } = platform;
  const database = platform.database.kysely;
  const { rows } = await sql<SessionRow>`
    select session.id, session.kind, session.last_seen_at < clock.now - interval '1 minute' as quiet, ${viewerColumns}
    from ${viewerTables}
    join session on session.funder = account.funder and session.account = account.id
    where session.funder = ${funder} and session.token_hash = ${hashOf(token)} and session.ended_at is null
      and session.expires_at > clock.now
      and (session.kind = 'TOKEN' or session.last_seen_at > clock.now - make_interval(mins => ${idleMinutes}))
      and account.standing = 'ACTIVE'`.execute(database);
  const [row] = rows;
  if (row === undefined) return null;
  if (row.quiet)
    await database
      .updateTable("session")
      .set({ last_seen_at: sql<string>`platform_now()` })
      .where("funder", "=", funder)
      .where("id", "=", row.id)
      .execute();
  return { id: row.id, kind: row.kind, viewer: viewerFrom(row) };
};

export const endSession = async (database: Queryable, funder: string, id: string): Promise<void> => {
  await database
    .updateTable("session")
    .set({ ended_at: sql<string>`platform_now()` })
    .where("funder", "=", funder)
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .execute();
};

/** What every form of a session carries, so that another site cannot post in its name. */
export const csrfOf = (platform: Platform, session: string): string =>
  createHmac("sha256", platform.keys.session).update(`csrf ${session}`).digest("base64url");

export const csrfHolds = (platform: Platform, session: string, given: string): boolean => {
  const expected = Buffer.from(csrfOf(platform, session));
  const actual = Buffer.from(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
};
