import { randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maskIdentity, maskPhone } from "../../src/core/mask.ts";
import type { Database } from "../../src/platform/database/connect.ts";
import type { Keys } from "../../src/platform/keys.ts";
import { blindIndexOf, openField, resealFields, sealField } from "../../src/platform/secrets.ts";
import { freshDatabase } from "../database.ts";

const key = (id: number) => ({ id, secret: randomBytes(32) });
const first = key(1);
const keys = { identity: [first], blindIndex: randomBytes(32) } as unknown as Keys;
const rotated: Keys = { ...keys, identity: [key(2), first] };
const number = "11010519491231002X";

describe("a sealed field", () => {
  it("opens at its place and nowhere else", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.uuid(), (text, id) => {
        const place = `person.identity_sealed:${id}`;
        const sealed = sealField(keys, text, place);
        expect(openField(rotated, new Uint8Array(sealed), place)).toBe(text);
        expect(sealed.equals(sealField(keys, text, place))).toBe(false);
        expect(() => openField(keys, sealed, `person.phone_sealed:${id}`)).toThrow("changed or moved");
      }),
    );
  });

  it("does not open with any byte changed or missing, and its error does not tell the content", () => {
    const sealed = sealField(rotated, number, "p.i:1");
    for (let at = 0; at < sealed.length; at += 1) {
      const other = Buffer.from(sealed);
      other[at] = other[at]! ^ 1;
      expect(() => openField(rotated, other, "p.i:1")).toThrow(/^p\.i: (a sealed field was|sealed with key)/);
      expect(() => openField(rotated, sealed.subarray(0, at), "p.i:1")).toThrow(/^p\.i: /);
    }
  });
});

describe("a blind index", () => {
  it("is equal for equal values of a kind under one key only", () => {
    const one = blindIndexOf(keys, "identity", number);
    expect(one).toHaveLength(32);
    expect(blindIndexOf(rotated, "identity", number)).toEqual(one);
    expect(blindIndexOf(keys, "phone", number)).not.toEqual(one);
    expect(blindIndexOf({ ...keys, blindIndex: randomBytes(32) }, "identity", number)).not.toEqual(one);
  });
});

describe("masks", () => {
  it.each([
    ["210203198001014516", "2102**********4516"],
    [number, "1101**********002X"],
    ["110105491231002", "1101*******1002"],
    ["E12345678", "E*******8"],
    ["H1234567", "H******7"],
    ["1234567", "*******"],
    ["", ""],
  ])("%s is shown as %s", (whole, shown) => expect(maskIdentity(whole)).toBe(shown));

  it.each([
    ["13812345678", "138****5678"],
    ["138 1234 5678", "138****5678"],
    ["0411-39989827", "***********27"],
    ["12345", "*****"],
  ])("the telephone %s is shown as %s", (whole, shown) => expect(maskPhone(whole)).toBe(shown));
});

describe("a table of sealed fields", () => {
  let database: Database;
  const rows = 450;
  const column = { table: "sealed_things", column: "secret_sealed" };
  const numberOf = (index: number) => `2102${String(index).padStart(14, "0")}`;
  beforeAll(async () => {
    database = await freshDatabase();
    await sql`create table sealed_things (funder text, id uuid default gen_random_uuid(), at integer,
      secret_sealed bytea, secret_hash bytea, primary key (funder, id))`.execute(database.kysely);
    for (let index = 0; index < rows; index += 1) {
      const funder = index < 10 ? "other" : "fund";
      const { rows: made } = await sql<{ id: string }>`
        insert into sealed_things (funder, at) values (${funder}, ${index}) returning id`.execute(
        database.kysely,
      );
      const id = made[0]!.id;
      const sealed = sealField(keys, numberOf(index), `sealed_things.secret_sealed:${id}`);
      await sql`update sealed_things set secret_sealed = ${sealed},
        secret_hash = ${blindIndexOf(keys, "identity", numberOf(index))} where id = ${id}`.execute(
        database.kysely,
      );
    }
    await sql`insert into sealed_things (funder) values ('fund')`.execute(database.kysely);
  });
  afterAll(() => database.close());

  const dump = async () => {
    const { rows: lines } = await sql<{ line: string }>`
      select sealed_things::text || encode(secret_sealed, 'escape') as line from sealed_things`.execute(
      database.kysely,
    );
    return lines.map(({ line }) => line).join("\n");
  };

  it("shows no number in a dump", async () => {
    const text = await dump();
    expect(text.length).toBeGreaterThan(rows * 100);
    for (let index = 0; index < rows; index += 1) {
      expect(text).not.toContain(numberOf(index));
      expect(text).not.toContain(Buffer.from(numberOf(index)).toString("hex"));
    }
  });

  it("is sealed anew with a new key in batches while others write, each funder for itself", async () => {
    const busy = sql`update sealed_things set at = at + 1000 where funder = 'fund'`.execute(database.kysely);
    expect(await resealFields(database, "fund", rotated, column)).toBe(rows - 10);
    await busy;
    expect(await resealFields(database, "fund", rotated, column)).toBe(0);
    const { rows: all } = await sql<{ id: string; funder: string; at: number; sealed: Buffer }>`
      select id, funder, at, secret_sealed as sealed from sealed_things where secret_sealed is not null`.execute(
      database.kysely,
    );
    expect(all).toHaveLength(rows);
    for (const { id, funder, at, sealed } of all) {
      expect(openField(rotated, sealed, `sealed_things.secret_sealed:${id}`)).toBe(numberOf(at % 1000));
      expect(sealed.readUInt32BE(0)).toBe(funder === "fund" ? 2 : 1);
    }
  });
});
