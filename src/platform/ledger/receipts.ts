import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { inclusionSpans } from "../../core/ledger/merkle.ts";
import { type Receipt, receiptOfEntry } from "../../core/ledger/receipt.ts";
import type { Database } from "../database/connect.ts";
import { Missing } from "../errors.ts";
import { chained, entryColumns, type EntryRow } from "../ledger.ts";
import { headFrom, type Signer, signHead } from "./heads.ts";
import { sequence } from "./sequencer.ts";
import { rootsOf } from "./spans.ts";

/**
 * The receipt of an entry, checkable offline. Waits at most `within` milliseconds (ten seconds) for its number; null where it has none by
 * then: ask again. Throws `Missing` for an entry that is not there.
 */
export const receiptOf = async (
  database: Database,
  funder: string,
  entryId: string,
  signer: Signer,
  within = 10_000,
): Promise<Receipt | null> => {
  const until = performance.now() + within;
  let row = await find(database, funder, entryId);
  for (let pause = 20; row.number === null && performance.now() < until; pause = Math.min(200, pause * 2)) {
    await passOnce(database, funder);
    row = await find(database, funder, entryId);
    if (row.number === null) await sleep(pause);
  }
  const { number, previous } = row;
  if (number === null || previous === null) return null;
  const one = chained(row, number, previous);
  if (one === null) return null;
  // One head serves all entries before it: in a rush most receipts find one.
  const head =
    (await headFrom(database.kysely, funder, number)) ?? (await signHead(database, funder, signer));
  const proof = await rootsOf(database.kysely, funder, inclusionSpans(number - 1, head.number));
  return receiptOfEntry(one.entry, proof, head);
};

const find = async (database: Database, funder: string, id: string): Promise<EntryRow> => {
  const { rows } = await sql<EntryRow>`
    select ${entryColumns} from ledger_entry where funder = ${funder} and id = ${id}`.execute(
    database.kysely,
  );
  const row = rows[0];
  if (row === undefined) throw new Missing("ledger entry");
  return row;
};

const running = new WeakMap<Database, Map<string, Promise<number>>>();

/** All who wait in this process share one pass: a rush of receipts does not take every connection. */
const passOnce = (database: Database, funder: string): Promise<number> => {
  const passes = running.get(database) ?? new Map<string, Promise<number>>();
  running.set(database, passes);
  const pass = passes.get(funder) ?? sequence(database, funder).finally(() => passes.delete(funder));
  passes.set(funder, pass);
  return pass;
};
