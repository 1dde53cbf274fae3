import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { Client, DatabaseError } from "pg";
import type { Account } from "./account.ts";
import { DatabaseRefused } from "./refused.ts";

/** A data folder of PostgreSQL and what is needed to run a server on it. */
export type Cluster = {
  readonly folder: string;
  readonly binaries: string;
  /** The OS user it runs as; null: ourselves. */
  readonly account: Account | null;
  readonly password: string;
};

export const superuser = "zhinan";
const localOnly = ["listen_addresses=127.0.0.1", "unix_socket_directories="];
const executable = (binaries: string, name: string): string =>
  path.join(binaries, "bin", process.platform === "win32" ? `${name}.exe` : name);

export const clusterUrl = ({ password }: Pick<Cluster, "password">, port: number, database: string): string =>
  `postgres://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

const locales = {
  builtin: ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
  // Before PostgreSQL 17.
  libc: [],
} as const;

/** Makes the data folder (initdb): UTF-8, texts compared the same on every host, checksums, scram. `flags`: more for initdb. */
export const createCluster = (
  { folder, binaries, account, password }: Cluster,
  flags: readonly string[] = [],
  locale: keyof typeof locales = "builtin",
): void => {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  const secret = `${folder}.initial`;
  writeFileSync(secret, password, { mode: 0o600 });
  if (account) for (const one of [folder, secret]) chownSync(one, account.uid, account.gid);
  const result = spawnSync(
    executable(binaries, "initdb"),
    [
      `--pgdata=${folder}`,
      "--encoding=UTF8",
      // The C locale needs nothing of the host's; the provider knows the letters.
      locale === "builtin" ? "--locale=C" : "--locale=C.UTF-8",
      ...locales[locale],
      "--data-checksums",
      "--auth=scram-sha-256",
      `--username=${superuser}`,
      `--pwfile=${secret}`,
      ...flags,
    ],
    { ...account, cwd: folder, encoding: "utf8" },
  );
  rmSync(secret, { force: true });
  if (result.status !== 0) throw notStarted(result.stderr ?? "", result.error);
};

/** Starts a server that outlives this process's signals; returns its process id at once. `settings`: `name=value` of postgresql.conf. */
export const startServer = (
  { folder, binaries, account }: Cluster,
  port: number,
  settings: readonly string[],
): { readonly pid: number; readonly hasEnded: () => boolean } => {
  const log = openSync(logOf(folder), "a", 0o600);
  const child = spawn(
    executable(binaries, "postgres"),
    ["-D", folder, "-p", String(port), ...[...localOnly, ...settings].flatMap((setting) => ["-c", setting])],
    // A session of its own: Ctrl-C is ours to answer, work in progress ends before the server does.
    { ...account, cwd: folder, detached: true, stdio: ["ignore", log, log], windowsHide: true },
  );
  closeSync(log);
  let ended = false;
  for (const event of ["error", "exit"]) child.once(event, () => (ended = true));
  child.unref();
  return { pid: child.pid ?? 0, hasEnded: () => ended };
};

/** Waits until the server answers `url`; DatabaseRefused with the end of its log when it ends, refuses us or needs over two minutes. */
export const untilReady = async (url: string, folder: string, hasEnded: () => boolean): Promise<void> => {
  for (const until = Date.now() + 120_000; ; await pause(25)) {
    try {
      await ask(url, "select 1");
      return;
    } catch (error) {
      const unwanted = error instanceof DatabaseError && error.code?.startsWith("28") === true;
      if (unwanted || hasEnded() || Date.now() > until) throw notStarted(lastLines(folder), error);
    }
  }
};

/** One statement on a connection of its own; its rows. */
export const ask = async (url: string, statement: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end().catch(() => {});
  }
};

/**
 * Ends the server: sessions are cut and all is written (fast), or nothing is written and the next start repairs (immediate);
 * fast becomes immediate after half a minute.
 */
export const stopServer = async (
  { folder, binaries, account }: Cluster,
  pid: number,
  how: "fast" | "immediate" = "fast",
): Promise<void> => {
  if (process.platform === "win32") {
    const order = ["stop", "-D", folder, "-m", how, "-w"];
    spawnSync(executable(binaries, "pg_ctl"), order, { ...account, stdio: "ignore" });
    return;
  }
  const steps = [
    { signal: "SIGINT", patience: 30_000 },
    { signal: "SIGQUIT", patience: 10_000 },
  ] as const;
  for (const { signal, patience } of how === "fast" ? steps : steps.slice(1)) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    for (const until = Date.now() + patience; isAlive(pid) && Date.now() < until;) await pause(10);
  }
};

/** A process of this number runs, ours or not. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** A port of 127.0.0.1: `wanted` when it is free, else any free one. */
export const freePort = async (wanted = 0): Promise<number> =>
  (await listenOnce(wanted).catch(() => null)) ?? (await listenOnce(0));

const listenOnce = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const { port: given } = server.address() as AddressInfo;
      server.close(() => resolve(given));
    });
  });

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

export const logOf = (folder: string): string => path.join(folder, "server.log");

const lastLines = (folder: string): string => {
  try {
    return readFileSync(logOf(folder), "utf8").trimEnd().split("\n").slice(-8).join("\n");
  } catch {
    return "";
  }
};

const notStarted = (said: string, cause: unknown): DatabaseRefused =>
  new DatabaseRefused(
    "start",
    {
      zh: `内置 PostgreSQL 未能启动。它最后说：\n${said}`,
      en: `The embedded PostgreSQL did not start. Its last words are above.`,
    },
    { cause },
  );
