import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import process from "node:process";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "../browser.ts";
import { perform } from "../../src/platform/action.ts";
import { consent, confirmPartnership } from "../../src/stages/application/consent-actions.ts";
import { saveDraft } from "../../src/stages/application/save.ts";
import { openViewWorld, returned, submit, type ViewWorld } from "./view-world.ts";

/** The pages of reading, at both widths, without JavaScript of their own: axe finds nothing, nothing runs out of the page. */

let world: ViewWorld;
let base: string;
let browser: Browser;

beforeAll(async () => {
  world = await openViewWorld();
  const { platform, actors, application } = world;
  const { company } = world.organizations;
  await perform(platform, confirmPartnership, actors.partner, {
    application,
    organization: company.id,
    agreed: true,
  });
  await submit(world, () => perform(platform, consent, actors.member, { application, agreed: true }));
  await perform(platform, returned, actors.admin, {
    application,
    version: 2,
    reason: "请补充合作协议，并核对题目。",
  });
  await saveDraft(platform, actors.pi, {
    application,
    version: 2,
    changes: { title: "高比能锂硫电池电解质界面调控" },
  });
  await world.bulk(66);
  base = await world.app.listen({ host: "127.0.0.1", port: 0 });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const faultsOf = async (page: Page): Promise<unknown> => {
  await page.evaluate(await readFile(axe, "utf8"));
  return page.evaluate(
    "axe.run(document, { rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target).join(' | ')).concat(document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['runs out of the page: ' + [...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join(' | ')] : []))",
  );
};

it.each([1366, 390])(
  "has no fault at %i px",
  async (width) => {
    const one = `/applications/${world.application}`;
    const visits = [
      ["pi", "/applications"],
      ["admin", "/applications"],
      ["admin", "/en/applications?state=LAPSED"],
      ["other", "/applications"],
      ["pi", one],
      ["supervisor", `/en${one}`],
      ["pi", `${one}/read`],
      ["pi", `${one}/findings`],
      ["pi", `${one}/history`],
      ["pi", `${one}/versions/1/draft`],
      ["pi", `${one}/receipt`],
      ["member", "/consents"],
      ["partner", "/partnerships"],
      ["other", "/partnerships"],
    ] as const;
    const found: unknown[] = [];
    for (const [who, path] of visits) {
      const { cookie } = await world.browser(world.people[who]);
      const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: true });
      await context.addCookies([
        { name: "zn-session", value: cookie.slice("zn-session=".length), url: base },
      ]);
      const page = await context.newPage();
      await page.goto(base + path);
      expect(await page.locator("h1").count()).toBe(1);
      const faults = await faultsOf(page);
      if (Array.isArray(faults) && faults.length > 0) found.push([who, path, faults]);
      const shots = process.env["ZHINAN_SHOTS"];
      if (shots !== undefined)
        await page.screenshot({
          path: `${shots}/${who}${path.replaceAll(/[^a-z0-9]+/gi, "-").slice(-24)}-${width}.png`,
          fullPage: true,
        });
      await context.close();
    }
    expect(found).toEqual([]);
  },
  120_000,
);
