/** Numbers and chains what was committed. Actions never wait for one another; whoever needs a number waits for a pass. */
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { hexOf } from "../../core/ledger/bytes.ts";
import { genesis, hashOfSpelling } from "../../core/ledger/entry.ts";
import { type Database, inTransaction, type Transaction } from "../database/connect.ts";
import { chained, entryColumns, type EntryRow, hashFrom } from "../ledger.ts";
import { type Signer, signHeadWhenDue } from "./heads.ts";
import { sha256 } from "./sealed.ts";
import { storedLevels, treesOf } from "./spans.ts";

const batch = 1_000;

/**
 * One pass: numbers up to 1,000 waiting entries, returns how many. Passes exclude one another by a lock, so two sequencers are
 * harmless. An entry whose transaction commits after a pass looked is numbered by a later one: never skipped, no gap.
 */
export const sequence = (database: Database, funder: string): Promise<number> =>
  // Read committed: the statement after the lock sees what the last holder committed.
  inTransaction(database, { isolation: "read committed" }, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`ledger ${funder}`}, 0))`.execute(tx);
    const { rows: waiting } = await sql<EntryRow>`
      select ${entryColumns} from ledger_entry where funder = ${funder} and number is null
      order by ledger_entry.at, id limit ${batch}`.execute(tx);
    return waiting.length === 0 ? 0 : chain(tx, funder, waiting);
  });

const chain = async (tx: Transaction, funder: string, waiting: readonly EntryRow[]): Promise<number> => {
  const tip = await tipOf(tx, funder);
  let { number, hash: previous } = tip;
  const nodes: { level: number; position: number; hash: Uint8Array }[] = [];
  let growing = false;
  const [tree] = await treesOf(tx, funder, [{ from: 0, to: number }], (level, position, hash) => {
    if (growing && storedLevels.includes(level)) nodes.push({ level, position, hash });
  });
  growing = true;
  const done: { id: string; number: number; previous: Uint8Array; hash: Uint8Array }[] = [];
  for (const row of waiting) {
    const one = chained(row, number + 1, previous);
    // Written past `record`: it waits for ever, and an invariant says so, while the others go on.
    if (one === null) continue;
    number += 1;
    const hash = hashOfSpelling(sha256, one.spelling);
    done.push({ id: row.id, number, previous: hashFrom(previous), hash });
    previous = hexOf(hash);
    tree?.add(hash);
  }
  await sql`
    update ledger_entry set number = done.number, previous_hash = done.previous, hash = done.hash
    from unnest(${done.map(({ id }) => id)}::uuid[], ${done.map((one) => one.number)}::bigint[],
      ${done.map((one) => one.previous)}::bytea[], ${done.map(({ hash }) => hash)}::bytea[])
      as done (id, number, previous, hash)
    where ledger_entry.funder = ${funder} and ledger_entry.id = done.id`.execute(tx);
  if (nodes.length > 0)
    await sql`
      insert into ledger_node (funder, level, position, hash)
      select ${funder}, * from unnest(${nodes.map(({ level }) => level)}::integer[],
        ${nodes.map(({ position }) => position)}::bigint[], ${nodes.map(({ hash }) => hash)}::bytea[])`.execute(
      tx,
    );
  return done.length;
};

const tipOf = async (tx: Transaction, funder: string): Promise<{ number: number; hash: string }> => {
  const { rows } = await sql<{ number: number; hash: string }>`
    select number, encode(hash, 'hex') as hash from ledger_entry
    where funder = ${funder} and number is not null order by number desc limit 1`.execute(tx);
  return rows[0] ?? { number: 0, hash: genesis(sha256) };
};

/** Passes until nothing waits; what commits meanwhile may or may not be among it. */
export const sequenceAll = async (database: Database, funder: string): Promise<number> => {
  let all = 0;
  for (let some = batch; some === batch; all += some) some = await sequence(database, funder);
  return all;
};

export type SequencerSettings = {
  /** Signs a head an hour where given. */
  readonly signer?: Signer;
  /** Pause between passes, milliseconds; 200 unless told. */
  readonly every?: number;
  /** A pass that threw (the database is away); the next one comes all the same. */
  readonly onError?: (error: unknown) => void;
};

/** Passes for ever, in any node. `stop` waits for the running pass. */
export const startSequencer = (
  database: Database,
  funder: string,
  { signer, every = 200, onError }: SequencerSettings = {},
): { readonly stop: () => Promise<void> } => {
  const ending = new AbortController();
  const loop = async () => {
    while (!ending.signal.aborted) {
      try {
        await sequenceAll(database, funder);
        if (signer !== undefined) await signHeadWhenDue(database, funder, signer);
      } catch (error) {
        onError?.(error);
      }
      await sleep(every, undefined, { signal: ending.signal }).catch(() => {});
    }
  };
  const running = loop();
  return {
    stop: async () => {
      ending.abort();
      await running;
    },
  };
};
