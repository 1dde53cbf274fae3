import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import process from "node:process";
import type { FastifyInstance } from "fastify";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "../browser.ts";
import { buildServer } from "../../src/app/web.ts";
import { csrfOf, openSession } from "../../src/stages/registration/sessions.ts";
import { atTheDesk, drafted, type Filed, rowOf } from "../acceptance/forward.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { ownContent, shared } from "./texts.ts";

/** The two pages of shared text: what each reader sees and does not see, the decision, and no fault at both widths. */

let world: World;
let app: FastifyInstance;
let base: string;
let browser: Browser;
let one: Filed;
let other: Filed;
let draft: Filed;
let officer: Someone;
let stranger: Someone;

const secret = "这一句只在对方那里：三号厂房的配方是碲化铋掺硒";
const theirs = `${shared.slice(0, 60)}${secret}，${shared.slice(60)}`;

beforeAll(async () => {
  world = await openWorld();
  other = await atTheDesk(world, {
    organization: "institute",
    content: ownContent(11, { route: theirs }),
  });
  one = await atTheDesk(world, { content: ownContent(12, { content: shared }) });
  draft = await drafted(world, { content: ownContent(13, { content: shared }) });
  officer = await world.someone({ roles: ["ACCEPTANCE_OFFICER"], organization: "bureau" });
  stranger = await world.someone({ roles: ["DIVISION_OFFICER"], organization: "bureau", division: "NONE" });
  app = await buildServer({
    clock: () => Date.parse("2024-06-10T09:00:00+08:00"),
    demo: true,
    platform: world.platform,
  });
  base = await app.listen({ host: "127.0.0.1", port: 0 });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await world?.close();
});

const signedIn = async ({ account }: Someone) => {
  const { platform } = world;
  const { id, token } = await openSession(platform.database.kysely, platform.funder, account, "WEB");
  return { cookie: `zn-session=${token}`, csrf: csrfOf(platform, id) };
};
const visit = async (who: Someone, url: string) => {
  const { cookie } = await signedIn(who);
  return app.inject({ url, headers: { cookie } });
};
const pair = () => `/acceptance/${one.id}/similar/${other.id}`;

it("tells an investigator of shared words, before and after filing, and nothing else of the other", async () => {
  const { number } = await rowOf(world, other.id);
  const title = ownContent(11).title!;
  for (const filed of [draft, one]) {
    const { statusCode, body } = await visit(filed.who, `/applications/${filed.id}/similar`);
    expect(statusCode).toBe(200);
    expect(body).toContain("另一项申报（已提交）");
    expect(body).toContain("原位变温栅应力平台");
    for (const hidden of [
      title,
      other.who.name,
      "示例研究所",
      `2024-${String(number).padStart(4, "0")}`,
      other.id,
      "碲化铋",
    ])
      expect(body).not.toContain(hidden);
  }
  const check = await visit(draft.who, `/applications/${draft.id}/check`);
  expect(check.body).toMatch(/与 2 份已有申报有相同文字，最多 [\d.]+%/);
});

it("is not there for others", async () => {
  expect((await visit(other.who, `/applications/${one.id}/similar`)).statusCode).toBe(404);
  expect((await visit(officer, `/applications/${one.id}/similar`)).statusCode).toBe(404);
  expect((await visit(stranger, pair())).statusCode).toBe(404);
  expect((await visit(one.who, pair())).statusCode).toBe(404);
  expect((await visit(officer, `/acceptance/${one.id}/similar/${draft.id}`)).statusCode).toBe(404);
});

it("shows the officer who it is, and records the decision on the pair", async () => {
  const item = await visit(officer, `/acceptance/${one.id}`);
  expect(item.body).toContain(`/acceptance/${one.id}/similar/${other.id}`);
  const before = await visit(officer, pair());
  expect(before.body).toContain(ownContent(11).title!);
  expect(before.body).toContain(other.who.name);
  expect(before.body).toContain("碲化铋");

  const { cookie, csrf } = await signedIn(officer);
  const post = (fields: Record<string, string>) =>
    app.inject({
      method: "POST",
      url: pair(),
      headers: { cookie, "content-type": "application/x-www-form-urlencoded", origin: base },
      payload: new URLSearchParams({ csrf, key: crypto.randomUUID(), ...fields }).toString(),
    });
  const empty = await post({ outcome: "DUPLICATE", reason: "" });
  expect(empty.statusCode).toBe(422);
  const done = await post({ outcome: "DUPLICATE", reason: "技术路线整段相同，未作说明。" });
  expect([done.statusCode, done.headers.location]).toEqual([303, `${pair()}?done=1`]);
  const after = await visit(officer, `${pair()}?done=1`);
  expect(after.body).toContain("技术路线整段相同，未作说明。");
  expect(after.body).toContain("R19");
  const entries = await world.platform.database.kysely
    .selectFrom("similar_decision")
    .select(["application", "other", "outcome"])
    .execute();
  expect(entries).toEqual([{ application: one.id, other: other.id, outcome: "DUPLICATE" }]);
  // Nothing follows by itself.
  expect((await rowOf(world, one.id)).state).toBe("ACCEPTANCE");
  const page = (await visit(officer, `/acceptance/${one.id}`)).body;
  expect(page).toContain("R19");
  expect(page).not.toMatch(/value="R19"[^>]*checked|checked[^>]*value="R19"/);
});

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

it.each([1366, 390])(
  "has no fault at %i px",
  async (width) => {
    const found: unknown[] = [];
    const visits = [
      [draft.who, `/applications/${draft.id}/similar`],
      [draft.who, `/en/applications/${draft.id}/check`],
      [officer, pair()],
      [officer, `/acceptance/${one.id}`],
    ] as const;
    for (const [at, [who, path]] of visits.entries()) {
      const { cookie } = await signedIn(who);
      const context = await browser.newContext({ viewport: { width, height: 900 } });
      await context.addCookies([
        { name: "zn-session", value: cookie.slice("zn-session=".length), url: base },
      ]);
      const page = await context.newPage();
      await page.goto(base + path);
      expect(await page.locator("h1").count()).toBe(1);
      await page.evaluate(await readFile(axe, "utf8"));
      const faults = await page.evaluate(
        "axe.run(document, { rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target).join(' | ')).concat(document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['runs out of the page'] : []))",
      );
      if (Array.isArray(faults) && faults.length > 0) found.push([path, faults]);
      const shots = process.env["ZHINAN_SHOTS"];
      if (shots !== undefined)
        await page.screenshot({ path: `${shots}/similar-${at}-${width}.png`, fullPage: true });
      await context.close();
    }
    expect(found).toEqual([]);
  },
  120_000,
);
