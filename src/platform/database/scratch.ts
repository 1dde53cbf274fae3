import { chownSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { reaches, serverAccount, type Account } from "./account.ts";
import { runnableBinaries } from "./binaries.ts";
import {
  ask,
  clusterUrl,
  createCluster,
  freePort,
  isAlive,
  startServer,
  stopServer,
  untilReady,
  type Cluster,
} from "./cluster.ts";
import { connect } from "./connect.ts";
import { migrate } from "./migrate.ts";

/** A server whose data nobody keeps: for tests, and to read the schema off. `url` names its database `postgres`. */
export type Scratch = { readonly url: string; readonly stop: () => Promise<void> };

/**
 * Starts one, in `.build/scratch-database/<pid>-<number>` or in /var/lib; `stop` removes it. What a killed process left
 * behind is ended and removed first. `installed`: the binaries of another PostgreSQL than npm's, whose initdb knows only libc's locales.
 */
export const startScratch = async (installed?: string): Promise<Scratch> => {
  const account = serverAccount();
  const home = reachableHome(account);
  sweep(home);
  const folder = path.join(home, `${process.pid}-${(started += 1)}`);
  const binaries = installed ?? runnableBinaries(account, home);
  const cluster: Cluster = { folder, account, binaries, password: "zhinan" };
  createCluster(cluster, ["--no-sync"], installed === undefined ? "builtin" : "libc");
  const port = await freePort();
  const { pid, hasEnded } = startServer(cluster, port, quick);
  const stop = async () => {
    // Nothing of it is kept: no need to write anything.
    await stopServer(cluster, pid, "immediate");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const url = clusterUrl(cluster, port, "postgres");
  try {
    await untilReady(url, folder, hasEnded);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
};

/** Makes (anew) the migrated database `name` beside `url`'s; its address. */
export const migratedDatabase = async (url: string, name: string): Promise<string> => {
  await ask(url, `drop database if exists ${name}`);
  await ask(url, `create database ${name}`);
  const beside = new URL(url);
  beside.pathname = `/${name}`;
  const database = connect(String(beside), { max: 1 });
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
  return String(beside);
};

let started = 0;

/** Nothing is ever read again after a crash: no waiting for the disk. */
const quick = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "wal_level=minimal",
  "max_wal_senders=0",
  "max_connections=300",
  "shared_buffers=128MB",
  "autovacuum=off",
  "jit=off",
  "max_wal_size=4GB",
  "checkpoint_timeout=1h",
];

const build = path.resolve(import.meta.dirname, "../../../.build/scratch-database");

const reachableHome = (account: Account | null): string => {
  // Whom an account is needed for is root, whose /var/lib nobody else writes.
  const homes = [build, "/var/lib/zhinan-scratch-database"];
  for (const home of homes) {
    mkdirSync(home, { recursive: true });
    if (account === null) return home;
    chownSync(home, account.uid, account.gid);
    if (reaches(account, home, "-w")) return home;
  }
  throw new Error(`the user of the database reaches none of ${homes.join(", ")}`);
};

/** Ends and removes what killed processes left behind. */
const sweep = (home: string): void => {
  for (const name of readdirSync(home)) {
    const maker = Number(/^(\d+)-/.exec(name)?.[1] ?? process.pid);
    if (maker === process.pid || isAlive(maker)) continue;
    const folder = path.join(home, name);
    try {
      const [pid = "", data] = readFileSync(path.join(folder, "postmaster.pid"), "utf8").split("\n");
      if (data === folder && isAlive(Number(pid))) process.kill(Number(pid), "SIGQUIT");
    } catch {}
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // Its last processes still write: the next run removes it.
    }
  }
};
