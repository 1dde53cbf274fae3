import { createServer } from "node:http";
import { chownSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { reaches, serverAccount } from "../src/platform/database/account.ts";
import { runnableBinaries } from "../src/platform/database/binaries.ts";
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
} from "../src/platform/database/cluster.ts";
import { connect } from "../src/platform/database/connect.ts";
import { migrate } from "../src/platform/database/migrate.ts";

/**
 * One server for the run, begun when the first suite asks for it (over the port that is provided): suites without a database do
 * not pay. ZHINAN_TEST_DATABASE_URL: a server of one's own, whose user may create databases.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<Server> | null = null;
  const door = createServer((_request, response) => {
    started ??= start();
    started.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  project.provide("databaseDoor", (door.address() as AddressInfo).port);
  const close = async () => {
    door.close();
    await (await started?.catch(() => null))?.stop();
  };
  const interrupted = () => void close().finally(() => process.exit(143));
  process.once("SIGTERM", interrupted);
  return async () => {
    process.off("SIGTERM", interrupted);
    await close();
  };
}

declare module "vitest" {
  interface ProvidedContext {
    databaseDoor: number;
  }
}

type Server = { readonly url: string; readonly stop: () => Promise<void> };

/** A server with the migrated database `template`, in `.build/test-database/<pid>`. */
const start = async (): Promise<Server> => {
  const given = process.env["ZHINAN_TEST_DATABASE_URL"];
  if (given) return attach(given);
  const account = serverAccount();
  const home = account ? reachableHome(account) : build;
  await sweep(home);
  const folder = path.join(home, String(process.pid));
  const cluster: Cluster = { folder, account, binaries: runnableBinaries(account, home), password: "zhinan" };
  createCluster(cluster, ["--no-sync", "--no-instructions"]);
  const port = await freePort();
  const { pid, ended } = startServer(cluster, port, quick);
  try {
    const server = clusterUrl(cluster, port, "postgres");
    await untilReady(server, folder, ended);
    await ask(server, "create database template");
    await prepare(clusterUrl(cluster, port, "template"));
    return {
      url: server,
      stop: async () => {
        // Nothing of it is kept: no need to write anything.
        await stopServer(cluster, pid, "immediate");
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      },
    };
  } catch (error) {
    await stopServer(cluster, pid);
    throw error;
  }
};

const build = path.resolve(import.meta.dirname, "../.build/test-database");
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

const reachableHome = (account: { uid: number; gid: number }): string => {
  for (const home of [build, path.join(tmpdir(), "zhinan-test-database")]) {
    mkdirSync(home, { recursive: true });
    chownSync(home, account.uid, account.gid);
    if (reaches(account, home, "-w")) return home;
  }
  throw new Error(`the user of the database reaches neither ${build} nor ${tmpdir()}`);
};

/** Ends and removes what a killed run left behind. */
const sweep = async (home: string): Promise<void> => {
  mkdirSync(home, { recursive: true });
  for (const name of readdirSync(home)) {
    if (!/^\d+(\.initial)?$/.test(name) || isAlive(Number.parseInt(name, 10))) continue;
    const folder = path.join(home, name);
    try {
      const [pid = "", data] = readFileSync(path.join(folder, "postmaster.pid"), "utf8").split("\n");
      if (data === folder && isAlive(Number(pid))) process.kill(Number(pid), "SIGQUIT");
    } catch {}
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

const attach = async (given: string): Promise<Server> => {
  const template = new URL(given);
  template.pathname = "/template";
  await ask(given, "drop database if exists template");
  await ask(given, "create database template");
  await prepare(String(template));
  return { url: given, stop: async () => {} };
};

const prepare = async (url: string): Promise<void> => {
  const database = connect(url, { max: 1 });
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
};
