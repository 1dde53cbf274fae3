import { sql } from "kysely";
import { bytesOfHex } from "../core/ledger/bytes.ts";
import { canonicalJson, type Json } from "../core/ledger/canonical.ts";
import type { ChainedEntry, Entry } from "../core/ledger/entry.ts";
import type { Queryable } from "./database/connect.ts";
import { instantText } from "./database/values.ts";

/** What an action leaves in the ledger. `at`: milliseconds since 1970 UTC, platform time. */
export type NewEntry = {
  readonly funder: string;
  readonly action: string;
  /** The account; null for the clock's own acts. */
  readonly actor: string | null;
  /** The account whose role was lent. */
  readonly actingFor: string | null;
  readonly role: string | null;
  readonly objectKind: string;
  readonly objectId: string;
  readonly at: number;
  /** Ids, states, hashes, whole numbers: no content, nothing that identifies a person. */
  readonly body: Readonly<Record<string, unknown>>;
};

/** Writes the entry in the action's transaction; its number comes later. Returns its id. Throws `TypeError` for a fraction, a date or half a character in the body. */
export const record = async (tx: Queryable, entry: NewEntry): Promise<string> => {
  const { funder, action, actor, actingFor, role, objectKind, objectId, at, body } = entry;
  const { rows } = await sql<{ id: string }>`
    insert into ledger_entry (funder, action, actor, acting_for, role, object_kind, object_id, at, body)
    values (${funder}, ${action}, ${actor}, ${actingFor}, ${role}, ${objectKind}, ${objectId},
      ${instantText(at)}, ${canonicalJson(body)}::jsonb)
    returning id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new TypeError("the ledger took no entry");
  return id;
};

/** An entry as the columns below give it. */
export type EntryRow = Omit<Entry, "body" | "number" | "previous"> & {
  readonly body: string;
  readonly number: number | null;
  readonly previous: string | null;
  readonly hash: string | null;
};

/** Instants in one spelling, microseconds kept; hashes in hexadecimal. */
export const entryColumns = sql`
  funder, id, action, actor, acting_for as "actingFor", role, object_kind as "objectKind", object_id as "objectId",
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, body::text as body, number,
  encode(previous_hash, 'hex') as previous, encode(hash, 'hex') as hash`;

/** The entry of a row at its place in the chain; null where its body is none that `record` could have written. */
export const chained = (row: EntryRow, number: number, previous: string): ChainedEntry | null => {
  const { hash, ...rest } = row;
  try {
    const entry: Entry = { ...rest, number, previous, body: wholeNumbersOnly(row.body) };
    return { entry, spelling: canonicalJson(entry), hash: hash ?? "" };
  } catch {
    return null;
  }
};

/** jsonb keeps `1.0` and digits that no number here can hold: neither may pass for the number that was hashed. */
const wholeNumbersOnly = (text: string): Json => {
  const fraction = /\d\.\d/.test(text);
  const reviver = (_key: string, value: unknown, context?: { readonly source?: string }) => {
    if (typeof value === "number" && context?.source !== String(value))
      throw new TypeError(`${context?.source} is not a whole number`);
    return value;
  };
  return JSON.parse(text, fraction ? reviver : undefined) as Json;
};

/** A hash as the database gave it in hexadecimal. */
export const hashFrom = (hex: string): Uint8Array => bytesOfHex(hex) ?? new Uint8Array(0);
