import { createRequire } from "node:module";
import type { FastifyInstance } from "fastify";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../browser.ts";
import { sessionCookie } from "../../src/app/desk.ts";
import { buildServer } from "../../src/app/web.ts";
import { perform, platformNow } from "../../src/platform/action.ts";
import { refuseApplication } from "../../src/stages/acceptance/actions.ts";
import { proposePurge } from "../../src/stages/acceptance/purge.ts";
import { fileAppeal } from "../../src/stages/appeal/actions.ts";
import { requestException } from "../../src/stages/application/exception.ts";
import { csrfOf, openSession } from "../../src/stages/registration/sessions.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { atTheDesk, drafted, rowOf, versionOf } from "./forward.ts";

let world: World;
let app: FastifyInstance;
let browser: Browser | undefined;
let officer: Someone;
let admin: Someone;
let judge: Someone;
let leader: Someone;
let planner: Someone;
let security: Someone;
let security2: Someone;
beforeAll(async () => {
  world = await openWorld();
  const at = (roles: readonly Parameters<World["someone"]>[0]["roles"][number][]) =>
    world.someone({ roles, organization: "bureau" });
  officer = await at(["ACCEPTANCE_OFFICER"]);
  judge = await at(["APPEAL_OFFICER"]);
  leader = await at(["BUREAU_LEADER"]);
  planner = await at(["PLANNING_OFFICER"]);
  security = await at(["SEC_ADMIN"]);
  security2 = await at(["SEC_ADMIN"]);
  admin = await world.someone({ roles: ["ORG_ADMIN"] });
  const now = await platformNow(world.platform.database.kysely);
  app = await buildServer({
    platform: world.platform,
    clock: () => now,
    policies: world.platform.policies.map((one) => one.id),
  });
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await app.close();
  await world.close();
});

const enter = async (who: Someone) => {
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

/** A draft's content with a bad amount cannot be submitted: the fault comes with the frozen version, as a register's would. */
const faulty = async () => {
  const one = await atTheDesk(world);
  const { kysely } = world.platform.database;
  const row = await kysely
    .selectFrom("application_version")
    .select("content")
    .where("application", "=", one.id)
    .executeTakeFirstOrThrow();
  await kysely
    .updateTable("application_version")
    .set({ content: { ...(row.content as object), requestedGrant: 50_000_000 } })
    .where("application", "=", one.id)
    .execute();
  return one;
};
const refused = async () => {
  const one = await atTheDesk(world);
  await perform(world.platform, refuseApplication, await world.actorOf(officer), {
    application: one.id,
    version: await versionOf(world, one.id),
    reasons: [{ code: "R03", fact: "登记地址不在本市。" }],
  });
  return one;
};

describe("the desk", () => {
  it("is there for those who have business with it, and lists what they may see", async () => {
    const one = await atTheDesk(world);
    expect((await (await enter(officer)).get("/acceptance")).body).toContain(one.id);
    expect((await (await enter(admin)).get("/acceptance")).statusCode).toBe(404);
    expect((await (await enter(admin)).get(`/acceptance/${one.id}`)).statusCode).toBe(404);
    expect((await (await enter(one.who)).get(`/acceptance/${one.id}`)).statusCode).toBe(404);
    const elsewhere = await world.someone({
      roles: ["DIVISION_OFFICER"],
      organization: "bureau",
      division: "ELSEWHERE",
    });
    expect((await (await enter(elsewhere)).get("/acceptance")).body).not.toContain(one.id);
    expect((await (await enter(officer)).get("/acceptance/not-an-id")).statusCode).toBe(404);
  });

  it("suggests the codes of what the rules found, with the facts, and decides nothing by itself", async () => {
    const one = await faulty();
    const { body } = await (await enter(officer)).get(`/acceptance/${one.id}`);
    expect(body).toMatch(/value="R13"[^>]*checked/);
    expect(body).not.toMatch(/value="R03"[^>]*checked/);
    expect(body).not.toMatch(/type="radio" name="decision"[^>]*checked/);
    expect(body).toMatch(/name="fields.R13" value="requestedGrant"[^>]*checked/);
  });

  it("keeps what was written when it is refused, and shows the notice before it is sent", async () => {
    const one = await faulty();
    const { post } = await enter(officer);
    const fields = [
      ["version", String(await versionOf(world, one.id))],
      ["decision", "correct"],
      ["code", "R16"],
      ["fact.R16", "协议缺外方签署页。"],
      ["notice", "请尽快补正。"],
    ] as const;
    const without = await post(`/acceptance/${one.id}`, fields);
    expect(without.statusCode).toBe(422);
    expect(without.body).toContain("协议缺外方签署页。");
    expect(without.body).toContain("请尽快补正。");
    expect(without.body).toContain("请勾选 R16 补正时可改的内容。");
    const preview = await post(`/acceptance/${one.id}`, [
      ...fields,
      ["fields.R16", "attachments"],
      ["preview", "1"],
    ]);
    expect(preview.body).toContain("通知书预览");
    expect((await rowOf(world, one.id)).state).toBe("ACCEPTANCE");
    const accepted = await post(`/acceptance/${one.id}`, [fields[0], ["decision", "accept"]]);
    expect(accepted.statusCode).toBe(422);
    const done = await post(`/acceptance/${one.id}`, [...fields, ["fields.R16", "attachments"]]);
    expect(done.statusCode).toBe(303);
    expect((await rowOf(world, one.id)).correction_fields).toEqual(["attachments"]);
    const notice = await (await enter(one.who)).get(`/acceptance/${one.id}/notice`);
    expect(notice.body).toContain("补正通知书");
    expect(notice.body).toContain("协议缺外方签署页。");
  });

  it("does one act for a double click", async () => {
    const one = await atTheDesk(world);
    const { post } = await enter(officer);
    const fields = [
      ["version", String(await versionOf(world, one.id))],
      ["key", crypto.randomUUID()],
      ["decision", "accept"],
    ] as const;
    const both = await Promise.all([1, 2].map(() => post(`/acceptance/${one.id}`, fields)));
    expect(both.map((answer) => answer.statusCode)).toEqual([303, 303]);
  });
});

describe("an appeal on the pages", () => {
  it("is filed by the unit and decided by another officer", async () => {
    const one = await refused();
    const unit = await enter(admin);
    expect((await (await enter(one.who)).get(`/applications/${one.id}/appeal`)).statusCode).toBe(404);
    expect((await unit.get(`/applications/${one.id}/appeal`)).body).toContain("登记地址不在本市。");
    const version = ["version", String(await versionOf(world, one.id))] as const;
    expect((await unit.post(`/applications/${one.id}/appeal`, [version])).statusCode).toBe(422);
    const filed = await unit.post(`/applications/${one.id}/appeal`, [version, ["grounds", "地址在本市。"]]);
    expect(filed.statusCode).toBe(303);
    const other = await enter(judge);
    expect((await other.get("/appeals")).body).toContain(one.id);
    const next = ["version", String(await versionOf(world, one.id))] as const;
    const half = await other.post(`/appeals/${one.id}`, [next, ["reason", "已核对。"]]);
    expect(half.statusCode).toBe(422);
    expect(half.body).toContain("已核对。");
    const done = await other.post(`/appeals/${one.id}`, [
      next,
      ["outcome", "dismissed"],
      ["reason", "已核对。"],
    ]);
    expect(done.statusCode).toBe(303);
    expect((await rowOf(world, one.id)).state).toBe("NOT_ACCEPTED");
  });
});

it("has no fault that axe can find, at both widths, and no sideways scrolling", async () => {
  const one = await faulty();
  const no = await refused();
  const appealed = await refused();
  await perform(world.platform, fileAppeal, await world.actorOf(admin), {
    application: appealed.id,
    version: await versionOf(world, appealed.id),
    grounds: "登记地址在本市。",
  });
  const draft = await drafted(world, { content: { periodEnd: "2028-12-31" } });
  await perform(world.platform, requestException, draft.pi, {
    application: draft.id,
    rule: "period-usual",
    reason: "设备交付需要四年。",
  });
  await perform(world.platform, proposePurge, await world.actorOf(security), {
    application: no.id,
    reason: "接到保密部门通知。",
  });
  const { division } = await rowOf(world, one.id);
  const adviser = await world.someone({
    roles: ["DIVISION_OFFICER"],
    organization: "bureau",
    division: division ?? "",
  });
  const pages = [
    [officer, "/acceptance"],
    [officer, `/acceptance/${one.id}`],
    [officer, `/en/acceptance/${one.id}`],
    [adviser, `/acceptance/${one.id}`],
    [officer, `/acceptance/${no.id}/notice`],
    [planner, "/exceptions"],
    [leader, "/exceptions"],
    [judge, "/appeals"],
    [judge, `/appeals/${appealed.id}`],
    [admin, `/applications/${no.id}/appeal`],
    [security2, "/purges"],
  ] as const;
  const base = await app.listen({ host: "127.0.0.1", port: 0 });
  browser = await openBrowser();
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
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
          axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        const { violations } = await run.run();
        const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        return [
          ...violations.map((each) => `${each.id}: ${each.nodes[0]?.html ?? ""}`),
          ...(wide > 0 ? [`${wide} px too wide`] : []),
        ];
      });
      faults.push(...found.map((each) => `${width} ${url} ${each}`));
      await context.close();
    }
  expect(faults).toEqual([]);
}, 300_000);
