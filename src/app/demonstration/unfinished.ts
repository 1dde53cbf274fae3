import { sql } from "kysely";
import { type Database, inTransaction, type Transaction } from "../../platform/database/connect.ts";
import type { Platform } from "../../platform/platform.ts";

/** Half a world is never served: whether the demonstration was made to its end stands in the database, beside what was made. */

/** A counter: 0 while it is being made, 1 once it is complete. Absent where nothing is to be played. */
const name = "demonstration";
const lock = sql`hashtextextended('zhinan demonstration', 0)`;

export const markBegun = async (tx: Transaction, funder: string): Promise<void> => {
  await tx.insertInto("counter").values({ funder, name, value: 0 }).execute();
};

export const markFinished = async ({
  database,
  funder,
}: Pick<Platform, "database" | "funder">): Promise<void> => {
  await database.kysely
    .updateTable("counter")
    .set({ value: 1 })
    .where("funder", "=", funder)
    .where("name", "=", name)
    .execute();
};

const standing = async (database: Pick<Database["kysely"], "selectFrom">, funder: string) =>
  database
    .selectFrom("counter")
    .select("value")
    .where("funder", "=", funder)
    .where("name", "=", name)
    .executeTakeFirst();

/** Runs the making alone: another process that starts meanwhile sees that it is under way. */
export const whilePlaying = async <T>(
  { database, funder, demo }: Platform,
  work: () => Promise<T>,
): Promise<T> => {
  const { rows } = await sql<{ demonstration: boolean }>`select demonstration from platform_clock`.execute(
    database.kysely,
  );
  if (!demo || rows[0]?.demonstration !== true)
    throw new RangeError("演示数据只能放在演示平台上 / Only a demonstration is played on");
  if ((await standing(database.kysely, funder))?.value !== 0)
    throw new RangeError("演示数据已经做好 / The demonstration has been made already");
  return database.kysely.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${lock})`.execute(connection);
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${lock})`.execute(connection);
    }
  });
};

/**
 * Clears away a demonstration that was not made to its end, so that it can be made anew. True where something was cleared. Touches
 * nothing that is no demonstration, and nothing that is complete. Throws while another process is making it.
 */
export const clearUnfinished = (database: Database, funder: string): Promise<boolean> =>
  inTransaction(database, {}, async (tx) => {
    const begun = await standing(tx, funder);
    if (begun?.value !== 0) return false;
    const { rows: clock } = await sql<{
      demonstration: boolean;
    }>`select demonstration from platform_clock`.execute(tx);
    if (clock[0]?.demonstration !== true) return false;
    const { rows: free } = await sql<{
      free: boolean;
    }>`select pg_try_advisory_xact_lock(${lock}) as free`.execute(tx);
    if (free[0]?.free !== true)
      throw new RangeError(
        "另一个进程正在准备演示数据，请等它完成后再启动 / Another process is making the demonstration; start again when it is done",
      );
    const { rows: tables } = await sql<{ name: string }>`
      select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'migration'`.execute(
      tx,
    );
    const all = tables.map((one) => one.name);
    // The ledger refuses to be emptied; this one was never shown to anybody.
    for (const one of all) await sql.raw(`alter table public.${one} disable trigger user`).execute(tx);
    await sql.raw(`truncate ${all.map((one) => `public.${one}`).join(", ")}`).execute(tx);
    for (const one of all) await sql.raw(`alter table public.${one} enable trigger user`).execute(tx);
    await sql`insert into platform_clock default values`.execute(tx);
    return true;
  });
