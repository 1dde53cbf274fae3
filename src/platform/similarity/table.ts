import type { Pool, PoolClient } from "pg";
import { decodeEntry, encodeEntry, type Entry } from "../../core/similarity/document.ts";
import { capOfCounts, type Frequency, frequentOf } from "../../core/similarity/frequency.ts";
import { drawOf, sampler } from "../../core/similarity/sample.ts";
import { sampledDocuments } from "../../core/similarity/frequency.ts";

/** Where statements run: the pool, or the client of a transaction. */
export type Runs = Pick<Pool | PoolClient, "query">;

const signed = (keys: Iterable<number>): number[] => Array.from(keys, (key) => key | 0);

const bytesOf = (keys: Uint32Array): Buffer => {
  const bytes = Buffer.alloc(keys.length * 4);
  for (const [at, key] of [...keys].sort((a, b) => a - b).entries()) bytes.writeUInt32LE(key, at * 4);
  return bytes;
};

/** Stores a document or changes the one of its id, with its fingerprints; `keys` as the index takes them. */
export const storeDocument = async (
  runs: Runs,
  funder: string,
  entry: Entry,
  keys: Uint32Array,
): Promise<void> => {
  await removeDocument(runs, funder, entry.id);
  // One statement: a document never stands without its fingerprints.
  await runs.query(
    `with document as (
       insert into similar_document (funder, id, application, title, entry, fingerprint, draw)
       values ($1, $2, $3, $4, $5, $6, $7) returning number)
     insert into similar_fingerprint (funder, key, document)
     select $1, key, number from document, unnest($8::int[]) as key`,
    [
      funder,
      entry.id,
      entry.group,
      entry.title,
      Buffer.from(encodeEntry(entry).buffer),
      bytesOf(keys),
      drawOf(entry.id),
      signed(keys),
    ],
  );
};

/** False where there is none of that id. */
export const removeDocument = async (runs: Runs, funder: string, id: string): Promise<boolean> =>
  ((await runs.query("delete from similar_document where funder = $1 and id = $2", [funder, id])).rowCount ??
    0) > 0;

/** Bytes as the driver gives them, at a place where numbers of four bytes may begin. */
export const entryFrom = (bytes: Buffer): Entry => decodeEntry(Uint8Array.from(bytes));

/** Every document of a funder by id, a few at a time: what an index is made from again. */
export const storedEntries = async function* (runs: Runs, funder: string): AsyncGenerator<Entry> {
  for (let after = ""; ;) {
    const { rows } = await runs.query<{ id: string; entry: Buffer }>(
      `select id, entry from similar_document where funder = $1 and id collate "C" > $2 collate "C"
       order by id collate "C" limit 200`,
      [funder, after],
    );
    for (const { entry } of rows) yield entryFrom(entry);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
};

/** The same frequencies as an index of the same documents is built with. */
export const storedFrequency = async (runs: Runs, funder: string): Promise<Frequency> => {
  const sample = sampler();
  const { rows } = await runs.query<{ entry: Buffer }>(
    "select entry from similar_document where funder = $1 order by draw limit $2",
    [funder, sampledDocuments * 2],
  );
  for (const { entry } of rows) {
    const { id, text } = entryFrom(entry);
    sample.keep(id, text.codes);
  }
  const counts = await runs.query<{ documents: number; keys: number }>(
    `select documents, count(*)::int as keys
     from (select count(*)::int as documents from similar_fingerprint where funder = $1 group by key) as per_key
     group by documents`,
    [funder],
  );
  const histogram = counts.rows.map(({ documents, keys }) => [documents, keys] as const);
  return { ...frequentOf(sample.texts()), cap: capOfCounts(histogram) };
};
