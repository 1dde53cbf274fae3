import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../src/platform/database/connect.ts";
import { buildSimilarity, entryOfDocument, openSimilarity } from "../../src/platform/similarity.ts";
import { similarBySql } from "../../src/platform/similarity/by-sql.ts";
import { loadFold } from "../../src/platform/similarity/fold.ts";
import { loadKnown } from "../../src/platform/similarity/known.ts";
import { keysOf } from "../../src/platform/similarity/part.ts";
import {
  removeDocument,
  storeDocument,
  storedEntries,
  storedFrequency,
} from "../../src/platform/similarity/table.ts";
import { freshDatabase } from "../database.ts";
import { documentOf, documents, folder, world } from "./corpus.ts";
import { copied, levels, toolsOf } from "../../bench/similarity/levels.ts";
import { vocabulary } from "../../bench/similarity/vocabulary.ts";

const funder = "similar";
let database: Database;
const fold = await loadFold();
const known = await loadKnown(fold);

beforeAll(async () => {
  database = await freshDatabase();
  await database.pool.query(`insert into funder (id, name) values ('${funder}', '{}'), ('other', '{}')`);
});
afterAll(() => database.close());

const store = async (document: ReturnType<typeof documentOf>, whose = funder) => {
  const entry = entryOfDocument(fold, document);
  await storeDocument(database.pool, whose, entry, keysOf(entry.text, known, 32));
};

it("segments and SQL give the same top ten, passages and all", async () => {
  const all = [...documents(0, 60), { ...documentOf(7), id: "p7-2", group: "p7" }];
  for (const document of all) await store(document);
  await store(documentOf(61), "other");
  const place = folder();
  await buildSimilarity(place, all);
  const index = await openSimilarity(place);
  const frequency = await storedFrequency(database.pool, funder);
  const tools = await toolsOf(vocabulary());
  const queries = [
    ...[0, 7, 30, 61, 65, 80].map(documentOf),
    ...levels.map((level, at) => copied(world, level, at, tools)),
    { ...documentOf(7), group: "p7" },
    { id: "empty", title: "", sections: [] },
  ];
  let hits = 0;
  for (const query of queries) {
    const { hits: bySql } = await similarBySql(database.pool, {
      funder,
      document: query,
      top: 10,
      known,
      frequency,
    });
    expect(bySql).toEqual(index.query(query, 10));
    hits += bySql.length;
  }
  expect(hits).toBeGreaterThan(15);

  // The tables are the truth: an index made from them is the same one.
  const again = folder();
  await buildSimilarity(again, all);
  const entries: string[] = [];
  for await (const { id } of storedEntries(database.pool, funder)) entries.push(id);
  expect(entries).toEqual(all.map(({ id }) => id).sort());
  index.close();
});

it("a changed or removed document is gone with its fingerprints", async () => {
  const ask = async () =>
    (
      await similarBySql(database.pool, {
        funder,
        document: documentOf(5),
        top: 1,
        known,
        frequency: await storedFrequency(database.pool, funder),
      })
    ).hits[0];
  expect((await ask())?.coverage).toBe(1);
  await store({ ...documentOf(70), id: "p5" });
  expect((await ask())?.coverage ?? 0).toBeLessThan(0.5);
  expect(await removeDocument(database.pool, funder, "p5")).toBe(true);
  expect(await removeDocument(database.pool, funder, "p5")).toBe(false);
  const { rows } = await database.pool.query(
    "select count(*)::int as loose from similar_fingerprint f where not exists (select from similar_document d where d.number = f.document)",
  );
  expect(rows[0]).toEqual({ loose: 0 });
});
