import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hexOf } from "../../src/core/ledger/bytes.ts";
import type { Head } from "../../src/core/ledger/head.ts";
import type { Database, Queryable } from "../../src/platform/database/connect.ts";
import { verifyLedger } from "../../src/platform/ledger/exporting.ts";
import { signHead } from "../../src/platform/ledger/heads.ts";
import { sequenceAll } from "../../src/platform/ledger/sequencer.ts";
import { freshSigner, funder, ledgerDatabase, recordSome } from "./stored.ts";

/** What somebody may do who owns the database: every trigger is off, everything is undone afterwards. */
const size = 40;
const signer = freshSigner();
const keys = new Set([hexOf(signer.publicKey)]);
let database: Database;
let kept: Head;

beforeAll(async () => {
  database = await ledgerDatabase();
  await recordSome(database, size);
  await sequenceAll(database, funder);
  kept = await signHead(database, funder, signer);
  await sql`alter table ledger_entry drop constraint ledger_entry_body_check`.execute(database.kysely);
});
afterAll(() => database.close());

const undone = new Error("undone");
const after = async (work: (tx: Queryable) => Promise<void>, trusted?: Head) => {
  let verdict: Awaited<ReturnType<typeof verifyLedger>> | null = null;
  await database.kysely
    .transaction()
    .execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      await work(tx);
      verdict = await verifyLedger(tx, funder, { keys, ...(trusted === undefined ? {} : { trusted }) });
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return verdict!;
};
const run = (statement: string) => async (tx: Queryable) => {
  await sql.raw(statement).execute(tx);
};

/** A fixed sequence of numbers below `most`: the same 1,000 attacks each time. */
const dice = (seed: number) => {
  let state = seed;
  return (most: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
};

const edits = [
  "body = body || '{\"amount\": 1}'",
  "body = '{}'",
  "body = jsonb_set(body, '{amount}', to_jsonb((body ->> 'amount')::numeric + 0.0000000000000000001))",
  "body = jsonb_set(body, '{amount}', ((body ->> 'amount') || '.0')::jsonb)",
  "at = at + interval '1 microsecond'",
  "actor = gen_random_uuid()",
  "actor = null",
  "acting_for = gen_random_uuid()",
  "role = null",
  "action = action || ' '",
  "object_id = 'x'",
  "object_kind = ''",
  "id = gen_random_uuid()",
  "hash = sha256(hash)",
  "previous_hash = sha256(previous_hash)",
  "number = null, previous_hash = null, hash = null",
  "funder = 'other'",
];

describe("a thousand attacks on the ledger's table", () => {
  it("are all found, each with the first bad entry", async () => {
    const roll = dice(2024);
    const missed: string[] = [];
    for (let round = 0; round < 1_000; round += 1) {
      const number = 1 + roll(size);
      const where = `where funder = '${funder}' and number`;
      const attacks = [
        () => run(`update ledger_entry set ${edits[roll(edits.length)]} ${where} = ${number}`),
        () => run(`delete from ledger_entry ${where} = ${number}`),
        () => run(`delete from ledger_entry ${where} >= ${number}`),
        () => async (tx: Queryable) => {
          await run(`update ledger_entry set number = number + 1000 ${where} >= ${number}`)(tx);
          await run(
            `insert into ledger_entry (funder, action, object_kind, object_id, number, previous_hash, hash)
             select funder, action, object_kind, 'forged', ${number}, previous_hash, sha256('forged')
             from ledger_entry ${where} = ${number + 1000}`,
          )(tx);
          await run(`update ledger_entry set number = number - 999 ${where} > 1000`)(tx);
        },
        () => {
          const other = number === size ? number - 1 : number + 1;
          return async (tx: Queryable) => {
            await run(`update ledger_entry set number = 1000000 ${where} = ${number}`)(tx);
            await run(`update ledger_entry set number = ${number} ${where} = ${other}`)(tx);
            await run(`update ledger_entry set number = ${other} ${where} = 1000000`)(tx);
          };
        },
      ];
      const kind = roll(attacks.length);
      const verdict = await after(attacks[kind]!());
      const expected = kind === 4 && number === size ? number - 1 : number;
      if (verdict.verified || verdict.firstBad !== expected)
        missed.push(`attack ${kind} on ${number}: ${JSON.stringify(verdict)}`);
    }
    expect(missed).toEqual([]);
  });

  it("find that nothing is wrong when nothing is", async () => {
    const untouched = { entries: size, verified: true, root: kept.root, heads: 1, unsound: [] };
    expect(await after(async () => {}, kept)).toMatchObject(untouched);
  });

  it("do not succeed by removing or forging heads, where one is kept elsewhere", async () => {
    const cut = async (tx: Queryable) => {
      await run("delete from ledger_entry where number > 30")(tx);
      await run("delete from ledger_head")(tx);
    };
    expect(await after(cut)).toMatchObject({ verified: true, entries: 30 });
    expect(await after(cut, kept)).toMatchObject({ verified: false, firstBad: 31, fault: "cut" });
    const stranger = await after(async (tx) => {
      await cut(tx);
      const own = { ...database, kysely: tx };
      await signHead(own, funder, freshSigner());
    });
    expect(stranger).toMatchObject({ verified: false, firstBad: null, fault: "head", unsound: [30] });
    const moved = await after(run("update ledger_head set at = at + interval '1 microsecond'"));
    expect(moved).toMatchObject({ verified: false, unsound: [size] });
  });
});
