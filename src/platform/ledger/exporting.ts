import { once } from "node:events";
import type { Writable } from "node:stream";
import { sql } from "kysely";
import { type ChainReader, chainReader, type ChainVerdict } from "../../core/ledger/chain.ts";
import { lineOf } from "../../core/ledger/entry.ts";
import { headerLine } from "../../core/ledger/export.ts";
import { type Head, isSigned } from "../../core/ledger/head.ts";
import type { Database, Queryable } from "../database/connect.ts";
import { chained, entryColumns, type EntryRow } from "../ledger.ts";
import { headsOf, type Signer, signHead } from "./heads.ts";
import { isEd25519, sha256 } from "./sealed.ts";
import { sequenceAll } from "./sequencer.ts";

const batch = 5_000;

/** Numbered entries in their order, as they stand in the database. */
const numbered = async function* (database: Queryable, funder: string): AsyncGenerator<EntryRow> {
  for (let last = 0; ;) {
    const { rows } = await sql<EntryRow>`
      select ${entryColumns} from ledger_entry where funder = ${funder} and number > ${last}
      order by number limit ${batch}`.execute(database);
    yield* rows;
    if (rows.length < batch) return;
    last = rows.at(-1)?.number ?? last;
  }
};

/** Writes the whole ledger as JSON Lines and returns its head, signed now. What the database no longer holds soundly is exported as it is: checking tells. */
export const exportLedger = async (
  database: Database,
  funder: string,
  signer: Signer,
  stream: Writable,
): Promise<Head> => {
  await sequenceAll(database, funder);
  const head = await signHead(database, funder, signer);
  const write = async (line: string) => {
    if (!stream.write(`${line}\n`)) await once(stream, "drain");
  };
  await write(headerLine(head));
  for await (const row of numbered(database.kysely, funder)) {
    const { number, previous, hash } = row;
    if (number === null || number > head.number) break;
    const one = chained(row, number, previous ?? "");
    await write(lineOf(one?.spelling ?? "null", hash ?? ""));
  }
  return head;
};

/** `heads`: how many heads were compared. `unsound`: numbers of kept heads that were not signed by a known key, or not as they stand. */
export type LedgerVerdict = ChainVerdict & { readonly heads: number; readonly unsound: readonly number[] };

export type VerifySettings = {
  /** A head kept elsewhere, by whoever checks. */
  readonly trusted?: { readonly number: number; readonly root: string };
  /** Public keys (hexadecimal) that may sign; any where not given. */
  readonly keys?: ReadonlySet<string>;
};

/** Recomputes every hash of the ledger in the database and compares it with every signed head, and with one kept elsewhere. */
export const verifyLedger = async (
  database: Queryable,
  funder: string,
  { trusted, keys }: VerifySettings = {},
): Promise<LedgerVerdict> => {
  const kept = await headsOf(database, funder);
  const sound = kept.filter((head) => (keys?.has(head.key) ?? true) && isSigned(isEd25519, head));
  const heads = new Map(sound.map(({ number, root }) => [number, root]));
  const clash = trusted !== undefined && (heads.get(trusted.number) ?? trusted.root) !== trusted.root;
  if (trusted !== undefined) heads.set(trusted.number, trusted.root);
  const reader: ChainReader = chainReader(sha256, funder, heads);
  for await (const row of numbered(database, funder))
    reader.add(chained(row, row.number ?? 0, row.previous ?? ""));
  const verdict = reader.finish();
  const unsound = kept.filter((head) => !sound.includes(head)).map(({ number }) => number);
  const wrong = verdict.verified && (clash || unsound.length > 0);
  return { ...verdict, ...(wrong ? { verified: false, fault: "head" } : {}), heads: heads.size, unsound };
};
