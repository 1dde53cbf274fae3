import { existsSync } from "node:fs";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { connect } from "../../src/platform/database/connect.ts";
import { schemaFiles, staleFiles } from "../../src/platform/database/schema.ts";
import { migratedDatabase, startScratch } from "../../src/platform/database/scratch.ts";
import { freshDatabase } from "../database.ts";

describe("db/schema.sql and tables.ts", () => {
  it("are as the migrations make them", async () => {
    const database = await freshDatabase();
    expect([...(await staleFiles(database)).keys()]).toEqual([]);
    await sql`alter table funder add column motto text check (motto in ('A', 'B')) default 'A'`.execute(
      database.kysely,
    );
    await sql`create view funder_name as select id, name ->> 'zh' as zh from funder`.execute(database.kysely);
    const stale = await staleFiles(database);
    expect(stale.get("db/schema.sql")).toContain("  motto text default 'A'::text");
    expect(stale.get("db/schema.sql")).toContain("create view funder_name as");
    const types = stale.get("src/platform/database/tables.ts");
    expect(types).toContain('    motto: Defaulted<"A" | "B" | null>;');
    expect(types).toContain("  funder_name: {");
    await database.close();
  });

  it("know every type of column or refuse it", async () => {
    const database = await freshDatabase();
    await sql`alter table funder add column place point`.execute(database.kysely);
    await expect(schemaFiles(database)).rejects.toThrow("funder.place");
    await database.close();
  });
});

describe("every key begins with the funder", () => {
  /** The documented exceptions, see 0001. */
  const ground = ["funder", "migration", "platform_clock"];

  it("primary, unique and foreign", async () => {
    const database = await freshDatabase();
    const keys = await sql<{ key: string }>`
      select o.conrelid::regclass || ': ' || o.conname as key from pg_constraint o
      join pg_attribute a on a.attrelid = o.conrelid and a.attnum = o.conkey[1]
      where o.connamespace = 'public'::regnamespace and o.contype in ('p', 'u', 'f') and a.attname <> 'funder'
        and not (o.conrelid::regclass::text = any (${ground}))`.execute(database.kysely);
    expect(keys.rows).toEqual([]);
    const unique = await sql<{ key: string }>`
      select x.indexrelid::regclass::text as key from pg_index x
      join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[0]
      where x.indisunique and a.attname <> 'funder' and not (x.indrelid::regclass::text = any (${ground}))
        and x.indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)`.execute(
      database.kysely,
    );
    expect(unique.rows).toEqual([]);
    await database.close();
  });
});

const fifteen = "/usr/lib/postgresql/15";
const missing = existsSync(`${fifteen}/bin/postgres`) ? "" : ` (skipped: no PostgreSQL 15 in ${fifteen})`;

describe.skipIf(missing !== "")(`PostgreSQL 15${missing}`, () => {
  it("runs the migrations and gives the same schema", async () => {
    const server = await startScratch(fifteen);
    try {
      const database = connect(await migratedDatabase(server.url, "fifteen"));
      const [{ version } = { version: "" }] = (
        await sql<{ version: string }>`select version()`.execute(database.kysely)
      ).rows;
      expect(version).toContain("PostgreSQL 15.");
      expect([...(await staleFiles(database)).keys()]).toEqual([]);
      await database.close();
    } finally {
      await server.stop();
    }
  });
});
