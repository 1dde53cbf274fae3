import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import process from "node:process";
import type { FastifyInstance } from "fastify";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "../browser.ts";
import { sessionCookie } from "../../src/app/desk.ts";
import { buildServer } from "../../src/app/web.ts";
import { inTransaction } from "../../src/platform/database/connect.ts";
import { record } from "../../src/platform/ledger.ts";
import { signHead } from "../../src/platform/ledger/heads.ts";
import { sequenceAll } from "../../src/platform/ledger/sequencer.ts";
import { notify } from "../../src/platform/mail.ts";
import { signIn } from "../../src/stages/registration/sign-in.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { withPassword } from "./people.ts";

/** Notices, the ledger and a full navigation at both widths: axe finds nothing, nothing runs out of the page. */

let world: World;
let app: FastifyInstance;
let base: string;
let browser: Browser;
const tokens = new Map<Someone, string>();
let watcher: Someone;
let planner: Someone;
let many: Someone;

beforeAll(async () => {
  world = await openWorld();
  const { platform } = world;
  watcher = await world.someone({
    name: "周监督",
    roles: ["SUPERVISOR", "AUDIT_ADMIN"],
    organization: "bureau",
  });
  planner = await world.someone({ name: "吴规划", roles: ["PLANNING_OFFICER"], organization: "bureau" });
  many = await world.someone({
    name: "林多任",
    roles: [
      "PI",
      "ORG_ADMIN",
      "PLANNING_OFFICER",
      "ACCEPTANCE_OFFICER",
      "SUPERVISOR",
      "APPEAL_OFFICER",
      "AUDIT_ADMIN",
    ],
  });
  const facts = {
    title: "高比能锂硫电池电解质界面调控与循环稳定性研究",
    organization: "示例理工大学",
    unit: "示例理工大学",
    department: "市教育局",
    letter: "市教函〔2024〕12号",
    count: 6,
    due: "2024-06-26",
    codes: "R01 R05",
    marks: 2,
    reason: "合作协议没有盖章，研究内容与方向不一致",
    number: 31,
  };
  await inTransaction(platform.database, {}, async (tx) => {
    for (const template of [
      "institutionWaiting",
      "letterIssued",
      "correctionRequested",
      "returned",
      "exceptionProposed",
    ])
      for (const { account } of [watcher, planner])
        await notify(tx, platform.funder, [{ account }], { template, facts, link: "/work" });
    for (let at = 0; at < 70; at += 1)
      await record(tx, {
        funder: platform.funder,
        action:
          at % 9 === 0
            ? "system.lapse"
            : at % 2 === 0
              ? "acceptance.requestCorrection"
              : "application.submit",
        actor: at % 9 === 0 ? null : planner.account,
        actingFor: at % 5 === 0 && at % 9 !== 0 ? watcher.account : null,
        role: at % 9 === 0 ? null : "PLANNING_OFFICER",
        objectKind: at % 7 === 0 ? "organization" : "application",
        objectId: at % 7 === 0 ? world.organizations.university.id : crypto.randomUUID(),
        at: Date.parse("2024-06-03T10:00:00+08:00") + at * 60_000,
        body: {
          from: "ACCEPTANCE",
          to: "CORRECTION",
          codes: ["R01", "R05"],
          due: Date.parse("2024-06-26T00:00:00+08:00"),
          hash: "0f".repeat(32),
        },
      });
  });
  await sequenceAll(platform.database, platform.funder);
  await signHead(platform.database, platform.funder, platform.keys.ledger);
  app = await buildServer({ platform, clock: () => Date.parse("2024-06-10T09:00:00+08:00"), demo: true });
  let serial = 0;
  for (const who of [watcher, planner, many]) {
    const { token } = await signIn(platform, {
      ...(await withPassword(world, who)),
      address: `192.0.2.${(serial += 1)}`,
    });
    tokens.set(who, token);
  }
  base = await app.listen({ host: "127.0.0.1", port: 0 });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await world?.close();
});

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const faultsOf = async (page: Page): Promise<unknown> => {
  await page.evaluate(await readFile(axe, "utf8"));
  return page.evaluate(
    "axe.run(document, { rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target).join(' | ')).concat(document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['runs out of the page'] : []))",
  );
};

it.each([1366, 1024, 390])(
  "has no fault at %i px",
  async (width) => {
    const visits = [
      [planner, "/me"],
      [planner, "/en/me"],
      [watcher, "/ledger"],
      [watcher, "/en/ledger?before=30"],
      [watcher, "/ledger?from=2024-02-30"],
      [watcher, "/ledger/check"],
      [watcher, "/en/ledger/check?head=1"],
      [planner, "/en/work"],
      [many, "/en/work"],
    ] as const;
    const found: unknown[] = [];
    // Between the two only the header changes.
    for (const [who, path] of width === 1024 ? visits.slice(-2) : visits) {
      const context = await browser.newContext({ viewport: { width, height: 900 } });
      await context.addCookies([{ name: sessionCookie, value: tokens.get(who) ?? "", url: base }]);
      const page = await context.newPage();
      await page.goto(base + path);
      expect(await page.locator("h1").count()).toBe(1);
      const faults = await faultsOf(page);
      if (Array.isArray(faults) && faults.length > 0) found.push([path, faults]);
      // The brand, every entry and the way out stand beside or below each other, never one upon the other.
      const crossing = await page.evaluate(
        "(() => { const nav = document.querySelector('header nav').getBoundingClientRect(); return [...document.querySelectorAll('header .zn-brand, header .zn-header__end > *')].filter((e) => { const b = e.getBoundingClientRect(); return b.width > 0 && b.left < nav.right - 1 && b.right > nav.left + 1 && b.top < nav.bottom - 1 && b.bottom > nav.top + 1; }).map((e) => e.className) .concat([...document.querySelectorAll('header nav a')].filter((a) => a.getBoundingClientRect().right > nav.right + 1 && getComputedStyle(document.querySelector('header nav')).overflowX !== 'auto').map((a) => a.href)); })()",
      );
      if (Array.isArray(crossing) && crossing.length > 0) found.push([path, "header", crossing]);
      const shots = process.env["ZHINAN_SHOTS"];
      if (shots !== undefined)
        await page.screenshot({
          path: `${shots}/${who === planner ? "planner" : who === many ? "many" : "watcher"}${path.replaceAll(/[^a-z0-9]+/gi, "-")}-${width}.png`,
          fullPage: true,
        });
      await context.close();
    }
    expect(found).toEqual([]);
  },
  120_000,
);
