import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { Client } from "pg";
import type { Policy } from "../../src/core/policy/policy.ts";
import { thirtyFields } from "./content.ts";
import type { Asked, Beside } from "./record.ts";
import { ended, freePort, untilAnswered } from "./server.ts";
import { generate } from "./task.ts";

/**
 * Directus (Business Source Licence) as the record system beside ours, in `bench/directus` with dependencies of its own. It needs the
 * native module isolated-vm, built for the Node on the PATH: a compiler, make, Python and some minutes at the first run.
 */

const folder = path.resolve(import.meta.dirname, "../directus");
const wanted = "12.3.1";

/** Without the pinned Node that npm puts first: headers and program must be of one Node. */
const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .filter((one) => !one.includes("node_modules"))
    .join(path.delimiter),
});

const isInstalled = (): boolean => {
  const manifest = path.join(folder, "node_modules/directus/package.json");
  return (
    existsSync(manifest) &&
    (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version === wanted &&
    existsSync(path.join(folder, "node_modules/isolated-vm/out/isolated_vm.node"))
  );
};

/** Throws where it cannot be installed; says at which step. */
const install = (): void => {
  process.stderr.write("installing Directus and building isolated-vm, some minutes…\n");
  for (const words of [
    ["install", `directus@${wanted}`, "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"],
    ["rebuild", "isolated-vm", "--foreground-scripts"],
  ]) {
    const { status } = spawnSync("npm", words, {
      cwd: folder,
      env: environment(),
      stdio: ["ignore", "ignore", "ignore"],
      timeout: 600_000,
      shell: process.platform === "win32",
    });
    if (status !== 0)
      throw new Error(`Directus could not be installed: npm ${words.join(" ")} in bench/directus`);
  }
};

const token = "bench-token-0123456789abcdef";
const kindOf = (value: unknown): string => {
  if (typeof value === "number") return "bigInteger";
  if (typeof value === "boolean") return "boolean";
  return Array.isArray(value) ? "json" : "text";
};

/** Our thirty fields as one flat record. */
const recordOf = (policy: Policy, turn: number): Readonly<Record<string, unknown>> => {
  const { sections, declarations, ...plain } = thirtyFields(policy, turn);
  return { ...plain, ...declarations, ...sections };
};

const seed = async (url: string, policy: Policy, records: number): Promise<readonly string[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const samples = Array.from({ length: 500 }, (_, turn) => recordOf(policy, turn));
    const ids = Array.from({ length: records }, () => crypto.randomUUID());
    for (let from = 0; from < records; from += 1_000)
      await client.query(
        `insert into application select * from jsonb_populate_recordset(null::application, $1::jsonb)`,
        [
          JSON.stringify(
            ids
              .slice(from, from + 1_000)
              .map((id, index) =>
                Object.assign({}, samples[(from + index) % samples.length], { id, number: from + index }),
              ),
          ),
        ],
      );
    await client.query("vacuum analyze application");
    return ids;
  } finally {
    await client.end();
  }
};

const command = async (url: string, statement: string): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
};

export type Peer = Beside & { readonly version: string; readonly node: string };

/** Saves and lists the same records in Directus, on a database of its own beside ours. Or says why it cannot. */
export const directus = async (
  database: string,
  policy: Policy,
  records: number,
  seconds: number,
): Promise<Peer | { readonly absent: string }> => {
  try {
    if (!isInstalled()) install();
  } catch (error) {
    return { absent: String(error) };
  }
  const home = mkdtempSync(path.join(tmpdir(), "zhinan-directus-"));
  const own = new URL(database);
  own.pathname = "/directus";
  await command(database, "create database directus");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...environment(),
    DB_CLIENT: "pg",
    DB_CONNECTION_STRING: String(own),
    DB_POOL__MIN: "4",
    DB_POOL__MAX: "20",
    SECRET: "a-secret-of-the-bench-that-guards-nothing",
    ADMIN_EMAIL: "bench@example.com",
    ADMIN_PASSWORD: "bench-password-1",
    ADMIN_TOKEN: token,
    HOST: "127.0.0.1",
    PORT: String(port),
    PUBLIC_URL: url,
    TELEMETRY: "false",
    LOG_LEVEL: "error",
    WEBSOCKETS_ENABLED: "false",
    NODE_ENV: "production",
  };
  const program = path.join(folder, "node_modules/directus/cli.js");
  const log = path.join(home, "directus.log");
  const sink = openSync(log, "w");
  let child: ChildProcess | null = null;
  try {
    const made = spawnSync("node", [program, "bootstrap"], { cwd: home, env, stdio: ["ignore", sink, sink] });
    if (made.status !== 0)
      throw new Error(`Directus did not set itself up\n${readFileSync(log, "utf8").slice(-2_000)}`);
    child = spawn("node", [program, "start"], { cwd: home, env, stdio: ["ignore", sink, sink] });
    await untilAnswered(`${url}/server/ping`, child, log);
    const authorization = { authorization: `Bearer ${token}` };
    const fields = Object.entries(recordOf(policy, 1)).map(([field, value]) => ({
      field,
      type: kindOf(value),
      meta: {},
      schema: {},
    }));
    if (fields.length !== 30) throw new RangeError(`the record has ${fields.length} fields`);
    const answer = await fetch(`${url}/collections`, {
      method: "POST",
      headers: { ...authorization, "content-type": "application/json" },
      body: JSON.stringify({
        collection: "application",
        // No activity log and no revisions: its fastest way to save.
        meta: { accountability: null },
        schema: {},
        fields: [
          { field: "id", type: "uuid", schema: { is_primary_key: true } },
          { field: "number", type: "integer", schema: {} },
          ...fields,
        ],
      }),
    });
    if (!answer.ok) throw new Error(`Directus made no collection: ${await answer.text()}`);
    const ids = await seed(String(own), policy, records);
    const save: Asked = {
      url,
      method: "PATCH",
      targets: ids.slice(0, 200).map((id, turn) => ({
        path: `/items/application/${id}?fields=id`,
        headers: authorization,
        body: JSON.stringify(recordOf(policy, turn)),
      })),
    };
    const list: Asked = {
      url,
      method: "GET",
      targets: Array.from({ length: 16 }, () => ({
        path: "/items/application?limit=50&sort=-number&meta=filter_count&fields=id,number,title,category,field,direction,periodEnd,requestedGrant,platform,completionPercent,nonClassified,commitment,keywords,ethics,titleEn,sciencePopularizationBase",
        headers: authorization,
      })),
    };
    const measured = await generate({ what: "record", save, list, seconds });
    const node = spawnSync("node", ["--version"], { env, encoding: "utf8" }).stdout.trim();
    return { version: wanted, node, ...measured };
  } catch (error) {
    return { absent: String(error) };
  } finally {
    if (child !== null) {
      child.kill("SIGTERM");
      const slow = setTimeout(() => child?.kill("SIGKILL"), 5_000);
      await ended(child);
      clearTimeout(slow);
    }
    await command(database, "drop database if exists directus with (force)");
    rmSync(home, { recursive: true, force: true });
  }
};
