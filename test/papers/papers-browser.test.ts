import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import process from "node:process";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "../browser.ts";
import { perform } from "../../src/platform/action.ts";
import { consent, confirmPartnership } from "../../src/stages/application/consent-actions.ts";
import { openViewWorld, submit, type ViewWorld } from "../application/view-world.ts";

/** Papers on the screen at both widths: axe finds nothing, nothing runs out of the page, no style is refused by the policy of the page. */

let world: ViewWorld;
let base: string;
let browser: Browser;

beforeAll(async () => {
  world = await openViewWorld();
  const { platform, actors, application } = world;
  const organization = world.organizations.company.id;
  await perform(platform, confirmPartnership, actors.partner, { application, organization, agreed: true });
  await submit(world, () => perform(platform, consent, actors.member, { application, agreed: true }));
  base = await world.app.listen({ host: "127.0.0.1", port: 0 });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const faultsOf = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(await readFile(axe, "utf8"));
  return page.evaluate(
    "axe.run(document, { rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target).join(' | ')).concat(document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['runs out of the page: ' + [...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join(' | ')] : []))",
  );
};

it.each([1366, 390])(
  "have no fault at %i px",
  async (width) => {
    const one = `/applications/${world.application}/papers`;
    const paths = [
      "",
      "/application-form",
      "/budget-explanation",
      "/investigator-commitment",
      "/organization-commitment",
      "/receipt",
    ];
    const { cookie } = await world.browser(world.people.pi);
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    await context.addCookies([{ name: "zn-session", value: cookie.slice("zn-session=".length), url: base }]);
    const found: unknown[] = [];
    for (const path of [...paths, ...paths.slice(0, 2).map((each) => `/en${one}${each}`)]) {
      const page = await context.newPage();
      page.on("console", (message) => {
        if (message.type() === "error") found.push([path, message.text()]);
      });
      await page.goto(base + (path.startsWith("/en") ? path : one + path));
      expect(await page.locator("h1").count()).toBe(1);
      const faults = await faultsOf(page);
      if (faults.length > 0) found.push([path, faults]);
      const shots = process.env["ZHINAN_SHOTS"];
      if (shots !== undefined)
        await page.screenshot({
          path: `${shots}/papers${path.replaceAll(/[^a-z0-9]+/gi, "-").slice(-30)}-${width}.png`,
          fullPage: true,
        });
      await page.close();
    }
    await context.close();
    expect(found).toEqual([]);
  },
  120_000,
);
