import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { sql } from "kysely";
import type { FastifyInstance } from "fastify";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../browser.ts";
import { buildServer } from "../../src/app/web.ts";
import { perform } from "../../src/platform/action.ts";
import { registerOffPlatform } from "../../src/stages/recommendation/off-platform.ts";
import { csrfOf, openSession } from "../../src/stages/registration/sessions.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { type Crew, creditOf, crewOf, endorsed, issue, passed, ready } from "./ahead.ts";

let world: World;
let crew: Crew;
let app: FastifyInstance;
let planner: Someone;
let waiting: string;
let prepared: string;
let issued: string;
const tokens = new Map<string, { readonly cookie: string; readonly csrf: string }>();

const signedIn = async (who: Someone) => {
  const known = tokens.get(who.account);
  if (known !== undefined) return known;
  const { id, token } = await openSession(world.platform.database.kysely, "test", who.account, "WEB");
  const made = { cookie: `zn-session=${token}`, csrf: csrfOf(world.platform, id) };
  tokens.set(who.account, made);
  return made;
};
const get = async (who: Someone, url: string) => {
  const { cookie } = await signedIn(who);
  return app.inject({ url, headers: { cookie } });
};
const post = async (who: Someone, url: string, form: Readonly<Record<string, string | string[]>>) => {
  const { cookie, csrf } = await signedIn(who);
  const body = new URLSearchParams({ csrf });
  for (const [name, value] of Object.entries(form))
    for (const one of Array.isArray(value) ? value : [value]) body.append(name, one);
  return app.inject({
    method: "POST",
    url,
    headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
    payload: body.toString(),
  });
};
/** The fields of a form as a browser would send them with one file. */
const multipart = async (
  who: Someone,
  url: string,
  form: Readonly<Record<string, string>>,
  file: { name: string; content: string },
) => {
  const { cookie, csrf } = await signedIn(who);
  const edge = "edge-of-the-parts";
  const payload =
    Object.entries({ csrf, ...form })
      .map(
        ([name, value]) => `--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      )
      .join("") +
    `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/pdf\r\n\r\n${file.content}\r\n--${edge}--\r\n`;
  return app.inject({
    method: "POST",
    url,
    headers: { cookie, "content-type": `multipart/form-data; boundary=${edge}` },
    payload,
  });
};

beforeAll(async () => {
  world = await openWorld();
  crew = await crewOf(world);
  planner = await world.someone({ roles: ["PLANNING_OFFICER"], organization: "bureau" });
  await creditOf(world, crew);
  ({ id: waiting } = await endorsed(world, crew));
  const letter = await ready(world, crew.approvers.education, [await passed(world, crew)]);
  await issue(world.platform, crew.approvers.education, letter);
  issued = letter.batch;
  prepared = (await ready(world, crew.approvers.education, [await passed(world, crew)])).batch;
  await passed(world, crew);
  await endorsed(world, crew, { organization: "institute" });
  await perform(world.platform, registerOffPlatform, crew.planner, {
    call: world.call,
    number: "密-1",
    organization: world.organizations.institute.id,
    receivedOn: "2024-06-01",
  });
  app = await buildServer({
    platform: world.platform,
    clock: () => Date.parse("2024-06-10T09:00:00+08:00"),
    demo: true,
  });
}, 120_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
});

describe("pages of the department", () => {
  it("keep everything that was entered when an act is refused, and say why at the top", async () => {
    const reviewer = crew.reviewerAccounts.education;
    const page = await post(reviewer, `/department/${waiting}/pass`, {
      version: "3",
      met: ["unit", "truth"],
      "remark.unit": "已与单位核实",
    });
    expect(page.statusCode).toBe(page.body.includes("别人已经改动过") ? 409 : 422);
    expect(page.body).toContain('value="已与单位核实"');
    expect(page.body).toMatch(/value="truth"[^>]*checked/);
    const returned = await post(reviewer, `/department/${waiting}/return`, {
      version: "3",
      reason: "",
      markField: ["title", "", ""],
      markText: ["题目请写明对象", "", ""],
    });
    expect(returned.statusCode).toBe(422);
    expect(returned.body).toContain('value="题目请写明对象"');
  });

  it("do an act and lead to a page that says so", async () => {
    const { body } = await get(crew.reviewerAccounts.education, `/department/${waiting}`);
    const version = /name="version" value="(\d+)"/.exec(body)?.[1] ?? "";
    const done = await post(crew.reviewerAccounts.education, `/department/${waiting}/pass`, {
      version,
      met: ["unit", "truth", "base", "direction", "credit"],
    });
    expect(done.statusCode).toBe(303);
    expect(done.headers.location).toBe("/department?done=pass");
    expect((await get(crew.reviewerAccounts.education, "/department?done=pass")).body).toContain(
      "已初审通过",
    );
  });

  it("take the evidence of a credit check and give it to those who may read it alone", async () => {
    const unit = world.organizations.institute.id;
    const form = { call: world.call, organization: unit, result: "CLEAR", checkedOn: "2024-06-09", note: "" };
    const refused = await multipart(crew.reviewerAccounts.education, "/department/credit", form, {
      name: "结果.pdf",
      content: "这不是 PDF",
    });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('value="2024-06-09"');
    const taken = await multipart(crew.reviewerAccounts.education, "/department/credit", form, {
      name: "结果.pdf",
      content: "%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n",
    });
    expect(taken.statusCode).toBe(303);
    const { rows } = await sql<{ id: string }>`
      select id from credit_check where organization = ${unit}`.execute(world.platform.database.kysely);
    const url = `/department/credit/files/${rows[0]?.id}`;
    const got = await get(crew.reviewerAccounts.education, url);
    expect([got.statusCode, got.headers["content-type"]]).toEqual([200, "application/pdf"]);
    expect(got.headers["content-disposition"]).toContain("attachment");
    expect((await get(crew.reviewerAccounts.health, url)).statusCode).toBe(404);
  });

  it("show the letter to its department, to the bureau once it is issued, to no other department", async () => {
    const statusOf = async (who: Someone, id: string) => (await get(who, `/batches/${id}`)).statusCode;
    expect(await statusOf(crew.approverAccounts.education, prepared)).toBe(200);
    expect(await statusOf(planner, prepared)).toBe(404);
    expect(await statusOf(planner, issued)).toBe(200);
    expect(await statusOf(crew.approverAccounts.health, issued)).toBe(404);
    const { rows } = await sql<{ id: string }>`select id from attachment where batch = ${issued}`.execute(
      world.platform.database.kysely,
    );
    const file = `/batches/${issued}/files/${rows[0]?.id}`;
    expect((await get(planner, file)).statusCode).toBe(200);
    expect((await get(crew.approverAccounts.health, file)).statusCode).toBe(404);
  });

  it("count places again for what is ticked, before anything is prepared", async () => {
    const { body } = await get(crew.approverAccounts.education, "/batches/new");
    expect(body).toMatch(/用后 \d+ \/ 10/);
    const none = await post(crew.approverAccounts.education, "/batches/new", {
      call: world.call,
      intent: "prepare",
      statement: "写好的情况说明",
    });
    expect(none.statusCode).toBe(422);
    expect(none.body).toContain("写好的情况说明");
  });
});

describe("in a browser", () => {
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    base = await app.listen({ host: "127.0.0.1", port: 0 });
    browser = await openBrowser();
  }, 60_000);
  afterAll(() => browser?.close());

  it("axe finds nothing and nothing runs out of the page, at 1366 and at 390 px", async () => {
    const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    const visits: readonly (readonly [Someone, readonly string[]])[] = [
      [
        crew.reviewerAccounts.education,
        [
          "/department",
          "/department?view=all",
          "/en/department",
          `/department/${waiting}`,
          "/department/credit",
        ],
      ],
      [
        crew.approverAccounts.education,
        [
          "/batches",
          "/batches/new",
          `/batches/${prepared}`,
          `/batches/${prepared}/papers`,
          `/batches/${issued}`,
          `/en/batches/${prepared}`,
        ],
      ],
      [planner, ["/batches", `/batches/${issued}`, `/en/batches/${issued}/papers`, "/off-platform"]],
    ];
    const wrong: unknown[] = [];
    for (const [who, urls] of visits) {
      const { cookie } = await signedIn(who);
      const context = await browser.newContext();
      const [name = "", value = ""] = cookie.split("=");
      await context.addCookies([{ name, value, url: base }]);
      const page = await context.newPage();
      for (const url of urls)
        for (const width of [1366, 390]) {
          await page.setViewportSize({ width, height: 900 });
          const answer = await page.goto(base + url);
          expect([url, answer?.status()]).toEqual([url, 200]);
          await page.evaluate(axe);
          const found = await page.evaluate<readonly string[]>(
            "axe.run(document, { rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target).slice(0, 3).join(' | ')))",
          );
          const wide = await page.evaluate<number>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth",
          );
          if (found.length > 0 || wide > 0) wrong.push([url, width, found, wide]);
        }
      await context.close();
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});
