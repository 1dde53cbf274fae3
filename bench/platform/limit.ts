import { Pool } from "pg";
import { type Arrivals, arrive, flatOut } from "./arrivals.ts";
import type { Rates } from "./rates.ts";

/** The limit beside the platform: the same bytes by bare statements through pg, without parsing, permission, rules or ledger. */

export type Bare = {
  readonly atRates: Arrivals<"insert" | "update" | "read">;
  readonly flatOut: Readonly<
    Record<"insert" | "update" | "read", { perSecond: number; p50: number; p99: number }>
  >;
};

const prepare = async (pool: Pool): Promise<readonly string[]> => {
  await pool.query(`
    drop table if exists bare_version, bare_draft;
    create table bare_version (id uuid primary key, content jsonb not null, worded jsonb not null, hash text not null);
    create table bare_draft (id uuid primary key, content jsonb not null);
    insert into bare_draft select application, content from draft where version = 1 order by application limit 2000;`);
  await pool.query("vacuum analyze bare_draft");
  const { rows } = await pool.query<{ id: string }>("select id from bare_draft");
  return rows.map(({ id }) => id);
};

/** Runs against the platform's own server, on tables of its own. `width`: connections, those of the platform's pool. */
export const bare = async (
  url: string,
  rates: Rates,
  time: { readonly seconds: number; readonly warm: number },
  width = 20,
): Promise<Bare> => {
  const pool = new Pool({ connectionString: url, max: width });
  try {
    const ids = await prepare(pool);
    const { rows } = await pool.query<{ content: string; worded: string }>(
      `select v.content::text as content, v.worded::text as worded from application_version v
       join application a on a.id = v.application where a.version = 2 limit 1`,
    );
    const content = rows[0]?.content ?? "";
    const worded = rows[0]?.worded ?? "";
    let turn = 0;
    const idOf = () => ids[(turn += 1) % ids.length];
    const acts = {
      insert: async () => {
        await pool.query({
          name: "insert",
          text: "insert into bare_version values (gen_random_uuid(), $1, $2, $3)",
          values: [content, worded, "hash"],
        });
      },
      update: async () => {
        await pool.query({
          name: "update",
          text: "update bare_draft set content = $2 where id = $1",
          values: [idOf(), content],
        });
      },
      read: async () => {
        await pool.query({
          name: "read",
          text: "select content from bare_draft where id = $1",
          values: [idOf()],
        });
      },
    };
    const atRates = await arrive(
      {
        insert: { perSecond: rates.submits, act: acts.insert },
        update: { perSecond: rates.saves, act: acts.update },
        read: { perSecond: rates.reads, act: acts.read },
      },
      time,
    );
    const seconds = time.seconds / 12;
    return {
      atRates,
      flatOut: {
        insert: await flatOut(acts.insert, { seconds, width: 16 }),
        update: await flatOut(acts.update, { seconds, width: 16 }),
        read: await flatOut(acts.read, { seconds, width: 16 }),
      },
    };
  } finally {
    await pool.query("drop table if exists bare_version, bare_draft").catch(() => {});
    await pool.end();
  }
};
