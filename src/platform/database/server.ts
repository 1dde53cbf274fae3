import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import type { Bilingual } from "../../core/policy/words.ts";
import { runnableBinaries } from "./binaries.ts";
import {
  ask,
  clusterUrl,
  createCluster,
  freePort,
  logOf,
  pause,
  startServer,
  stopServer,
  untilReady,
  type Cluster,
} from "./cluster.ts";
import { checkOwnServer } from "./own-server.ts";
import { keepSecret, placeOf, readSecret } from "./place.ts";
import { disarmStaleFile, runningServer } from "./postmaster.ts";
import { DatabaseRefused } from "./refused.ts";
import { enter, inTurn, leave, turnsFolder } from "./turns.ts";

export type OpenSettings = {
  /** Holds `db/ files/ keys/`; made when missing. */
  readonly dataFolder: string;
  /** DATABASE_URL: a server of the operator's own. */
  readonly url?: string | undefined;
  /** Told what an operator should know: a fall-back folder, another port. */
  readonly say?: (words: Bilingual) => void;
};

/** `stop` leaves the server alone while another process uses it: the last one out stops it. */
export type OpenDatabase = {
  readonly url: string;
  /** What became of the server: `own` is the operator's. */
  readonly how: "started" | "attached" | "own";
  readonly stop: () => Promise<void>;
};

/**
 * A PostgreSQL to connect to: the operator's own, else the embedded one of the data folder, found running (another process, or an
 * orphan of one that was killed) or started. Throws DatabaseRefused, whose words say what to do.
 */
export const openDatabase = async ({
  dataFolder,
  url,
  say = () => {},
}: OpenSettings): Promise<OpenDatabase> => {
  if (url !== undefined && url !== "") {
    await checkOwnServer(url);
    return { url, how: "own", stop: async () => {} };
  }
  mkdirSync(dataFolder, { recursive: true });
  const home = realpathSync(dataFolder);
  const turns = turnsFolder(home);
  return inTurn(turns, async () => {
    const { folder, account } = placeOf(home);
    if (path.dirname(folder) !== home) say(elsewhere(home, folder));
    const made = existsSync(path.join(folder, "PG_VERSION"));
    const secret = readSecret(home, made);
    const binaries = runnableBinaries(account, path.dirname(folder));
    const cluster: Cluster = { folder, account, binaries, password: secret.password };
    // The password first: data that nobody can open would be worse than a password without data.
    if (!made) keepSecret(home, secret);
    if (!made) makeData(cluster);
    const { port, how } = await attachOrStart(cluster, secret.port);
    if (port !== secret.port) keepSecret(home, { ...secret, port });
    if (how === "started" && secret.port !== 0 && port !== secret.port) say(moved(secret.port, port));
    await ensureDatabase(cluster, port);
    enter(turns);
    let left = false;
    const stop = async (): Promise<void> => {
      if (left) return;
      left = true;
      await inTurn(turns, async () => {
        const running = leave(turns) ? runningServer(folder) : null;
        if (running) await stopServer(cluster, running.pid);
      });
    };
    return { url: clusterUrl(cluster, port, name), how, stop };
  });
};

const name = "zhinan";

const settings = [
  "max_connections=100",
  "shared_buffers=256MB",
  "max_wal_size=2GB",
  "random_page_cost=1.1",
  "jit=off",
  "timezone=Asia/Shanghai",
  "log_timezone=Asia/Shanghai",
  "log_line_prefix=%m [%p] ",
];

const attachOrStart = async (
  cluster: Cluster,
  wanted: number,
): Promise<{ readonly port: number; readonly how: "started" | "attached" }> => {
  const { folder } = cluster;
  // Twice: what runs may be shutting down; what remains of a killed server needs a moment to end.
  for (const until = Date.now() + 30_000; ; await pause(200)) {
    const running = runningServer(folder);
    try {
      if (running) {
        const isGone = () => runningServer(folder)?.pid !== running.pid;
        await untilReady(clusterUrl(cluster, running.port, "postgres"), folder, isGone);
        return { port: running.port, how: "attached" };
      }
      disarmStaleFile(folder);
      turnLog(folder);
      const port = await freePort(wanted);
      const { hasEnded } = startServer(cluster, port, settings);
      await untilReady(clusterUrl(cluster, port, "postgres"), folder, hasEnded);
      return { port, how: "started" };
    } catch (error) {
      if (!(error instanceof DatabaseRefused) || Date.now() > until || !isPassing(error, running !== null))
        throw error;
    }
  }
};

/** Worth another try: the server found was on its way out, an old one's processes linger, the port was taken just before us. */
const isPassing = (error: DatabaseRefused, attached: boolean): boolean =>
  attached || /still in use|could not bind|Address already in use|lock file/.test(error.message);

/** Under another name first: an initdb that was killed half way must not look like data. */
const makeData = (cluster: Cluster): void => {
  const half = `${cluster.folder}.new`;
  rmSync(half, { recursive: true, force: true });
  createCluster({ ...cluster, folder: half });
  rmSync(cluster.folder, { recursive: true, force: true });
  renameSync(half, cluster.folder);
};

const ensureDatabase = async (cluster: Cluster, port: number): Promise<void> => {
  const server = clusterUrl(cluster, port, "postgres");
  const there = await ask(server, `select 1 from pg_database where datname = '${name}'`);
  if (there.length === 0) await ask(server, `create database ${name}`);
};

const turnLog = (folder: string): void => {
  const log = logOf(folder);
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 8 * 1024 ** 2) renameSync(log, `${log}.1`);
};

const elsewhere = (home: string, folder: string): Bilingual => ({
  zh: `数据库的系统用户进不了 ${home}，数据库文件改放在 ${folder}。`,
  en: `The OS user of the database does not reach ${home}: the database's files are in ${folder}.`,
});

const moved = (from: number, to: number): Bilingual => ({
  zh: `端口 ${from} 被占用，数据库改用 ${to}。`,
  en: `Port ${from} is taken: the database listens on ${to}.`,
});
