import { createRequire } from "node:module";
import type { FastifyInstance } from "fastify";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../browser.ts";
import { sessionCookie } from "../../src/app/desk.ts";
import { buildServer } from "../../src/app/web.ts";
import type { Actor } from "../../src/core/permission/permission.ts";
import { perform, platformNow } from "../../src/platform/action.ts";
import { csrfOf, openSession } from "../../src/stages/registration/sessions.ts";
import { requestWithdrawal } from "../../src/stages/application/actions.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { checklist, codeOf, filed, rowOf, sealed } from "./filed.ts";

const early = "2024-06-10T09:00:00+08:00";
let world: World;
let app: FastifyInstance;
let administrator: Someone;
let admin: Actor;
let browser: Browser | undefined;
beforeAll(async () => {
  world = await openWorld({ at: early });
  administrator = await world.someone({ roles: ["ORG_ADMIN"] });
  admin = await world.actorOf(administrator);
  const now = await platformNow(world.platform.database.kysely);
  app = await buildServer({
    platform: world.platform,
    clock: () => now,
    policies: world.platform.policies.map((one) => one.id),
  });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await app.close();
  await world.close();
});

const enter = async (who: { account: string }) => {
  const { platform } = world;
  const session = await openSession(platform.database.kysely, platform.funder, who.account, "WEB");
  const cookie = `${sessionCookie}=${session.token}`;
  const csrf = csrfOf(platform, session.id);
  return {
    token: session.token,
    get: (url: string) => app.inject({ url, headers: { cookie } }),
    post: (url: string, fields: readonly (readonly [string, string])[]) =>
      app.inject({
        url,
        method: "POST",
        headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams([["csrf", csrf], ...fields.map(([a, b]) => [a, b])]).toString(),
      }),
  };
};
const versionOf = async (id: string) => String((await rowOf(world, id)).version);
const numberOf = async (id: string) => String((await rowOf(world, id)).number);

describe("the queue", () => {
  it("is not there for those who administer no unit, and shows another unit nothing", async () => {
    const { id } = await filed(world);
    const pi = await enter(await world.someone({ roles: ["PI"] }));
    expect((await pi.get("/institution")).statusCode).toBe(404);
    const other = await enter(await world.someone({ roles: ["ORG_ADMIN"], organization: "company" }));
    expect((await other.get("/institution")).body).toContain("没有等你审核的申报");
    expect((await other.get(`/institution/${id}`)).statusCode).toBe(404);
    expect((await other.get("/institution/not-an-id")).statusCode).toBe(404);
  });

  it("lists what waits, filters by text, puts a request for withdrawal first", async () => {
    const one = await filed(world, { over: { title: "极地冰芯气泡同位素研究" } });
    await filed(world, { over: { title: "后提交的一项研究" } });
    await perform(world.platform, requestWithdrawal, one.pi, {
      application: one.id,
      version: Number(await versionOf(one.id)),
      reason: "换单位",
    });
    const me = await enter(administrator);
    const { body } = await me.get("/institution");
    expect(body.indexOf("极地冰芯")).toBeLessThan(body.indexOf("后提交的一项研究"));
    expect(body).toContain("申请撤回");
    const filtered = (await me.get(`/institution?q=${encodeURIComponent("冰芯")}`)).body;
    expect(filtered).toContain("极地冰芯");
    expect(filtered).not.toContain("后提交的一项研究");
    expect((await me.get(`/institution?q=${encodeURIComponent("%")}`)).body).toContain("没有符合筛选的申报");
    expect((await me.get("/en/institution")).body).toContain("Applications for me to review");
  });
});

describe("one application", () => {
  it("keeps what was entered when it is refused, and leads to what is missing", async () => {
    const { id } = await filed(world);
    const me = await enter(administrator);
    const [first = "", second = ""] = checklist(world);
    const answer = await me.post(`/institution/${id}/approve`, [
      ["version", await versionOf(id)],
      ["checklist", first],
      ["remark", "材料齐全，<建议>支持"],
    ]);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain("材料齐全，&lt;建议>支持");
    expect(answer.body).toMatch(new RegExp(`value="${first}" checked`));
    expect(answer.body).not.toMatch(new RegExp(`value="${second}" checked`));
    expect(answer.body).toContain('href="#checklist"');
    const back = await me.post(`/institution/${id}/return`, [
      ["version", await versionOf(id)],
      ["reason", ""],
      ["mark-field", "sections.route"],
      ["mark-text", "写清样本来源"],
    ]);
    expect(back.statusCode).toBe(422);
    expect(back.body).toContain("写清样本来源");
    expect(back.body).toMatch(/value="sections\.route" selected/);
  });

  it("goes from the seal to the receipt with plain forms", async () => {
    const { id } = await filed(world);
    const keeper = await enter(await world.someone({ roles: ["ORG_SEAL"] }));
    expect((await keeper.get("/institution")).headers["location"]).toBe("/institution/confirmations");
    expect((await keeper.get("/institution/confirmations")).body).toContain(`/institution/${id}/seal`);
    const wrong = await keeper.post(`/institution/${id}/seal`, [
      ["version", await versionOf(id)],
      ["code", "0000-0000-0000"],
      ["commitment", "1"],
    ]);
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain("0000-0000-0000");
    expect(wrong.body).toContain("请选择盖章件的扫描件");
    await sealed(world, admin, id);
    const me = await enter(administrator);
    const answer = await me.post(`/institution/${id}/approve`, [
      ["version", await versionOf(id)],
      ...checklist(world).map((one) => ["checklist", one] as const),
    ]);
    expect(answer.headers["location"]).toBe(`/institution/${id}?done=approve`);
    const shown = await me.get(`/institution/${id}?done=approve`);
    expect(shown.body).toContain((await rowOf(world, id)).receipt_number);
    const scan = /\/applications\/[0-9a-f-]+\/files\/[0-9a-f-]+/.exec(shown.body)?.[0] ?? "";
    const downloaded = await me.get(scan);
    expect([downloaded.statusCode, downloaded.headers["content-type"]]).toEqual([200, "application/pdf"]);
    const stranger = await enter(await world.someone({ roles: ["ORG_ADMIN"], organization: "company" }));
    expect((await stranger.get(scan)).statusCode).toBe(404);
  });

  it("tells an administrator who is the investigator that somebody else decides", async () => {
    const both = await world.someone({ roles: ["PI", "ORG_ADMIN"] });
    const { id } = await filed(world, { who: both });
    const { body } = await (await enter(both)).get(`/institution/${id}`);
    expect(body).toContain("审核须由本单位另一位科研管理员办理");
    expect(body).not.toContain(`/institution/${id}/approve`);
  });
});

describe("a batch", () => {
  it("says before what will be, does each by itself, and says after what was not done", async () => {
    const [{ id: ready }, { id: unsealed }] = [await filed(world), await filed(world)];
    await sealed(world, admin, ready);
    const me = await enter(administrator);
    const [a, b] = [await numberOf(ready), await numberOf(unsealed)];
    const preview = await me.get(`/institution/batch?call=${world.call}&n=${a}&n=${b}`);
    expect(preview.body).toContain("已选 1 项，其中 1 项占名额");
    expect(preview.body).toMatch(/同意后 \d+ \/ 10/);
    expect(preview.body).toContain("还没有办理");
    const fields = async (ticks: readonly string[]) =>
      [
        ["call", world.call],
        ["key", "batch-1"],
        ["n", a],
        ["n", b],
        ["version", `${a}:${await versionOf(ready)}`],
        ...ticks.map((one) => ["checklist", one] as const),
      ] as const;
    const refusedOnce = await me.post("/institution/batch", await fields(checklist(world).slice(1)));
    expect(refusedOnce.statusCode).toBe(422);
    expect((await rowOf(world, ready)).state).toBe("ORG_REVIEW");
    const done = await me.post("/institution/batch", await fields(checklist(world)));
    const result = await me.get(done.headers["location"] as string);
    expect(result.body).toContain("2 项中 1 项已报归口");
    expect(result.body).toContain((await rowOf(world, ready)).receipt_number);
    expect(result.body).toContain("单位承诺与盖章扫描件");
    expect([(await rowOf(world, ready)).state, (await rowOf(world, unsealed)).state]).toEqual([
      "DEPT_REVIEW",
      "ORG_REVIEW",
    ]);
  });
});

describe("the unit's own arrangements", () => {
  it("keeps a refused date on the page and shows an accepted one", async () => {
    const me = await enter(administrator);
    const late = await me.post("/institution/deadline", [
      ["call", world.call],
      ["date", "2024-07-03"],
      ["time", "17:00"],
    ]);
    expect(late.statusCode).toBe(422);
    expect(late.body).toContain('value="2024-07-03"');
    const set = await me.post("/institution/deadline", [
      ["call", world.call],
      ["date", "2024-06-25"],
      ["time", "17:00"],
    ]);
    expect((await me.get(set.headers["location"] as string)).body).toContain("6月25日 17:00");
  });

  it("moves a candidate up without any script", async () => {
    const theirs = await world.someone({ roles: ["ORG_ADMIN"], organization: "institute" });
    const [first, second] = [
      await filed(world, { organization: "institute" }),
      await filed(world, { organization: "institute" }),
    ];
    const me = await enter(theirs);
    const answer = await me.post("/institution/rank", [
      ["call", world.call],
      ["category", "APPLIED_BASIC"],
      ["id", first.id],
      ["place", "1"],
      ["id", second.id],
      ["place", "2"],
      ["up", second.id],
    ]);
    expect(answer.statusCode).toBe(303);
    expect([(await rowOf(world, second.id)).rank, (await rowOf(world, first.id)).rank]).toEqual([1, 2]);
  });
});

it("has no fault that axe can find, at both widths, and no sideways scrolling", async () => {
  const { id } = await filed(world);
  const keeper = await world.someone({ roles: ["ORG_SEAL", "ORG_FINANCE"] });
  const base = await app.listen({ host: "127.0.0.1", port: 0 });
  browser = await openBrowser();
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  const number = await numberOf(id);
  await codeOf(world, id);
  const pages = [
    [administrator, "/institution"],
    [administrator, "/institution?select=all"],
    [administrator, `/institution/${id}`],
    [administrator, `/institution/batch?call=${world.call}&n=${number}`],
    [administrator, "/institution/rank"],
    [administrator, "/institution/deadline"],
    [keeper, "/institution/confirmations"],
    [keeper, `/institution/${id}/seal`],
    [keeper, `/institution/${id}/budget`],
  ] as const;
  const faults: string[] = [];
  for (const width of [1366, 390])
    for (const [who, url] of pages) {
      const { token } = await enter(who);
      const context = await browser.newContext({ viewport: { width, height: 800 }, bypassCSP: true });
      await context.addCookies([{ name: sessionCookie, value: token, url: base }]);
      const page = await context.newPage();
      await page.goto(base + url);
      await page.addScriptTag({ path: axe });
      const found = await page.evaluate(async () => {
        const { axe: run } = globalThis as unknown as {
          axe: {
            run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
          };
        };
        const { violations } = await run.run();
        const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        return [
          ...violations.map((one) => `${one.id}: ${one.nodes[0]?.html ?? ""}`),
          ...(wide > 0 ? [`${wide} px too wide`] : []),
        ];
      });
      faults.push(...found.map((one) => `${width} ${url} ${one}`));
      await context.close();
    }
  expect(faults).toEqual([]);
}, 120_000);
