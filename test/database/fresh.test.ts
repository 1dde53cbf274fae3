import { describe, expect, it } from "vitest";
import { freshDatabase } from "../database.ts";

describe("a fresh database", () => {
  it("is nobody else's, and is gone when closed", async () => {
    const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
    const names = { zh: "基金", en: "Fund" };
    await one.kysely.insertInto("funder").values({ id: "fund", name: names }).execute();
    expect(await other.kysely.selectFrom("funder").selectAll().execute()).toEqual([]);
    await other.kysely.insertInto("funder").values({ id: "fund", name: names }).execute();
    await one.close();
    const left = await other.pool.query("select 1 from pg_database where datname = $1", [
      new URL(one.url).pathname.slice(1),
    ]);
    expect(left.rowCount).toBe(0);
    await other.close();
  });
});
