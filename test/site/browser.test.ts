import { createRequire } from "node:module";
import type { FastifyInstance } from "fastify";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { askedPages, plainPages, site } from "./site.ts";

let app: FastifyInstance;
let base: string;
let browser: Browser;
beforeAll(async () => {
  app = await site();
  base = await app.listen({ host: "127.0.0.1", port: 0 });
  browser = await openBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
type Violation = { id: string; nodes: { target: unknown; failureSummary: string }[] };

const violationsOf = async (page: Page): Promise<readonly string[]> => {
  // Evaluated by the debugger, so the page's own policy stays as strict as it is for readers.
  await page.evaluate(await (await import("node:fs/promises")).readFile(axe, "utf8"));
  const found = await page.evaluate<Violation[]>(
    "axe.run(document, { rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }).then((r) => r.violations)",
  );
  return found.map(
    (one) =>
      `${one.id}: ${one.nodes
        .map((node) => String(node.target))
        .slice(0, 3)
        .join(" | ")}`,
  );
};

const overflowOf = (page: Page) =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

const pages = () => [
  ...plainPages(app).filter(
    (url) => !url.startsWith("/en") || /^\/en(\/guide|\/self-check|\/coverage)?$/.test(url),
  ),
  ...askedPages,
  // An answer that cannot be read comes back with its fault beside it.
  "/self-check/question/grant?category=APPLIED_BASIC&field=AGRI&direction=AB-53&unit=DLOU&grant=0x&go=1",
  "/no-such-page",
];

for (const width of [1366, 390])
  test(`axe finds nothing at ${width} px, and nothing is said on the console`, async () => {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const said: string[] = [];
    page.on("console", (message) => {
      if (!/status of (?:404|422)/.test(message.text())) said.push(message.text());
    });
    page.on("pageerror", (error) => said.push(error.message));
    for (const url of pages()) {
      await page.goto(base + url);
      expect([url, await violationsOf(page)]).toEqual([url, []]);
    }
    expect(said).toEqual([]);
    await page.close();
  });

test("nothing runs out of the page at 320, 390, 768 and 1366 px, in large print too", async () => {
  const page = await browser.newPage();
  for (const url of [...plainPages(app), ...askedPages.filter((one) => /find|self-check/.test(one))]) {
    await page.goto(base + url);
    for (const [width, large] of [
      [320, false],
      [390, true],
      [768, false],
      [1366, true],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate(`document.documentElement.classList.toggle("zn-large", ${large})`);
      expect([url, width, await overflowOf(page)]).toEqual([url, width, 0]);
    }
  }
  await page.close();
});

test("without JavaScript: find a direction, open the guide at its clause, switch to large print and to English", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(base);
  await page.fill("#find", "钠离子电池硬碳负极");
  await page.keyboard.press("Enter");
  await page.waitForURL(/find\?q=/);
  expect(await page.locator(".zn-found > li").count()).toBeGreaterThan(2);
  await page.locator(".zn-found .zn-clause").first().click();
  await page.waitForURL(/\/guide#c-/);
  expect(await page.locator(".zn-cl:target").count()).toBe(1);
  await page.locator('button[name="large"]').click();
  await page.waitForURL(/\/guide$/);
  expect(await page.locator("html.zn-large").count()).toBe(1);
  await page.locator('.zn-header__end a[hreflang="en"]').click();
  await page.waitForURL(/\/en\/guide$/);
  expect(await page.locator("html[lang=en]").count()).toBe(1);
  await context.close();
});

test("with the keyboard alone: skip link first, every stop has a ring and is in sight", async () => {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(base);
  const stops: string[] = [];
  for (let at = 0; at < 24; at += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate<{ name: string; seen: boolean; ring: boolean }>(`(() => {
      const one = document.activeElement;
      const box = one.getBoundingClientRect();
      const style = getComputedStyle(one);
      return { name: one.textContent.trim() || one.id, seen: box.top >= 0 && box.bottom <= innerHeight && box.width > 0, ring: style.outlineStyle !== "none" || style.boxShadow !== "none" };
    })()`);
    expect(stop).toEqual({ name: stop.name, seen: true, ring: true });
    stops.push(stop.name);
  }
  expect(stops[0]).toBe("跳到正文");
  expect(new Set(stops).size).toBeGreaterThan(15);
  await page.close();
});
