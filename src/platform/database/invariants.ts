import { readFile } from "node:fs/promises";
import path from "node:path";
import { sql } from "kysely";
import type { Policy } from "../../core/policy/policy.ts";
import { loadPolicy, policyIds } from "../policies.ts";
import type { Database, Transaction } from "./connect.ts";

/** One query of db/invariants.sql; `holds` says what must be true. */
export type Invariant = { readonly name: string; readonly holds: string; readonly query: string };
/** The first rows that break an invariant. */
export type Broken = {
  readonly name: string;
  readonly holds: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
};
type Pack = Pick<Policy, "hash" | "programme">;

/** At most so many rows of each: enough to begin to look. */
const shown = 20;

/**
 * The invariants that do not hold; empty when all is well. Limits of quotas stand in the policy packs, those installed unless
 * others are given; calls of any other pack are not counted.
 */
export const checkInvariants = async (
  database: Database,
  packs?: readonly Pack[],
): Promise<readonly Broken[]> => {
  const known = packs ?? (await Promise.all((await policyIds()).map(loadPolicy)));
  return database.kysely
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute((transaction) => brokenInvariants(transaction, known));
};

/** As `checkInvariants`, on what a transaction sees. */
export const brokenInvariants = async (
  transaction: Transaction,
  packs: readonly Pack[],
): Promise<readonly Broken[]> => {
  await sql`select set_config('zhinan.quotas', ${JSON.stringify(packs.map(quotaOf))}, true),
    set_config('statement_timeout', '10min', true)`.execute(transaction);
  const broken: Broken[] = [];
  for (const { name, holds, query } of await readInvariants()) {
    const { rows } = await sql<Record<string, unknown>>`${sql.raw(query)} limit ${sql.lit(shown)}`.execute(
      transaction,
    );
    if (rows.length > 0) broken.push({ name, holds, rows });
  }
  return broken;
};

/** The queries in the order of the file. Throws for one without a name of its own or without a sentence. */
export const readInvariants = async (): Promise<readonly Invariant[]> => {
  const [, ...parts] = (await readFile(file, "utf8")).replaceAll("\r\n", "\n").split(/^-- name: /m);
  const invariants = parts.map((part) => {
    const [name = "", ...lines] = part.split("\n");
    const first = lines.findIndex((line) => !line.startsWith("-- "));
    const holds = lines
      .slice(0, first)
      .map((line) => line.slice(3))
      .join(" ");
    const query = lines.slice(first).join("\n").trim().replace(/;$/, "");
    if (!/^[a-z-]+$/.test(name) || holds === "" || query === "")
      throw new SyntaxError(`db/invariants.sql: "${name}" needs a name, a sentence and a query`);
    return { name, holds, query };
  });
  const names = new Set(invariants.map(({ name }) => name));
  if (names.size !== invariants.length) throw new SyntaxError("db/invariants.sql: two queries have one name");
  return invariants;
};

const file = path.resolve(import.meta.dirname, "../../../db/invariants.sql");

const quotaOf = ({ hash, programme: { quota, categories } }: Pack) => ({
  hash,
  countedStates: quota.countedStates,
  categories: categories.filter((one) => one.quota).map((one) => one.code),
  limits: Object.fromEntries(quota.groups.map(({ id, limit }) => [id, limit])),
  otherwise: quota.otherwise.limit,
});
