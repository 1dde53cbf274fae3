import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { serverAccount } from "../../src/platform/database/account.ts";
import { findBinaries, runnableBinaries } from "../../src/platform/database/binaries.ts";
import { ask, isAlive, pause } from "../../src/platform/database/cluster.ts";
import { runningServer } from "../../src/platform/database/postmaster.ts";
import { openDatabase, type OpenDatabase } from "../../src/platform/database/server.ts";
import { freshDatabase } from "../database.ts";

const root = path.resolve(import.meta.dirname, "../..");
const isRoot = process.getuid?.() === 0;

let parent: string;
let home: string;
let opened: OpenDatabase[] = [];
let said: string[] = [];

const newFolder = async () => {
  parent = await mkdtemp(path.join(tmpdir(), "zhinan-server-"));
  if (isRoot) await chmod(parent, 0o755);
  home = path.join(parent, "data");
};
const removeFolder = () => rm(parent, { recursive: true, force: true });
const closeAll = async () => {
  for (const one of opened) await one.stop();
  opened = [];
  said = [];
};

const open = async (): Promise<OpenDatabase> => {
  const one = await openDatabase({ dataFolder: home, say: ({ en }) => said.push(en) });
  opened.push(one);
  return one;
};
const db = () => path.join(home, "db");
const port = (url: string) => Number(new URL(url).port);

/** Another process that opens the same folder, says how, and closes it at the end of its input. */
const otherProcess = async () => {
  const program = `
    import { openDatabase } from ${JSON.stringify(path.join(root, "src/platform/database/server.ts"))};
    const one = await openDatabase({ dataFolder: ${JSON.stringify(home)} });
    process.stdout.write(one.how + "\\n");
    for await (const _ of process.stdin);
    await one.stop();
    process.exit(0);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const how = await new Promise<string>((resolve) =>
    child.stdout.once("data", (data) => resolve(String(data).trim())),
  );
  return {
    how,
    close: () => (child.stdin.end(), gone),
    kill: () => (child.kill("SIGKILL"), gone),
  };
};

describe("the embedded server of one folder", () => {
  // Made once: each test finds it stopped and leaves it so.
  beforeAll(newFolder);
  afterEach(closeAll);
  afterAll(removeFolder);

  it("is made once, on this machine only, with a password of its own, and stops cleanly", async () => {
    const first = await open();
    expect(first.how).toBe("started");
    await ask(first.url, "create table kept (id int)");
    expect((await stat(path.join(home, "keys/database.json"))).mode & 0o777).toBe(0o600);
    const wrong = new URL(first.url);
    wrong.password = "guess";
    await expect(ask(String(wrong), "select 1")).rejects.toThrow("password");
    const settings = `select string_agg(name || '=' || setting, ' ' order by name) as all from pg_settings
      where name in ('listen_addresses', 'server_encoding', 'data_checksums', 'fsync')`;
    expect(await ask(first.url, settings)).toEqual([
      { all: "data_checksums=on fsync=on listen_addresses=127.0.0.1 server_encoding=UTF8" },
    ]);
    const { pid } = runningServer(db())!;
    await first.stop();
    expect(isAlive(pid)).toBe(false);
    expect(await readFile(path.join(db(), "server.log"), "utf8")).toContain("database system is shut down");
    const again = await open();
    expect([again.how, again.url]).toEqual(["started", first.url]);
    expect(await ask(again.url, "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
  });

  it("is shared: the last one out stops it", async () => {
    const [one, other] = await Promise.all([otherProcess(), otherProcess()]);
    expect([one.how, other.how].sort()).toEqual(["attached", "started"]);
    const { pid } = runningServer(db())!;
    await one.close();
    expect(isAlive(pid)).toBe(true);
    await other.close();
    expect(isAlive(pid)).toBe(false);
  });

  it("is found again after its process was killed, and then stopped by the finder", async () => {
    const killed = await otherProcess();
    const { pid } = runningServer(db())!;
    await killed.kill();
    expect(isAlive(pid)).toBe(true);
    const found = await open();
    expect([found.how, runningServer(db())?.pid]).toEqual(["attached", pid]);
    await found.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it("starts again after the server itself was killed, once its last processes have ended", async () => {
    const first = await open();
    const { pid } = runningServer(db())!;
    process.kill(pid, "SIGKILL");
    while (isAlive(pid)) await pause(5);
    const second = await open();
    expect(second.how).toBe("started");
    expect(await ask(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await first.stop();
  });

  it("is not misled by a stale file that names a living stranger", async () => {
    await (await open()).stop();
    const stranger = spawn("sleep", ["60"], serverAccount() ?? {});
    const lines = [stranger.pid, db(), 1_700_000_000, 5432, "", "127.0.0.1", "", "ready   ", ""];
    await writeFile(path.join(db(), "postmaster.pid"), lines.join("\n"));
    expect((await open()).how).toBe("started");
    stranger.kill();
  });

  it("takes another port where its own is taken, says so, and keeps it", async () => {
    const first = await open();
    await first.stop();
    const squatter = createServer().listen(port(first.url), "127.0.0.1");
    await new Promise((resolve) => squatter.once("listening", resolve));
    const second = await open();
    expect(port(second.url)).not.toBe(port(first.url));
    expect(said.join()).toContain(`Port ${port(first.url)} is taken`);
    await second.stop();
    squatter.close();
    expect((await open()).url).toBe(second.url);
  });

  it("refuses data whose password is lost", async () => {
    await (await open()).stop();
    await rm(path.join(home, "keys"), { recursive: true });
    await expect(open()).rejects.toMatchObject({ hindrance: "folder" });
  });
});

describe("the embedded server of a new folder", () => {
  beforeEach(newFolder);
  afterEach(async () => {
    await closeAll();
    await removeFolder();
  });

  it.runIf(isRoot)("moves to a folder that its OS user reaches, and stays there", async () => {
    await mkdir(home);
    await chmod(parent, 0o700);
    const first = await open();
    const elsewhere = /in (\/\S+)\.$/.exec(said[0] ?? "")?.[1] ?? "";
    expect(existsSync(path.join(elsewhere, "PG_VERSION"))).toBe(true);
    await ask(first.url, "create table kept (id int)");
    await first.stop();
    // What was begun there goes on there, whatever became of the folder.
    await chmod(parent, 0o755);
    const again = await open();
    expect(await ask(again.url, "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
    await again.stop();
    await rm(path.dirname(elsewhere), { recursive: true });
  });

  it.runIf(isRoot)("is copied where its OS user reaches it", async () => {
    const account = serverAccount()!;
    const hidden = path.join(parent, "hidden");
    await mkdir(hidden, { mode: 0o700 });
    spawnSync("cp", ["-a", path.dirname(findBinaries()), path.join(hidden, "package")]);
    const copy = runnableBinaries(account, path.join(parent, "shelf"), path.join(hidden, "package/native"));
    expect(copy.startsWith(path.join(parent, "shelf"))).toBe(true);
    const runs = spawnSync(path.join(copy, "bin/postgres"), ["--version"], { ...account, encoding: "utf8" });
    expect(runs.stdout).toContain("PostgreSQL");
    expect(runnableBinaries(account, path.join(parent, "shelf"))).toBe(findBinaries());
  });

  it.runIf(isRoot)("says which folder its OS user lost", async () => {
    await (await open()).stop();
    await chmod(parent, 0o700);
    await expect(open()).rejects.toThrow(db());
  });

  it.runIf(isRoot)("runs as an ordinary user without further ado", async () => {
    const { uid, gid } = serverAccount()!;
    spawnSync("chown", [`${uid}:${gid}`, parent]);
    const program = `
      import { openDatabase } from ${JSON.stringify(path.join(root, "src/platform/database/server.ts"))};
      const one = await openDatabase({ dataFolder: ${JSON.stringify(home)} });
      process.stdout.write(one.how);
      await one.stop();`;
    const result = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      uid,
      gid,
      cwd: parent,
      encoding: "utf8",
    });
    expect([result.stdout, result.stderr]).toEqual(["started", ""]);
    // Root goes on with it as that user.
    expect((await open()).how).toBe("started");
  });
});

describe("a server of one's own", () => {
  beforeAll(newFolder);
  afterAll(removeFolder);

  it("is checked and never stopped", async () => {
    const database = await freshDatabase();
    const own = await openDatabase({ dataFolder: home, url: database.url });
    expect([own.how, own.url, existsSync(home)]).toEqual(["own", database.url, false]);
    await own.stop();
    expect((await database.pool.query("select 1")).rowCount).toBe(1);
    const { host } = new URL(database.url);
    const url = `postgres://me:secret-word@${host}/x`;
    const refusal = await openDatabase({ dataFolder: home, url }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ hindrance: "unreachable" });
    expect(String(refusal)).toContain(host);
    expect(String(refusal)).not.toContain("secret-word");
    await database.pool.query(
      "create database ascii encoding 'SQL_ASCII' locale 'C' locale_provider libc template template0",
    );
    const ascii = new URL(database.url);
    ascii.pathname = "/ascii";
    await expect(openDatabase({ dataFolder: home, url: String(ascii) })).rejects.toMatchObject({
      hindrance: "encoding",
    });
    await database.pool.query("drop database ascii");
    await database.close();
    expect(inject("databaseDoor")).toBeGreaterThan(0);
  });

  it("is refused below PostgreSQL 15", async () => {
    // No such server is at hand: one that answers as PostgreSQL 14 would.
    const server = await oldServer();
    const url = `postgres://me@127.0.0.1:${server.port}/x`;
    const refusal = openDatabase({ dataFolder: home, url });
    await expect(refusal).rejects.toMatchObject({ hindrance: "too old" });
    await expect(refusal).rejects.toThrow("14.9");
    server.close();
  });
});

/** Speaks just enough of the protocol to answer the one question. */
const oldServer = async () => {
  const message = (kind: string, ...parts: readonly (Buffer | string)[]) => {
    const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(kind), length, body]);
  };
  const int = (value: number, bytes: 2 | 4) => {
    const buffer = Buffer.alloc(bytes);
    buffer.writeIntBE(value, 0, bytes);
    return buffer;
  };
  const row: readonly (readonly [string, number, string])[] = [
    ["number", 23, "140009"],
    ["version", 25, "14.9"],
    ["encoding", 25, "UTF8"],
  ];
  const fields = row.map(([field, type]) =>
    Buffer.concat([
      Buffer.from(`${field}\0`),
      int(0, 4),
      int(0, 2),
      int(type, 4),
      int(4, 2),
      int(-1, 4),
      int(0, 2),
    ]),
  );
  const cells = row.map(([, , text]) => Buffer.concat([int(text.length, 4), Buffer.from(text)]));
  const ready = message("Z", "I");
  const server = createServer((socket) => {
    socket.once("data", () => {
      socket.write(Buffer.concat([message("R", int(0, 4)), ready]));
      socket.on("data", (data) => {
        if (data[0] !== "Q".charCodeAt(0)) return;
        const count = int(row.length, 2);
        socket.write(
          Buffer.concat([
            message("T", count, ...fields),
            message("D", count, ...cells),
            message("C", "SELECT 1\0"),
            ready,
          ]),
        );
      });
    });
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as { port: number }).port, close: () => server.close() };
};
