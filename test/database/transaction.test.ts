import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  inTransaction,
  sqlState,
  type Database,
  type Transaction,
} from "../../src/platform/database/connect.ts";
import { freshDatabase } from "../database.ts";

let database: Database;
beforeAll(async () => {
  database = await freshDatabase({ max: 12 });
  await sql`create table place (id int primary key, taken int not null)`.execute(database.kysely);
  await sql`insert into place values (1, 0), (2, 0)`.execute(database.kysely);
});
afterAll(() => database.close());

const taken = async (on: Transaction | Database["kysely"]): Promise<number> =>
  (await sql<{ sum: number }>`select sum(taken)::int as sum from place`.execute(on)).rows[0]!.sum;

describe("inTransaction", () => {
  it("keeps all or nothing", async () => {
    const failing = inTransaction(database, {}, async (transaction) => {
      await sql`update place set taken = 7`.execute(transaction);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await taken(database.kysely)).toBe(0);
  });

  it("sets its limits inside the transaction, whatever the session had before", async () => {
    const narrow = await freshDatabase({ max: 1 });
    await narrow.pool.query("set statement_timeout = 0; set lock_timeout = 0");
    const shown = await inTransaction(narrow, { isolation: "serializable" }, async (transaction) => {
      const setting = sql<{ all: string }>`select concat_ws(' ', current_setting('transaction_isolation'),
        current_setting('statement_timeout'), current_setting('lock_timeout')) as all`;
      return (await setting.execute(transaction)).rows[0]?.all;
    });
    expect(shown).toBe("serializable 15s 5s");
    await narrow.close();
  });

  it("begins serialisable work anew until each of eight contenders saw the others", async () => {
    let begun = 0;
    const results = await Promise.all(
      Array.from({ length: 8 }, () =>
        inTransaction(database, { isolation: "serializable", retries: 40 }, async (transaction) => {
          begun += 1;
          const now = await taken(transaction);
          if (now >= 3) return false;
          await sql`update place set taken = taken + 1 where id = ${1 + (now % 2)}`.execute(transaction);
          return true;
        }),
      ),
    );
    expect(results.filter(Boolean)).toHaveLength(3);
    expect(await taken(database.kysely)).toBe(3);
    expect(begun).toBeGreaterThan(8);
  });

  it("gives up after the retries it was given, and at once on any other error", async () => {
    let begun = 0;
    const failing = (code: string) =>
      inTransaction(database, { retries: 2 }, async (transaction) => {
        begun += 1;
        await sql
          .raw(`do $$ begin raise exception 'x' using errcode = '${code}'; end $$`)
          .execute(transaction);
      }).catch(sqlState);
    expect([await failing("40P01"), begun]).toEqual(["40P01", 3]);
    expect([await failing("23505"), begun]).toEqual(["23505", 4]);
  });
});
