import { Client, type Pool } from "pg";
import { normalize } from "../../src/core/similarity/normalize.ts";
import { connect } from "../../src/platform/database/connect.ts";
import { migratedDatabase, startScratch } from "../../src/platform/database/scratch.ts";
import { entryOfDocument, type SimilarHit } from "../../src/platform/similarity.ts";
import { similarBySql } from "../../src/platform/similarity/by-sql.ts";
import { loadFold } from "../../src/platform/similarity/fold.ts";
import { loadKnown } from "../../src/platform/similarity/known.ts";
import { keysOf } from "../../src/platform/similarity/part.ts";
import { storedFrequency, storeDocument } from "../../src/platform/similarity/table.ts";
import type { Document } from "../../src/core/similarity/document.ts";
import type { Query } from "./levels.ts";
import { nationalKeys, nationalQuery } from "./national.ts";
import { quantiles } from "./quantiles.ts";

/**
 * The same questions asked of PostgreSQL: by the table of fingerprints, with passages, and by trigrams of the whole text (pg_trgm, which
 * aligns nothing). Then a nation's fingerprints in such a table, without text.
 */
export const postgres = async (
  documents: Iterable<Document>,
  asked: readonly { readonly query: Query; readonly hits: readonly SimilarHit[] }[],
  nation: { readonly documents: number; readonly seed: number },
  /** How many of the documents trigrams are taken of: a query of whole texts takes them seconds to minutes. */
  whole = 2_000,
) => {
  const scratch = await startScratch();
  const database = connect(await migratedDatabase(scratch.url, "similarity"), { max: 2 });
  const { pool } = database;
  const words = await trigramDatabase(pool, scratch.url);
  try {
    const fold = await loadFold();
    const known = await loadKnown(fold);
    await pool.query("insert into funder (id, name) values ('bench', '{}')");
    // Seconds to minutes each: a few are enough to say so, and none is waited for longer than this.
    const some = asked.filter((_, at) => at % Math.ceil(asked.length / 4) === 0);
    const sources = new Set(some.map(({ query }) => query.source));
    let stored = 0;
    for (const document of documents) {
      const entry = entryOfDocument(fold, document);
      await storeDocument(pool, "bench", entry, keysOf(entry.text, known, 32));
      if (stored < whole || sources.has(document.id))
        await words.query("insert into whole values ($1, $2)", [document.id, textOf(fold, document)]);
      stored += 1;
    }
    await words.query("create index on whole using gin (text gin_trgm_ops)");
    await words.query("analyze");
    await pool.query("analyze");
    const frequency = await storedFrequency(pool, "bench");
    const bySql: number[] = [];
    let same = 0;
    for (const { query, hits } of [...asked.slice(0, 10), ...asked]) {
      const started = performance.now();
      const answer = await similarBySql(pool, {
        funder: "bench",
        document: query,
        top: 10,
        known,
        frequency,
      });
      bySql.push(performance.now() - started);
      if (JSON.stringify(answer.hits) === JSON.stringify(hits)) same += 1;
    }
    await words.query("set statement_timeout = '60s'");
    const trigrams: number[] = [];
    let found = 0;
    await words.query("set pg_trgm.similarity_threshold = 0.1");
    for (const { query } of some) {
      const started = performance.now();
      try {
        const { rows } = await words.query<{ id: string }>(
          "select id from whole where text % $1 order by similarity(text, $1) desc limit 10",
          [textOf(fold, query)],
        );
        if (rows.some(({ id }) => id === query.source)) found += 1;
      } catch (error) {
        if ((error as { readonly code?: string }).code !== "57014") throw error;
      }
      trigrams.push(performance.now() - started);
    }
    console.log("by SQL", quantiles(bySql.slice(10)), "by trigrams", quantiles(trigrams));
    return {
      sql: { milliseconds: quantiles(bySql.slice(10)), sameAnswer: same / (asked.length + 10) },
      trigrams: {
        documents: whole,
        queries: some.length,
        milliseconds: quantiles(trigrams),
        recall: found / some.length,
      },
      nation: await nationalBySql(database.url, nation.documents, nation.seed),
    };
  } finally {
    await words.end();
    await database.close();
    await scratch.stop();
  }
};

/** A database whose language knows Chinese characters for letters: without it pg_trgm takes no trigram of them. */
const trigramDatabase = async (pool: Pool, url: string): Promise<Client> => {
  await pool.query(
    "create database whole template template0 locale_provider libc lc_collate 'C' lc_ctype 'C.UTF-8'",
  );
  const beside = new URL(url);
  beside.pathname = "/whole";
  const client = new Client({ connectionString: String(beside) });
  await client.connect();
  await client.query("create extension pg_trgm");
  await client.query("create unlogged table whole (id text primary key, text text)");
  return client;
};

const textOf = (fold: Awaited<ReturnType<typeof loadFold>>, { sections }: Pick<Document, "sections">) => {
  const { codes } = normalize(fold, sections);
  let text = "";
  for (const code of codes) text += code === 0 ? " " : String.fromCharCode(code);
  return text;
};

const rowsAtOnce = 400_000;

/** Ranking by fingerprints alone, as the engine does at this size; the table as the platform has it, without what it refers to. */
const nationalBySql = async (url: string, documents: number, seed: number) => {
  // A connection of its own: the platform's end what takes half a minute.
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    "create unlogged table nation (funder text not null, key integer not null, document bigint not null)",
  );
  let keys: number[] = [];
  let owners: number[] = [];
  const write = async () => {
    await client.query(
      "insert into nation select 'bench', key, document from unnest($1::int[], $2::bigint[]) as row (key, document)",
      [keys, owners],
    );
    keys = [];
    owners = [];
  };
  const started = performance.now();
  for (let document = 0; document < documents; document += 1) {
    const own = new Set<number>();
    nationalKeys(seed, document, (key) => own.add(key | 0));
    for (const key of own) {
      keys.push(key);
      owners.push(document);
    }
    if (keys.length >= rowsAtOnce) await write();
  }
  await write();
  await client.query("set maintenance_work_mem = '1GB'");
  await client.query("alter table nation add primary key (funder, key, document)");
  await client.query("vacuum analyze nation");
  const buildSeconds = Math.round((performance.now() - started) / 100) / 10;
  const milliseconds: number[] = [];
  let found = 0;
  const [queries, warm] = [200, 20];
  for (let query = 0; query < queries + warm; query += 1) {
    const { source, row } = nationalQuery(seed, documents, query);
    const began = performance.now();
    const { rows } = await client.query<{ document: string }>(
      `with counted as (
         select key, count(*) as documents from nation where funder = 'bench' and key = any($1::int[]) group by key
       )
       select n.document, sum(ln(1 + $2 / c.documents)) as score
       from counted c join nation n on n.funder = 'bench' and n.key = c.key
       where c.documents <= $3 group by n.document order by score desc, n.document limit 10`,
      [Array.from(row, (key) => key | 0), documents, Math.max(64, documents / 1_000)],
    );
    if (query < warm) continue;
    milliseconds.push(performance.now() - began);
    if (rows.some(({ document }) => Number(document) === source)) found += 1;
  }
  const size = await client.query<{ bytes: string }>("select pg_total_relation_size('nation') as bytes");
  await client.end();
  return {
    documents,
    buildSeconds,
    bytesPerDocument: Math.round(Number(size.rows[0]?.bytes) / documents),
    query: quantiles(milliseconds),
    recallAt10: found / queries,
  };
};
