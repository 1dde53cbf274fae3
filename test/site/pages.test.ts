import type { FastifyInstance } from "fastify";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultPolicyId, loadPolicy } from "../../src/platform/policies.ts";
import { en } from "../../src/ui/words.en.ts";
import { zh } from "../../src/ui/words.zh.ts";
import { askedPages, idsOf, linksOf, plainPages, site } from "./site.ts";

let app: FastifyInstance;
beforeAll(async () => {
  app = await site();
});
afterAll(() => app?.close());

test("every link of every page leads somewhere, and every anchor exists", async () => {
  const pages = new Map<string, string>();
  const visit = async (url: string) => {
    const known = pages.get(url);
    if (known !== undefined) return known;
    let page = await app.inject({ url });
    // The self-check sends those who know their direction on to the first open question.
    if (page.statusCode === 303) page = await app.inject({ url: String(page.headers["location"]) });
    expect([url, page.statusCode]).toEqual([url, 200]);
    pages.set(url, page.body);
    return page.body;
  };
  const start = [...plainPages(app), ...askedPages, "/policies"];
  const checked = new Set<string>();
  const missing: string[] = [];
  // Two steps from where a reader begins: far enough for every kind of page, and not a question for each direction.
  let front: readonly string[] = start;
  for (let step = 0; step < 2; step += 1) {
    const next: string[] = [];
    for (const from of front)
      for (const link of linksOf(await visit(from))) {
        // Signing in is there where a database is; the pages of this suite stand without one.
        if (link.startsWith("tel:") || link.endsWith("/sign-in") || checked.has(link)) continue;
        const [address = "", anchor] = link.split("#", 2);
        const target = address === "" ? from : address;
        if (anchor === undefined) checked.add(link);
        // One self-check entry per direction is the same page with other answers: a few of them speak for all.
        if (
          target.includes("self-check?") &&
          [...pages.keys()].filter((url) => url.includes("self-check?")).length > 12
        )
          continue;
        const body = await visit(target);
        if (anchor !== undefined && anchor !== "" && !idsOf(body).has(decodeURIComponent(anchor)))
          missing.push(`${from} -> ${link}`);
        if (!pages.has(target)) next.push(target);
      }
    front = next;
  }
  expect(missing).toEqual([]);
});

test("the chip of every clause finds its place in the guide", async () => {
  const guide = (await app.inject({ url: "/guide" })).body;
  const ids = idsOf(guide);
  const { anchorOf } = await import("../../src/ui/anchor.ts");
  const policy = await loadPolicy(await defaultPolicyId());
  expect(policy.clauses.filter((clause) => !ids.has(anchorOf(clause.node)))).toEqual([]);
  expect([...policy.nodes.keys()].filter((node) => !ids.has(anchorOf(node)))).toEqual([]);
  const shown = guide.replaceAll(/<[^>]+>/g, "");
  for (const node of policy.nodes.values())
    for (const line of node.text.split("\n")) expect(shown).toContain(line.replaceAll("&", "&amp;"));
});

test("every clause is accounted for", async () => {
  const page = (await app.inject({ url: "/coverage" })).body;
  const policy = await loadPolicy(await defaultPolicyId());
  expect(page.match(/<th scope="row"/g)).toHaveLength(policy.clauses.length);
  expect(page).not.toContain(`<td class="govuk-table__cell">${zh.coverage.open}</td>`);
});

test("no page with all that it loads weighs 60 kB, and its script stays under 10 kB", async () => {
  const weigh = async (url: string) => gzipSync((await app.inject({ url })).rawPayload, { level: 9 }).length;
  for (const url of [...plainPages(app), ...askedPages]) {
    const html = (await app.inject({ url })).body;
    const files = new Set(
      [...html.matchAll(/(?:href|src)="(\/assets\/[^"#]+)/g)].map((match) => match[1] ?? ""),
    );
    let scripts = 0;
    let sum = await weigh(url);
    for (const file of files) {
      const weight = await weigh(file);
      sum += weight;
      if (file.endsWith(".js")) scripts += weight;
    }
    expect(scripts).toBeLessThan(10_000);
    expect([url, sum < 60_000, sum]).toEqual([url, true, sum]);
  }
});

describe("the clock decides", () => {
  const at = async (now: string) => {
    const server = await site({ now: Date.parse(now) });
    const page = (await server.inject({ url: "/" })).body;
    await server.close();
    return page;
  };
  test("before, inside, after the applications, after everything", async () => {
    const { windows } = (await loadPolicy(await defaultPolicyId())).programme;
    expect(await at(`${windows.application.opens}T00:00:00+08:00`)).toContain(zh.due.untilClose);
    expect(await at("2020-01-01T00:00:00+08:00")).toContain(zh.due.untilOpen);
    const last = await at(`${windows.application.closes}T23:59:30+08:00`);
    expect(last).toContain("<b>0</b>天<b>0</b>小时<b>1</b>分");
    expect(await at(`${windows.recommendation.closes}T12:00:00+08:00`)).toContain(zh.due.untilLast);
    const over = await at("2030-01-01T00:00:00+08:00");
    expect(over).toContain(zh.due.closed);
    expect(over).not.toContain(zh.ruler.today);
  });

  test("a clock set by hand is told on every page", async () => {
    const server = await site({ demo: true });
    for (const url of plainPages(server)) expect((await server.inject({ url })).body).toContain("zn-demo");
    await server.close();
    expect((await app.inject({ url: "/" })).body).not.toContain("zn-demo");
  });
});

test("both languages have words for the same things", () => {
  const keysOf = (words: object, at = ""): string[] =>
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? keysOf(value as object, `${at}${key}.`)
        : [`${at}${key}`],
    );
  expect(keysOf(en).sort()).toEqual(keysOf(zh).sort());
});

test("no page's source knows the city, its clauses or its amounts", async () => {
  const folders = ["src/ui", "src/app", "src/client", "src/stages/call"];
  const policy = await loadPolicy(await defaultPolicyId());
  const clauses = policy.clauses.map((clause) => clause.id).filter((id) => id.includes("."));
  for (const folder of folders)
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const text = await readFile(path.join(entry.parentPath, entry.name), "utf8");
      expect([entry.name, /大连|Dalian/i.exec(text)?.[0]]).toEqual([entry.name, undefined]);
      expect([entry.name, clauses.filter((id) => text.includes(`"${id}"`))]).toEqual([entry.name, []]);
    }
});
