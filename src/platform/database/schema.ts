import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { readCatalogue } from "./catalogue.ts";
import { connect, type Database } from "./connect.ts";
import { schemaSql } from "./schema-sql.ts";
import { migratedDatabase, startScratch } from "./scratch.ts";
import { tableTypes } from "./table-types.ts";

/** Run as a program it migrates a throw-away database and writes both files anew. */
const command = "node_modules/node/bin/node src/platform/database/schema.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const header = [
  "The schema after all migrations, as the database itself tells it: for reading, and for seeing a migration's effect in a diff.",
  "After a change under db/migrations run",
  `    ${command}`,
  "which writes this file and src/platform/database/tables.ts. A test fails while either is stale.",
];

/** The files written from a migrated database: path from the root -> text. */
export const schemaFiles = async (database: Database): Promise<ReadonlyMap<string, string>> => {
  const catalogue = await readCatalogue(database.kysely);
  return new Map([
    ["db/schema.sql", schemaSql(catalogue, header)],
    ["src/platform/database/tables.ts", tableTypes(catalogue)],
  ]);
};

/** Writes those that differ; their paths from the root. */
export const writeSchema = async (database: Database): Promise<readonly string[]> => {
  const stale = await staleFiles(database);
  for (const [file, text] of stale) await writeFile(path.join(root, file), text);
  return [...stale.keys()];
};

/** The files that are not as the database tells. */
export const staleFiles = async (database: Database): Promise<ReadonlyMap<string, string>> => {
  const stale = new Map<string, string>();
  for (const [file, text] of await schemaFiles(database)) {
    const now = await readFile(path.join(root, file), "utf8").catch(() => "");
    if (now.replaceAll("\r\n", "\n") !== text) stale.set(file, text);
  }
  return stale;
};

if (import.meta.main) {
  const server = await startScratch();
  try {
    const database = connect(await migratedDatabase(server.url, "schema"));
    const written = await writeSchema(database).finally(() => database.close());
    process.stdout.write(written.length === 0 ? "fresh\n" : `${written.join("\n")}\n`);
  } finally {
    await server.stop();
  }
}
