import { sql } from "kysely";
import { brokenInvariants } from "../../src/platform/database/invariants.ts";
import { verifyLedger } from "../../src/platform/ledger/exporting.ts";
import { sequenceAll } from "../../src/platform/ledger/sequencer.ts";
import type { Ground } from "./server.ts";
import type { World } from "./world.ts";

/** What was acknowledged and is not there; 0 when all is kept. */
export const unkeptOf = async ({ database }: Ground, world: World, submitted: number, saved: number) => {
  const { rows } = await database.pool.query<{ filed: number; saves: number }>(
    `select (select count(*) from application where id = any($1) and state = 'ORG_REVIEW')::int as filed,
       (select coalesce(sum(version - 1), 0) from draft where application = any($2))::int as saves`,
    [world.ready.map((one) => one.application), world.written.map((one) => one.application)],
  );
  const [found] = rows;
  return Math.abs((found?.filed ?? 0) - submitted) + Math.abs((found?.saves ?? 0) - saved);
};

/** What must hold whatever was asked of it. */
export const soundness = async ({ database, funder, policies }: Ground) => {
  await sequenceAll(database, funder);
  const broken = await database.kysely
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (tx) => {
      // Every word of a gigabyte is read; the platform's own limit is for requests.
      await sql`set local statement_timeout = '20min'`.execute(tx);
      return brokenInvariants(tx, policies);
    });
  for (const { name, rows } of broken) console.log(`broken: ${name}`, rows.slice(0, 3));
  const { verified, entries } = await verifyLedger(database.kysely, funder);
  return { invariantsBroken: broken.length, ledgerVerified: Number(verified), ledgerEntries: entries };
};
