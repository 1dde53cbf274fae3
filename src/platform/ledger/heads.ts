import { sql } from "kysely";
import { hexOf } from "../../core/ledger/bytes.ts";
import { type Head, signedBytes } from "../../core/ledger/head.ts";
import type { Database, Queryable } from "../database/connect.ts";
import { treesOf } from "./spans.ts";

/** Ed25519: the bare public key, and its private half as a function. */
export type Signer = {
  readonly publicKey: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
};

/** How many entries are numbered, and their root (hexadecimal). */
export const headOf = async (
  database: Queryable,
  funder: string,
): Promise<{ readonly number: number; readonly root: string }> => {
  const { rows } = await sql<{ number: number }>`
    select coalesce(max(number), 0) as number from ledger_entry where funder = ${funder}`.execute(database);
  const number = rows[0]?.number ?? 0;
  // What is numbered never changes: no lock is needed to read the tree below it.
  const [tree] = await treesOf(database, funder, [{ from: 0, to: number }]);
  return { number, root: hexOf(tree?.root() ?? new Uint8Array(0)) };
};

/** Signs the ledger as it stands and keeps the head; the one already kept where nothing was added since. */
export const signHead = async (database: Database, funder: string, signer: Signer): Promise<Head> => {
  const { number, root } = await headOf(database.kysely, funder);
  const kept = await headFrom(database.kysely, funder, number);
  if (kept?.number === number) return kept;
  const { rows } = await sql<{ at: string }>`select ${utc(sql`platform_now()`)} as at`.execute(
    database.kysely,
  );
  const unsigned = { funder, number, root, at: rows[0]?.at ?? "", key: hexOf(signer.publicKey) };
  const signature = signer.sign(signedBytes(unsigned));
  await sql`
    insert into ledger_head (funder, number, root, at, key, signature)
    values (${funder}, ${number}, decode(${root}, 'hex'), ${unsigned.at}::timestamptz, ${signer.publicKey}, ${signature})
    on conflict (funder, number) do nothing`.execute(database.kysely);
  return (await headFrom(database.kysely, funder, number)) ?? { ...unsigned, signature: hexOf(signature) };
};

/** Signs once an hour (platform time), and only where entries were added. */
export const signHeadWhenDue = async (database: Database, funder: string, signer: Signer): Promise<void> => {
  const { rows } = await sql<{ due: boolean }>`
    select number > coalesce(head.last, 0)
      and (head.at is null or head.at <= platform_now() - interval '1 hour') as due
    from (select coalesce(max(number), 0) as number from ledger_entry where funder = ${funder}) as entries,
      (select max(number) as last, max(at) as at from ledger_head where funder = ${funder}) as head`.execute(
    database.kysely,
  );
  if (rows[0]?.due === true) await signHead(database, funder, signer);
};

const utc = (instant: ReturnType<typeof sql>) =>
  sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const headColumns = sql`funder, number, encode(root, 'hex') as root, ${utc(sql`at`)} as at,
  encode(key, 'hex') as key, encode(signature, 'hex') as signature`;

/** The first kept head that knows entry `number`; null where there is none yet. */
export const headFrom = async (database: Queryable, funder: string, number: number): Promise<Head | null> => {
  const { rows } = await sql<Head>`
    select ${headColumns} from ledger_head where funder = ${funder} and ledger_head.number >= ${number}
    order by ledger_head.number limit 1`.execute(database);
  return rows[0] ?? null;
};

/** All kept heads in their order. */
export const headsOf = async (database: Queryable, funder: string): Promise<readonly Head[]> => {
  const { rows } = await sql<Head>`
    select ${headColumns} from ledger_head where funder = ${funder} order by ledger_head.number`.execute(
    database,
  );
  return rows;
};
