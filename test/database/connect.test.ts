import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/platform/database/connect.ts";
import { instantText, jsonText } from "../../src/platform/database/values.ts";
import { freshDatabase } from "../database.ts";

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const value = async (expression: string): Promise<unknown> =>
  (await sql.raw<{ value: unknown }>(`select ${expression} as value`).execute(database.kysely)).rows[0]
    ?.value;

describe("values", () => {
  it.each([
    ["9007199254740991::int8", 9_007_199_254_740_991],
    ["array[1, null]::int8[]", [1, null]],
    ["count(*)", 1],
    ["1234567890123456.78::numeric", "1234567890123456.78"],
    ["array[0.10]::numeric[]", ["0.10"]],
    ["'2024-02-29'::date", "2024-02-29"],
    ["array['2024-02-29']::date[]", ["2024-02-29"]],
    ["'2024-06-30T24:00:00+08:00'::timestamptz", Date.UTC(2024, 5, 30, 16)],
    ["'2024-06-30T23:59:59.999999+08:00'::timestamptz", Date.UTC(2024, 5, 30, 15, 59, 59, 999)],
    ["'1969-12-31T23:59:59.5Z'::timestamptz", -500],
    // Shanghai's own time before 1901 had an offset in seconds.
    ["'1900-01-01T00:00:00Z'::timestamptz", Date.UTC(1900, 0, 1)],
    ["array['1970-01-01T00:00:01Z']::timestamptz[]", [1000]],
    ["'infinity'::timestamptz", Number.POSITIVE_INFINITY],
    ["'1 day 02:00'::interval", "1 day 02:00:00"],
    [`'{"a": [1]}'::jsonb`, { a: [1] }],
    ["current_setting('timezone')", "Asia/Shanghai"],
    ["current_setting('application_name')", "zhinan"],
    ["current_setting('statement_timeout')", "15s"],
  ])("%s", async (expression, expected) => expect(await value(expression)).toEqual(expected));

  it("refuses a whole number that would be rounded", async () => {
    await expect(value("9007199254740993::int8")).rejects.toThrow(RangeError);
    expect(await value("1")).toBe(1);
  });

  it("come back as they were written", async () => {
    const at = Date.UTC(2024, 5, 30, 15, 59, 59, 999);
    const row = { id: "a-fund", name: { zh: "某基金", en: "A fund" }, created_at: instantText(at) };
    await database.kysely.insertInto("funder").values(row).execute();
    const read = await database.kysely
      .selectFrom("funder")
      .selectAll()
      .where("id", "=", "a-fund")
      .executeTakeFirst();
    expect(read).toEqual({ ...row, created_at: at });
    await database.kysely
      .updateTable("funder")
      .set({ name: jsonText(["数组"]) })
      .execute();
    expect(
      (await database.kysely.selectFrom("funder").select("name").executeTakeFirstOrThrow()).name,
    ).toEqual(["数组"]);
  });
});
