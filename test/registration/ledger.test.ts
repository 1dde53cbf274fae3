import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actions } from "../../src/app/actions.ts";
import { sessionCookie } from "../../src/app/desk.ts";
import { buildServer } from "../../src/app/web.ts";
import { verifyExport } from "../../src/core/ledger/export.ts";
import { inTransaction } from "../../src/platform/database/connect.ts";
import { record } from "../../src/platform/ledger.ts";
import { signHead } from "../../src/platform/ledger/heads.ts";
import { isEd25519, sha256 } from "../../src/platform/ledger/sealed.ts";
import { sequenceAll } from "../../src/platform/ledger/sequencer.ts";
import { ask } from "../../src/platform/query.ts";
import { ledgerHead, ledgerList } from "../../src/stages/registration/ledger.ts";
import { signIn } from "../../src/stages/registration/sign-in.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { withPassword } from "./people.ts";

let world: World;
let app: FastifyInstance;
let supervisor: Someone;
let auditor: Someone;
let applicant: Someone;
const tokens = new Map<Someone, string>();
const object = "11111111-2222-4333-8444-555555555555";

const write = async (action: string, day: string, more: { acting?: string; body?: object } = {}) => {
  const { platform } = world;
  await inTransaction(platform.database, {}, (tx) =>
    record(tx, {
      funder: platform.funder,
      action,
      actor: action.startsWith("system.") ? null : applicant.account,
      actingFor: more.acting ?? null,
      role: action.startsWith("system.") ? null : "PI",
      objectKind: "application",
      objectId: object,
      at: Date.parse(`${day}T10:00:00+08:00`),
      body: { ...more.body },
    }),
  );
};

beforeAll(async () => {
  world = await openWorld();
  supervisor = await world.someone({ roles: ["SUPERVISOR"], organization: "bureau" });
  auditor = await world.someone({ roles: ["AUDIT_ADMIN"], organization: "bureau" });
  applicant = await world.someone({ roles: ["PI"] });
  app = await buildServer({
    platform: world.platform,
    clock: () => Date.parse("2024-06-10T09:00:00+08:00"),
  });
  let serial = 0;
  for (const who of [supervisor, auditor, applicant]) {
    const { token } = await signIn(world.platform, {
      ...(await withPassword(world, who)),
      address: `192.0.2.${(serial += 1)}`,
    });
    tokens.set(who, token);
  }
  await write("application.submit", "2024-06-01", {
    acting: supervisor.account,
    body: { from: "DRAFT", to: "ORG_REVIEW", frozenVersion: 3, due: Date.parse("2024-07-01T00:00:00+08:00") },
  });
  await write("system.lapse", "2024-06-02");
  for (let at = 0; at < 60; at += 1) await write("application.attach", "2024-06-03");
  await sequenceAll(world.platform.database, world.platform.funder);
  await signHead(world.platform.database, world.platform.funder, world.platform.keys.ledger);
}, 120_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
});

const get = (url: string, who: Someone) =>
  app.inject({ url, cookies: { [sessionCookie]: tokens.get(who) ?? "" } });
const list = async (who: Someone, input: object) =>
  ask(world.platform, ledgerList, await world.actorOf(who), input);

describe("the ledger", () => {
  it("is there for those who watch over the others, and for nobody else", async () => {
    for (const url of ["/ledger", "/en/ledger", "/ledger/check", "/ledger/export"]) {
      expect([url, (await get(url, supervisor)).statusCode]).toEqual([url, 200]);
      expect([url, (await get(url, auditor)).statusCode]).toEqual([url, 200]);
      expect([url, (await get(url, applicant)).statusCode]).toEqual([url, 404]);
    }
    const actor = await world.actorOf(applicant);
    for (const query of [ledgerList, ledgerHead])
      await expect(ask(world.platform, query as typeof ledgerList, actor, {})).rejects.toMatchObject({
        name: "Denied",
      });
  });

  it("comes newest first, page by page, every entry once", async () => {
    const numbers: number[] = [];
    for (let before: number | null | undefined; before !== null;) {
      const { entries, next }: Awaited<ReturnType<typeof list>> = await list(
        supervisor,
        before === undefined ? {} : { before },
      );
      numbers.push(...entries.map(({ number }) => number));
      before = next;
    }
    const { entries: all } = await ask(world.platform, ledgerHead, await world.actorOf(supervisor), {});
    expect(all).toBe(62);
    expect(numbers).toEqual(Array.from({ length: all }, (_, at) => all - at));
    const first = (await get("/ledger?action=application.attach", supervisor)).body;
    const older = /rel="next" href="([^"]+)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(older).toMatch(/action=application\.attach&before=\d+/);
    expect((await get(older, supervisor)).body.match(/<th scope="row"/g)).toHaveLength(10);
  });

  it("is found by action, object, account and day", async () => {
    const count = async (input: object, who = supervisor) => (await list(who, input)).entries.length;
    expect(await count({ action: "application.submit" })).toBe(1);
    expect(await count({ object: `/applications/${object}?x`, until: "2024-06-02" })).toBe(2);
    expect(await count({ account: applicant.account, from: "2024-06-01", until: "2024-06-01" })).toBe(1);
    // Whoever lent the role is found, too.
    expect(await count({ account: supervisor.account, action: "application.submit" })).toBe(1);
    expect(await count({ object, from: "2024-06-02", until: "2024-06-02" })).toBe(1);
    const { rows } = await sql<{
      login: string;
    }>`select login from account where id = ${applicant.account}`.execute(world.platform.database.kysely);
    const login = rows[0]?.login ?? "";
    expect(await count({ account: login, action: "application.submit" }, auditor)).toBe(1);
    // A login is no key for somebody who may not see accounts, nor shown to them.
    expect(await count({ account: login })).toBe(0);
    const [seen] = (await list(supervisor, { action: "application.submit" })).entries;
    expect([seen?.login, seen?.forLogin]).toEqual([null, null]);
  });

  it("says in words what was done, by whom for whom, to what", async () => {
    const { body } = await get("/ledger?action=application.submit", supervisor);
    const title = actions.find(({ name }) => name === "application.submit")?.title;
    expect(body).toContain(`title="application.submit">${title?.zh}<`);
    expect(body).toContain("项目负责人");
    expect(body).toContain(`href="/ledger?account=${supervisor.account}"`);
    expect(body).toContain(`href="/applications/${object}"`);
    expect(body).toContain("<code>to</code> 单位审核中");
    expect(body).toContain("<code>due</code> 2024-07-01 00:00");
    const english = (await get("/en/ledger?action=system.lapse", supervisor)).body;
    expect(english).toContain("The platform, by its clock");
    // Who may not read applications is led to the entries about it.
    expect((await get("/ledger?action=application.submit", auditor)).body).toContain(
      `href="/ledger?object=${object}"`,
    );
  });

  it("asks again for what is no day and no page", async () => {
    const answer = await get("/ledger?from=2024-02-30&object=kept", supervisor);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain("没有“2024-02-30”这一天");
    expect(answer.body).toContain('value="kept"');
    expect(answer.body).toContain('href="#ledger-from"');
    expect((await get("/ledger?before=abc", supervisor)).statusCode).toBe(422);
    // What the database cannot hold is not asked of it.
    expect((await get("/ledger?object=a%00&action=%00", supervisor)).statusCode).toBe(200);
  });

  it("is exported whole, signed and checkable elsewhere", async () => {
    const answer = await get("/ledger/export", auditor);
    expect(answer.headers["content-disposition"]).toContain(".jsonl");
    const lines = answer.body.trimEnd().split("\n");
    const verdict = verifyExport(sha256, isEd25519, lines);
    expect(verdict).toMatchObject({ verified: true, entries: lines.length - 1, headSound: true });
    const { head } = await ask(world.platform, ledgerHead, await world.actorOf(auditor), {});
    expect(head?.root).toBe(verdict?.root);
    const page = (await get(`/ledger/check?head=${head?.number}:${head?.root}`, auditor)).body;
    expect(page).toContain(`台账完好：${head?.number} 笔记录`);
    expect((await get(`/ledger/check?head=${head?.number}:${"0".repeat(64)}`, auditor)).body).toContain(
      "与签名的账头不符",
    );
    expect((await get("/ledger/check?head=what", auditor)).statusCode).toBe(422);
  });

  it("names the first bad number where somebody changed it", async () => {
    const { kysely } = world.platform.database;
    await sql`alter table ledger_entry disable trigger user`.execute(kysely);
    await sql`update ledger_entry set body = '{"from": "NOWHERE"}' where funder = ${world.platform.funder} and number = 20`.execute(
      kysely,
    );
    const { body, statusCode } = await get("/ledger/check", supervisor);
    expect(statusCode).toBe(200);
    expect(body).toContain("台账从第 20 笔起不可信");
    expect((await get("/en/ledger/check", supervisor)).body).toContain("cannot be trusted from entry 20 on");
  });
});
