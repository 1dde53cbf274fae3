import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { sql } from "kysely";
import { inTransaction, type Database, type Transaction } from "./connect.ts";
import { DatabaseRefused } from "./refused.ts";

/** One SQL file: forward only, run once, in a transaction of its own. */
export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
};

export const migrationsFolder = path.resolve(import.meta.dirname, "../../../db/migrations");

/** Any number that nothing else locks; all migrating processes wait for one another on it. */
const lockKey = 5_463_718_200_241;

/**
 * Brings the database up to the files of the folder; returns the names of those it ran. Throws `DatabaseRefused` when
 * an applied file has changed or is gone, or when a later file was applied before.
 */
export const migrate = async (
  database: Database,
  folder: string = migrationsFolder,
): Promise<readonly string[]> => {
  const files = await readMigrations(folder);
  const ran: string[] = [];
  // One file a transaction; the lock lives inside it, so that pgbouncer's transaction mode serves too.
  for (;;) {
    const name = await inTransaction(database, {}, (transaction) => applyNext(transaction, files));
    if (name === null) return ran;
    ran.push(name);
  }
};

/** The files `NNNN_name.sql` (a hyphen will do) in order; the hash does not depend on how a checkout ends its lines. */
export const readMigrations = async (folder: string): Promise<readonly Migration[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const files = await Promise.all(
    names.map(async (name) => {
      const number = Number(/^(\d{4})[_-][a-z0-9_-]+\.sql$/.exec(name)?.[1] ?? Number.NaN);
      if (Number.isNaN(number))
        throw refused(`${name} 应命名为 0001_name.sql`, `${name} should be named 0001_name.sql`);
      const text = (await readFile(path.join(folder, name), "utf8")).replaceAll("\r\n", "\n");
      return { number, name, text, sha256: createHash("sha256").update(text).digest("hex") };
    }),
  );
  for (const [index, file] of files.entries())
    if (files[index - 1]?.number === file.number)
      throw refused(`迁移编号重复：${file.name}`, `two migrations have the number of ${file.name}`);
  return files;
};

const applyNext = async (transaction: Transaction, files: readonly Migration[]): Promise<string | null> => {
  // A second process waits here as long as the first one needs.
  await sql.raw("set local statement_timeout = 0; set local lock_timeout = 0").execute(transaction);
  await sql`select pg_advisory_xact_lock(${lockKey})`.execute(transaction);
  await sql
    .raw(
      `create table if not exists migration (
         number integer primary key,
         name text not null,
         sha256 text not null,
         applied_at timestamptz not null default clock_timestamp()
       )`,
    )
    .execute(transaction);
  const applied = await transaction.selectFrom("migration").selectAll().orderBy("number").execute();
  for (const [index, one] of applied.entries()) {
    const file = files[index];
    if (file?.number !== one.number) throw outOfOrder(one.name, file?.name);
    if (file.sha256 !== one.sha256)
      throw refused(
        `迁移 ${file.name} 执行之后被改动过。已执行的文件不能改，请恢复原文，另写一个新的文件。`,
        `migration ${file.name} was changed after it had run. Restore the file and write a new one.`,
      );
  }
  const next = files[applied.length];
  if (!next) return null;
  await sql.raw(next.text).execute(transaction);
  const { number, name, sha256 } = next;
  await transaction.insertInto("migration").values({ number, name, sha256 }).execute();
  return name;
};

const refused = (zh: string, en: string): DatabaseRefused => new DatabaseRefused("migration", { zh, en });

const outOfOrder = (applied: string, file: string | undefined): DatabaseRefused =>
  file === undefined || file > applied
    ? refused(
        `数据库执行过 ${applied}，而本程序没有这个文件：数据库来自更新的版本。请升级程序。`,
        `the database has run ${applied}, which this program does not have: it belongs to a newer version. Upgrade the program.`,
      )
    : refused(
        `${file} 的编号小于已经执行过的 ${applied}。请给它一个更大的编号。`,
        `${file} has a lower number than ${applied}, which has already run. Give it a higher one.`,
      );
