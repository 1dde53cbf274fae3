import { Writable } from "node:stream";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyExport } from "../../src/core/ledger/export.ts";
import { consistencySpans, isConsistent } from "../../src/core/ledger/merkle.ts";
import { receiptSchema, verifyReceipt } from "../../src/core/ledger/receipt.ts";
import { type Database, inTransaction } from "../../src/platform/database/connect.ts";
import { record } from "../../src/platform/ledger.ts";
import { exportLedger, verifyLedger } from "../../src/platform/ledger/exporting.ts";
import { headOf, headsOf, signHead, signHeadWhenDue } from "../../src/platform/ledger/heads.ts";
import { receiptOf } from "../../src/platform/ledger/receipts.ts";
import { isEd25519, sha256 } from "../../src/platform/ledger/sealed.ts";
import { sequence, sequenceAll, startSequencer } from "../../src/platform/ledger/sequencer.ts";
import { rootsOf } from "../../src/platform/ledger/spans.ts";
import { act, freshSigner, funder, ledgerDatabase, recordSome } from "./stored.ts";

const signer = freshSigner();
const open: Database[] = [];
const fresh = async () => {
  const database = await ledgerDatabase();
  open.push(database);
  return database;
};
afterAll(async () => {
  await Promise.all(open.map((one) => one.close()));
});

const numbers = async (database: Database) => {
  const { rows } = await sql<{ id: string; number: number | null }>`
    select id, number from ledger_entry where funder = ${funder} order by number`.execute(database.kysely);
  return rows;
};
const exported = async (database: Database) => {
  const parts: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      parts.push(String(chunk));
      done();
    },
  });
  await exportLedger(database, funder, signer, stream);
  return parts.join("").trimEnd().split("\n");
};

describe("the sequencer", () => {
  it("numbers an entry that was committed late behind those that came before, without a gap", async () => {
    const database = await fresh();
    const late = Promise.withResolvers<void>();
    const written = Promise.withResolvers<string>();
    const slow = inTransaction(database, {}, async (tx) => {
      written.resolve(await record(tx, act(0)));
      await late.promise;
    });
    const id = await written.promise;
    await recordSome(database, 3, 1);
    expect(await sequence(database, funder)).toBe(3);
    expect(await sequence(database, funder)).toBe(0);
    late.resolve();
    await slow;
    expect(await sequence(database, funder)).toBe(1);
    expect((await numbers(database)).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect((await numbers(database)).at(-1)?.id).toBe(id);
    expect(await verifyLedger(database.kysely, funder)).toMatchObject({ entries: 4, verified: true });
  });

  it("leaves no trace of an action that was rolled back, and keeps funders apart", async () => {
    const database = await fresh();
    const broken = inTransaction(database, {}, async (tx) => {
      await record(tx, act(0));
      throw new Error("no");
    });
    await expect(broken).rejects.toThrow("no");
    await record(database.kysely, { ...act(1), funder: "other" });
    await record(database.kysely, act(2));
    expect(await sequenceAll(database, funder)).toBe(1);
    expect(await sequenceAll(database, "other")).toBe(1);
    expect(await headOf(database.kysely, funder)).not.toEqual(await headOf(database.kysely, "other"));
    expect(await verifyLedger(database.kysely, "other")).toMatchObject({ entries: 1, verified: true });
  });

  it("is harmless in several nodes at once, while actions go on", async () => {
    const database = await fresh();
    const errors: unknown[] = [];
    const nodes = [1, 2, 3].map(() =>
      startSequencer(database, funder, { every: 1, signer, onError: (error) => errors.push(error) }),
    );
    await Promise.all(Array.from({ length: 6 }, (_, index) => recordSome(database, 50, index * 50)));
    await Promise.all(nodes.map((node) => node.stop()));
    await sequenceAll(database, funder);
    expect(errors).toEqual([]);
    const all = (await numbers(database)).map(({ number }) => number);
    expect(all).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
    expect(await verifyLedger(database.kysely, funder)).toMatchObject({ entries: 300, verified: true });
  });

  it("leaves what has no canonical spelling waiting and goes on with the others", async () => {
    const database = await fresh();
    const put = (body: string) =>
      sql`insert into ledger_entry (funder, action, object_kind, object_id, body)
        values (${funder}, 'a', 'b', 'c', ${body}::jsonb)`.execute(database.kysely);
    await put('{"a":1.0}');
    await put('{"a":1}');
    await expect(put('{"a":{"b":[0.5]}}')).rejects.toThrow("ledger_entry_body_check");
    await expect(put('{"a":9007199254740993}')).rejects.toThrow("ledger_entry_body_check");
    expect(await sequence(database, funder)).toBe(1);
    expect((await numbers(database)).map(({ number }) => number)).toEqual([1, null]);
  });
});

describe("the tables", () => {
  it("refuse every change", async () => {
    const database = await fresh();
    await recordSome(database, 2);
    await sequence(database, funder);
    await signHead(database, funder, signer);
    await recordSome(database, 1, 2);
    for (const statement of [
      "update ledger_entry set body = '{}'",
      "update ledger_entry set number = 9 where number = 1",
      "update ledger_entry set number = null, previous_hash = null, hash = null where number = 2",
      "update ledger_entry set number = 3, previous_hash = hash, hash = sha256('x'), role = 'x' where number is null",
      "delete from ledger_entry where number = 2",
      "delete from ledger_entry where number is null",
      "truncate ledger_entry",
      "update ledger_head set at = now()",
      "delete from ledger_head",
      "truncate ledger_head",
      "truncate ledger_node",
    ])
      await expect(sql.raw(statement).execute(database.kysely)).rejects.toThrow("append-only");
  });
});

describe("a ledger of more than a stored subtree", () => {
  let database: Database;
  let ids: readonly string[] = [];
  const size = 700;
  beforeAll(async () => {
    database = await fresh();
    ids = await recordSome(database, size);
    // Passes of odd sizes, so that subtrees end within one.
    await sequenceAll(database, funder);
    ids = [...ids, ...(await recordSome(database, 5, size))];
    await sequenceAll(database, funder);
  });

  it("keeps the roots of complete subtrees, and gives the root that checking finds", async () => {
    const { rows } =
      await sql`select position from ledger_node where funder = ${funder} and level = 8`.execute(
        database.kysely,
      );
    expect(rows).toHaveLength(2);
    const { root, verified } = await verifyLedger(database.kysely, funder);
    expect([verified, await headOf(database.kysely, funder)]).toEqual([true, { number: size + 5, root }]);
  });

  it("gives receipts that are checked offline, one head for many", async () => {
    const heads = new Set<string>();
    for (const index of [0, 255, 256, 511, 512, 699, 704]) {
      const receipt = await receiptOf(database, funder, ids[index]!, signer);
      const offline = receiptSchema.parse(JSON.parse(JSON.stringify(receipt)));
      expect(verifyReceipt(sha256, isEd25519, offline)).toEqual({ verified: true, fault: null });
      expect(offline.entry.objectId).toBe(`application-${index}`);
      heads.add(offline.head.signature);
    }
    expect(heads.size).toBe(1);
    const nobody = receiptOf(database, funder, "00000000-0000-4000-8000-000000000000", signer);
    await expect(nobody).rejects.toThrow("ledger entry");
  });

  it("numbers an entry for its receipt, and proves that it only grew", async () => {
    const before = await headOf(database.kysely, funder);
    const id = await record(database.kysely, act(size + 5));
    const receipt = await receiptOf(database, funder, id, signer);
    expect(receipt?.entry.number).toBe(size + 6);
    const after = receipt!.head;
    const proof = await rootsOf(database.kysely, funder, consistencySpans(before.number, after.number));
    const tree = ({ number, root }: { number: number; root: string }) => ({
      size: number,
      root: Buffer.from(root, "hex"),
    });
    expect(isConsistent(sha256, tree(before), tree(after), proof)).toBe(true);
  });

  it("exports what is verified without the database, with the microseconds of each instant", async () => {
    const lines = await exported(database);
    expect(lines).toHaveLength(size + 7);
    expect(verifyExport(sha256, isEd25519, lines)).toMatchObject({ entries: size + 6, verified: true });
    expect(lines[1]).toMatch(/"at":"2024-06-20T00:00:00.000000Z"/);
  });

  it("signs by itself at most once an hour, and only what is new", async () => {
    const other = await fresh();
    const count = async () => (await headsOf(other.kysely, funder)).length;
    await signHeadWhenDue(other, funder, signer);
    expect(await count()).toBe(0);
    for (const more of [1, 2]) {
      await recordSome(other, more, more);
      await sequenceAll(other, funder);
      await signHeadWhenDue(other, funder, signer);
      await signHeadWhenDue(other, funder, signer);
      expect(await count()).toBe(1);
    }
    await sql`update platform_clock set demonstration = true, clock_offset = '61 minutes'`.execute(
      other.kysely,
    );
    await signHeadWhenDue(other, funder, signer);
    await signHeadWhenDue(other, funder, signer);
    expect(await count()).toBe(2);
  });
});
