import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, type Database } from "../../src/platform/database/connect.ts";
import { migrate, readMigrations } from "../../src/platform/database/migrate.ts";
import { emptyDatabase, freshDatabase } from "../database.ts";

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "migrations-"));
  database = await emptyDatabase();
  await write("0001_one.sql", "create table one (id int); select pg_sleep(0.05);");
  await write("0002_two.sql", "create table two (id int); insert into two values (2);");
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const write = (name: string, text: string) => writeFile(path.join(folder, name), text);

describe("migrate", () => {
  it("runs each file once, in order", async () => {
    expect(await migrate(database, folder)).toEqual(["0001_one.sql", "0002_two.sql"]);
    expect(await migrate(database, folder)).toEqual([]);
    await write("0003_three.sql", "create table three (id int);");
    expect(await migrate(database, folder)).toEqual(["0003_three.sql"]);
    const rows = await database.kysely
      .selectFrom("migration")
      .select(["number", "sha256"])
      .orderBy("number")
      .execute();
    expect(rows).toEqual((await readMigrations(folder)).map(({ number, sha256 }) => ({ number, sha256 })));
  });

  it("lets processes that start together take turns", async () => {
    const others = Array.from({ length: 5 }, () => connect(database.url, { max: 1 }));
    const ran = await Promise.all([database, ...others].map((one) => migrate(one, folder)));
    expect(ran.flat().sort()).toEqual(["0001_one.sql", "0002_two.sql"]);
    await Promise.all(others.map((one) => one.close()));
  });

  it("leaves nothing of a file that fails, and keeps those before it", async () => {
    await write("0003_bad.sql", "create table three (id int); select 1/0;");
    await expect(migrate(database, folder)).rejects.toThrow("division by zero");
    const there = await sql<{ t: string | null; n: number }>`
      select to_regclass('three')::text as t, (select max(number) from migration) as n`.execute(
      database.kysely,
    );
    expect(there.rows).toEqual([{ t: null, n: 2 }]);
  });

  it("refuses a file that was changed, is gone, or comes too late", async () => {
    await migrate(database, folder);
    await write("0002_two.sql", "create table two (id int);");
    await expect(migrate(database, folder)).rejects.toMatchObject({
      name: "DatabaseRefused",
      hindrance: "migration",
    });
    await expect(migrate(database, folder)).rejects.toThrow("0002_two.sql was changed");
    await rm(path.join(folder, "0002_two.sql"));
    await expect(migrate(database, folder)).rejects.toThrow("newer version");
    await rename(path.join(folder, "0001_one.sql"), path.join(folder, "0000_one.sql"));
    await expect(migrate(database, folder)).rejects.toThrow("lower number");
  });

  it("does not mind how a checkout ends its lines, and wants one file a number", async () => {
    await migrate(database, folder);
    const text = "create table three (\n  id int\n);\n";
    await write("0003_three.sql", text);
    await migrate(database, folder);
    await write("0003_three.sql", text.replaceAll("\n", "\r\n"));
    expect(await migrate(database, folder)).toEqual([]);
    await write("0003_four.sql", text);
    await expect(migrate(database, folder)).rejects.toThrow("the number of");
    await rm(path.join(folder, "0003_four.sql"));
    await write("four.sql", text);
    await expect(migrate(database, folder)).rejects.toThrow("0001_name.sql");
  });
});

describe("the clock", () => {
  it("is the server's, moved by one offset, in the civil time of Asia/Shanghai", async () => {
    const fresh = await freshDatabase();
    const now = async () =>
      (
        await sql<{ apart: number; today: string }>`
          select extract(epoch from platform_now() - clock_timestamp())::float8 as apart,
            platform_today() as today`.execute(fresh.kysely)
      ).rows[0]!;
    expect(Math.abs((await now()).apart)).toBeLessThan(1);
    const to = (instant: string) =>
      sql`update platform_clock set demonstration = true, clock_offset = ${instant}::timestamptz - clock_timestamp()`.execute(
        fresh.kysely,
      );
    await to("2024-06-30T23:59:00+08:00");
    expect((await now()).today).toBe("2024-06-30");
    await to("2024-07-01T00:00:01+08:00");
    expect((await now()).today).toBe("2024-07-01");
    await expect(sql`update platform_clock set demonstration = false`.execute(fresh.kysely)).rejects.toThrow(
      "demonstration",
    );
    await expect(sql`insert into platform_clock default values`.execute(fresh.kysely)).rejects.toThrow(
      "pkey",
    );
    await fresh.close();
  });

  it("moves on within a transaction", async () => {
    const fresh = await freshDatabase();
    const moved = await fresh.kysely.transaction().execute(async (transaction) => {
      const read = async () =>
        (await sql<{ at: string }>`select platform_now()::text as at`.execute(transaction)).rows[0]?.at;
      const first = await read();
      return (await read()) !== first;
    });
    expect(moved).toBe(true);
    await fresh.close();
  });
});
