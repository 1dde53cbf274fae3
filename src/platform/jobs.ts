import { CompiledQuery } from "kysely";
import { PgBoss } from "pg-boss";
import type { Database, Transaction } from "./database/connect.ts";

/** Work that later stages and the clock do: enqueued by name in the transaction of the act that causes it. */
export type Jobs = {
  /** Enqueued with the act or not at all. `once`: while one with this key waits, no second is added. */
  readonly enqueue: (tx: Transaction, name: string, payload: object, options?: Enqueueing) => Promise<void>;
  /** Takes up work under these names; every handler must bear being run twice. */
  readonly work: (name: string, handler: (payload: unknown) => Promise<void>) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type Enqueueing = { readonly once?: string; readonly afterSeconds?: number };

const through = (queryable: Transaction) => ({
  executeSql: async (text: string, values?: unknown[]) => {
    const { rows } = await queryable.executeQuery<Record<string, unknown>>(
      CompiledQuery.raw(text, values ?? []),
    );
    return { rows: [...rows] };
  },
});

/** Opens the queue in the schema `job` of the platform's own database; `names` are the queues that exist. */
export const openJobs = async (database: Database, names: readonly string[]): Promise<Jobs> => {
  const boss = new PgBoss({
    connectionString: database.url,
    max: 3,
    schema: "job",
    application_name: "zhinan jobs",
  });
  boss.on("error", (error) => console.error(error));
  await boss.start();
  for (const name of names)
    await boss.createQueue(name, { retryLimit: 5, retryDelay: 2, retryBackoff: true });
  return {
    enqueue: async (tx, name, payload, { once, afterSeconds } = {}) => {
      await boss.send(name, payload, {
        db: through(tx),
        ...(once === undefined ? {} : { singletonKey: once }),
        ...(afterSeconds === undefined ? {} : { startAfter: afterSeconds }),
      });
    },
    work: async (name, handler) => {
      await boss.work(name, { pollingIntervalSeconds: 0.5, batchSize: 10 }, async (jobs) => {
        for (const { data } of jobs) await handler(data);
      });
    },
    stop: () => boss.stop({ graceful: true, timeout: 5_000, close: true }),
  };
};
