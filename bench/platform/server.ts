import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, rmSync, chmodSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect, type Database } from "../../src/platform/database/connect.ts";
import { migrate } from "../../src/platform/database/migrate.ts";
import { placeOf } from "../../src/platform/database/place.ts";
import { runningServer } from "../../src/platform/database/postmaster.ts";
import { openDatabase } from "../../src/platform/database/server.ts";
import { loadKeys, type Keys } from "../../src/platform/keys.ts";
import { defaultPolicyId, loadPolicy, policyIds } from "../../src/platform/policies.ts";
import type { Policy } from "../../src/core/policy/policy.ts";
import { markFinished } from "../../src/app/demonstration/unfinished.ts";
import { prepareFunder } from "../../src/app/prepare.ts";

/** The product itself on a data folder of its own: the embedded PostgreSQL as it ships (fsync, checksums), the server in a child process. */

export type Ground = {
  readonly database: Database;
  readonly funder: string;
  readonly keys: Keys;
  readonly policy: Policy;
  readonly policies: readonly Policy[];
  /** Starts the server and waits until it is ready; its address. */
  readonly serve: () => Promise<string>;
  /** CPU seconds so far, of the server, of the processes it keeps apart, and of PostgreSQL with all its own; NaN where the system does not say. */
  readonly cpu: () => { readonly server: number; readonly apart: number; readonly database: number };
  /** Resident bytes of the server and of the processes that draw papers, together; 0 where the system does not say. */
  readonly resident: () => { readonly server: number; readonly papers: number };
  readonly close: () => Promise<void>;
};

const root = path.resolve(import.meta.dirname, "../..");

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
      .once("error", reject)
      .listen(0, "127.0.0.1", () => {
        const { port } = probe.address() as AddressInfo;
        probe.close(() => resolve(port));
      });
  });

export const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once("exit", () => resolve()));

/** Asks until it is answered with 200; throws after a minute or where the process has ended. */
export const untilAnswered = async (url: string, child: ChildProcess, log: string): Promise<void> => {
  for (const until = Date.now() + 60_000; Date.now() < until && child.exitCode === null;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${url} does not answer\n${readFileSync(log, "utf8").slice(-4_000)}`);
};

/** A new folder with a migrated database, its funder and its call, ten days before the deadline. */
export const openGround = async (instant: number): Promise<Ground> => {
  const home = mkdtempSync(path.join(tmpdir(), "zhinan-bench-"));
  // The database runs under an account of its own and has to reach its folder.
  chmodSync(home, 0o755);
  const data = path.join(home, "data");
  mkdirSync(data);
  const server = await openDatabase({ dataFolder: data });
  const database = connect(server.url, { max: 4, applicationName: "zhinan bench" });
  const policies = await Promise.all((await policyIds()).map((one) => loadPolicy(one)));
  const defaultId = await defaultPolicyId();
  const policy = policies.find(({ id }) => id === defaultId);
  if (policy === undefined) throw new RangeError("the default pack is missing");
  await migrate(database);
  const { funder } = await prepareFunder(database, policies, { demo: true, now: instant });
  // The world of this bench takes the place of the demonstration.
  await markFinished({ database, funder });
  const keys = loadKeys(path.join(data, "keys"), { demo: true });
  let child: ChildProcess | null = null;
  return {
    database,
    funder,
    keys,
    policy,
    policies,
    serve: async () => {
      const port = await freePort();
      const log = path.join(home, "server.log");
      const sink = openSync(log, "w");
      const profile = process.env["BENCH_PROFILE"];
      child = spawn(
        process.execPath,
        [
          ...(profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`]),
          "--disable-warning=ExperimentalWarning",
          "--import",
          "tsx",
          "src/app/start.ts",
        ],
        {
          cwd: root,
          stdio: ["ignore", sink, sink],
          env: { ...process.env, ZHINAN_DATA: data, PORT: String(port), HOST: "127.0.0.1" },
        },
      );
      const url = `http://127.0.0.1:${port}`;
      await untilAnswered(`${url}/api/v1/call.read`, child, log);
      return url;
    },
    cpu: () => {
      const server = cpuOf(child?.pid);
      const database = cpuOf(runningServer(placeOf(data).folder)?.pid);
      return { server: server.own, apart: server.children, database: database.own + database.children };
    },
    resident: () => ({
      server: residentOf(child?.pid ?? 0),
      papers: childrenOf(child?.pid)
        .filter((pid) => commandOf(pid).includes("typst-process"))
        .reduce((sum, pid) => sum + residentOf(pid), 0),
    }),
    close: async () => {
      if (child !== null) {
        child.kill("SIGTERM");
        await ended(child);
      }
      await database.close();
      await server.stop();
      rmSync(path.dirname(placeOf(data).folder), { recursive: true, force: true });
      rmSync(home, { recursive: true, force: true });
    },
  };
};

type Process = { readonly parent: number; readonly own: number; readonly ended: number };

/** User and system time from Linux's process table, in ticks of 10 ms. */
const processOf = (pid: number | string): Process | null => {
  try {
    const after = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ").map(Number) ?? [];
    const seconds = (at: number) => ((after[at] ?? 0) + (after[at + 1] ?? 0)) / 100;
    return { parent: after[1] ?? 0, own: seconds(11), ended: seconds(13) };
  } catch {
    return null;
  }
};

const childrenOf = (pid: number | undefined): readonly string[] =>
  readdirSync("/proc").filter((name) => /^\d+$/.test(name) && processOf(name)?.parent === pid);

/** A process, and its children with those that have ended. */
const cpuOf = (pid: number | undefined): { readonly own: number; readonly children: number } => {
  const one = pid === undefined ? null : processOf(pid);
  if (one === null) return { own: Number.NaN, children: Number.NaN };
  const living = childrenOf(pid).reduce((sum, child) => sum + (processOf(child)?.own ?? 0), 0);
  return { own: one.own, children: living + one.ended };
};

const textOf = (pid: number | string, what: "cmdline" | "statm"): string => {
  try {
    return readFileSync(`/proc/${pid}/${what}`, "utf8");
  } catch {
    return "";
  }
};
const commandOf = (pid: string) => textOf(pid, "cmdline");
const residentOf = (pid: number | string) => Number(textOf(pid, "statm").split(" ")[1] ?? 0) * 4_096;
