import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { sessionCookie } from "../src/app/desk.ts";
import { openSession } from "../src/stages/registration/sessions.ts";
import { type Ground, openGround } from "./platform/server.ts";
import { seedWorld } from "./platform/world.ts";
import { rowCount } from "./spreadsheets-rows.ts";

/**
 * A list of 50,000 rows and twenty columns as a workbook: our writer beside both of exceljs's, each in a process of its own. Then as
 * many applications from PostgreSQL through the server as `npm start` runs it, by the export of the list of applications.
 * `--quick`: 2,000 applications in the database.
 */

type Written = {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
  readonly fileMegabytes: number;
};

const two = (value: number) => Math.round(value * 100) / 100;
const filed = process.argv.includes("--quick") ? 2_000 : rowCount;

const writers = { ours: "ours", exceljs: "exceljs", streaming: "exceljs, streaming" } as const;

/** The middle one of three runs by CPU; exceljs's own writer once, for it takes long. */
const writtenBy = (writer: string, runs: number): Written => {
  const folder = mkdtempSync(path.join(tmpdir(), "zhinan-bench-"));
  try {
    const found = Array.from({ length: runs }, () => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [
          ...process.execArgv,
          path.join(import.meta.dirname, "spreadsheets-child.ts"),
          writer,
          path.join(folder, "list.xlsx"),
        ],
        { encoding: "utf8" },
      );
      if (status !== 0) throw new Error(stderr);
      return JSON.parse(stdout) as Written;
    }).toSorted((a, b) => a.cpuSeconds - b.cpuSeconds);
    return found[Math.floor(runs / 2)]!;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The server that this bench has started. */
const serverOf = (): string =>
  readdirSync("/proc").find((name) => {
    try {
      const parent = readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1];
      return (
        parent === String(process.pid) && readFileSync(`/proc/${name}/cmdline`, "utf8").includes("start.ts")
      );
    } catch {
      return false;
    }
  }) ?? "";
const memoryOf = (server: string, name: "VmRSS" | "VmHWM"): number =>
  Number(new RegExp(`${name}:\\s*(\\d+)`).exec(readFileSync(`/proc/${server}/status`, "utf8"))?.[1] ?? NaN) /
  1_000;

const throughServer = async (ground: Ground) => {
  await seedWorld(ground, { filed, ready: 0, written: 0 });
  const { rows } = await ground.database.pool.query<{ account: string }>(
    `select account from role_grant where funder = $1 and role = 'SUPERVISOR' limit 1`,
    [ground.funder],
  );
  const { token } = await openSession(ground.database.kysely, ground.funder, rows[0]?.account ?? "", "WEB");
  const url = await ground.serve();
  const headers = { cookie: `${sessionCookie}=${token}` };
  // The page once, so that what every request needs is there.
  await (await fetch(`${url}/applications`, { headers })).text();
  const server = serverOf();
  const idle = memoryOf(server, "VmRSS");
  writeFileSync(`/proc/${server}/clear_refs`, "5");
  const cpu = ground.cpu();
  // How long others wait meanwhile: a page that asks the database for little.
  const waits: number[] = [];
  const over = new AbortController();
  const neighbour = (async () => {
    while (!over.signal.aborted) {
      const began = performance.now();
      await (await fetch(`${url}/me`, { headers })).text();
      waits.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const began = performance.now();
  const answer = await fetch(`${url}/applications/export.xlsx`, { headers });
  const file = Buffer.from(await answer.arrayBuffer());
  const seconds = (performance.now() - began) / 1_000;
  over.abort();
  await neighbour;
  const after = ground.cpu();
  const sheet = strFromU8(unzipSync(file)["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
  const found = sheet.split("<row ").length - 2;
  if (answer.status !== 200 || found !== filed)
    throw new Error(`${answer.status}, ${found} rows of ${filed}`);
  const sorted = waits.toSorted((a, b) => a - b);
  return {
    rows: found,
    seconds: two(seconds),
    serverCpuSeconds: two(after.server - cpu.server),
    databaseCpuSeconds: two(after.database - cpu.database),
    serverMegabytes: { before: Math.round(idle), peak: Math.round(memoryOf(server, "VmHWM")) },
    neighbourMilliseconds: {
      median: Math.round(sorted[Math.floor(sorted.length / 2)] ?? NaN),
      longest: Math.round(sorted.at(-1) ?? NaN),
    },
    fileMegabytes: two(file.length / 1e6),
  };
};

export const run = async (): Promise<object> => {
  const ours = writtenBy(writers.ours, 3);
  const streaming = writtenBy(writers.streaming, 3);
  const exceljs = writtenBy(writers.exceljs, 1);
  const ratio = (peer: Written) => ({
    cpu: two(peer.cpuSeconds / ours.cpuSeconds),
    seconds: two(peer.seconds / ours.seconds),
    memory: two(peer.megabytes / ours.megabytes),
  });
  const ground = await openGround(Date.parse("2024-06-20T09:00:00+08:00"));
  try {
    return {
      writer: { ours, streaming, exceljs },
      timesOurs: { streaming: ratio(streaming), exceljs: ratio(exceljs) },
      server: await throughServer(ground),
    };
  } finally {
    await ground.close();
  }
};
