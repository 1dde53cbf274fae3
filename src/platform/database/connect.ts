import {
  CompiledQuery,
  Kysely,
  PostgresDialect,
  PostgresDriver,
  type DatabaseConnection,
  type Driver,
  type PostgresDialectConfig,
  type Transaction as KyselyTransaction,
  type TransactionSettings,
} from "kysely";
import { DatabaseError, Pool } from "pg";
import type { Tables } from "./tables.ts";
import { valueTypes } from "./values.ts";

/** An open database. `pool` is for what kysely cannot say (COPY, LISTEN, the job queue); `close` waits for running statements. */
export type Database = {
  readonly kysely: Kysely<Tables>;
  readonly pool: Pool;
  readonly url: string;
  readonly close: () => Promise<void>;
};
export type Transaction = KyselyTransaction<Tables>;
/** Where a query may run: a transaction, or the pool for a single statement. */
export type Queryable = Kysely<Tables>;

export type ConnectSettings = {
  /** Most connections at once; 10 unless told. */
  readonly max?: number;
  readonly applicationName?: string;
};

/** How long one statement, one wait for a lock and one idle moment inside a transaction may last. */
const limits =
  "statement_timeout = '15s'; set %lock_timeout = '5s'; set %idle_in_transaction_session_timeout = '15s'";
const session = `set timezone = 'Asia/Shanghai'; set datestyle = 'ISO, YMD'; set ${limits.replaceAll("%", "")}`;
const local = `set local ${limits.replaceAll("%", "local ")}`;

/**
 * Opens a pool; the first statement connects. Values as values.ts says. No prepared statement has a name, no setting is a start-up
 * parameter: it works behind pgbouncer in transaction mode, where a session's settings may be another's, so that each
 * transaction sets the limits for itself.
 */
export const connect = (
  url: string,
  { max = 10, applicationName = "zhinan" }: ConnectSettings = {},
): Database => {
  const pool = new Pool({
    connectionString: url,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types: valueTypes,
    onConnect: async (client) => {
      await client.query(session);
    },
  });
  // A server that restarts ends idle connections: the pool forgets them, the next statement connects anew.
  pool.on("error", () => {});
  const kysely = new Kysely<Tables>({ dialect: new LimitedDialect({ pool }) });
  return {
    kysely,
    pool,
    url,
    close: () => kysely.destroy().then(() => (pool.ended ? undefined : pool.end())),
  };
};

export type TransactionOptions = {
  readonly isolation?: "read committed" | "serializable";
  /** How often `work` is begun anew after a serialisation failure or a deadlock; 8 unless told. */
  readonly retries?: number;
};

/**
 * Runs `work` in one transaction; an error rolls back and is passed on. After 40001 or 40P01 `work` runs again from
 * the start: it must do nothing outside the transaction. Unique violations (23505) are the caller's to translate.
 */
export const inTransaction = async <Result>(
  database: Database,
  { isolation = "read committed", retries = 8 }: TransactionOptions,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await database.kysely.transaction().setIsolationLevel(isolation).execute(work);
    } catch (error) {
      if (attempt >= retries || !isTransient(error)) throw error;
      // Full jitter: contenders that failed together must not meet again together.
      const longest = Math.min(500, 5 * 2 ** attempt);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * longest));
    }
  }
};

/** The SQLSTATE of an error of the database, or null. */
export const sqlState = (error: unknown): string | null =>
  error instanceof DatabaseError ? (error.code ?? null) : null;

const isTransient = (error: unknown): boolean => ["40001", "40P01"].includes(sqlState(error) ?? "");

/** Begins a transaction and sets its limits in one round trip. */
class LimitedDriver extends PostgresDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    const level = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : "";
    const access = settings.accessMode ? ` ${settings.accessMode}` : "";
    await connection.executeQuery(CompiledQuery.raw(`start transaction${level}${access}; ${local}`));
  }
}

class LimitedDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;
  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }
  override createDriver(): Driver {
    return new LimitedDriver(this.#config);
  }
}
