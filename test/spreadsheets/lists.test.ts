import { PassThrough } from "node:stream";
import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sessionCookie } from "../../src/app/desk.ts";
import { buildServer } from "../../src/app/web.ts";
import { platformNow } from "../../src/platform/action.ts";
import { inSlot, slots } from "../../src/platform/spreadsheets/slots.ts";
import { workbookType } from "../../src/platform/spreadsheets.ts";
import { applicationRows } from "../../src/stages/application/list.export.ts";
import { listApplications, listInput } from "../../src/stages/application/list.ts";
import { inPages } from "../../src/stages/registration/export.ts";
import { listAccounts, listProjects, listRecords } from "../../src/stages/registration/queries.ts";
import { openSession } from "../../src/stages/registration/sessions.ts";
import { atTheDesk, drafted, endorsed, type Filed, recommended, submitted } from "../acceptance/forward.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { computes, read, valuesOf } from "./reading.ts";

/** Every list taken away: by those who see it, as they see it, all of it. */

let world: World;
let app: FastifyInstance;
const people: Record<string, Someone> = {};
const filed: Record<string, Filed> = {};

const pages = [
  "/applications",
  "/institution",
  "/institution/confirmations",
  "/institution/rank",
  "/department",
  "/department/credit",
  "/batches",
  "/off-platform",
  "/acceptance",
  "/exceptions",
  "/purges",
  "/appeals",
  "/people",
  "/accounts",
  "/organizations",
  "/registers",
  "/ledger",
  "/outbox",
];

beforeAll(async () => {
  world = await openWorld();
  const { someone } = world;
  const bureau = (role: Parameters<World["someone"]>[0]["roles"][number]) =>
    someone({ roles: [role], organization: "bureau" });
  people["unit"] = await someone({ roles: ["ORG_ADMIN"] });
  people["other"] = await someone({ roles: ["ORG_ADMIN"], organization: "institute" });
  people["seal"] = await someone({ roles: ["ORG_SEAL"] });
  people["department"] = await someone({ roles: ["DEPT_REVIEWER"], organization: "education" });
  people["health"] = await someone({ roles: ["DEPT_REVIEWER"], organization: "health" });
  people["officer"] = await bureau("ACCEPTANCE_OFFICER");
  people["planner"] = await bureau("PLANNING_OFFICER");
  people["judge"] = await bureau("APPEAL_OFFICER");
  people["security"] = await bureau("SEC_ADMIN");
  people["system"] = await bureau("SYS_ADMIN");
  people["auditor"] = await bureau("AUDIT_ADMIN");
  people["supervisor"] = await bureau("SUPERVISOR");
  filed["draft"] = await drafted(world);
  filed["risky"] = await submitted(world, { content: { title: "＝HYPERLINK 与含等号的题目" } });
  filed["sent"] = await endorsed(world);
  filed["listed"] = await recommended(world);
  filed["desk"] = await atTheDesk(world);
  filed["elsewhere"] = await submitted(world, { organization: "institute" });
  people["applicant"] = filed["risky"].who;
  const now = await platformNow(world.platform.database.kysely);
  app = await buildServer({
    platform: world.platform,
    clock: () => now,
    policies: world.platform.policies.map((one) => one.id),
  });
}, 300_000);
afterAll(async () => {
  await app.close();
  await world.close();
});

const who = (name: string): Someone => {
  const one = people[name];
  if (one === undefined) throw new Error(`nobody is called ${name}`);
  return one;
};
const get = async (name: string, url: string) => {
  const { platform } = world;
  const session = await openSession(platform.database.kysely, platform.funder, who(name).account, "WEB");
  return app.inject({ url, headers: { cookie: `${sessionCookie}=${session.token}` } });
};
const taken = async (name: string, url: string) => {
  const answer = await get(name, url);
  expect([url, answer.statusCode]).toEqual([url, 200]);
  expect(answer.headers["content-type"]).toBe(workbookType);
  const { book, parts } = await read(answer.rawPayload);
  expect(computes(parts)).toBe(false);
  return book;
};
const numbers = async (name: string, url: string) =>
  valuesOf((await taken(name, url)).worksheets[0])
    .slice(1)
    .map(([number]) => number);
const labelOf = async (one: Filed | undefined) => {
  const { number } = await world.platform.database.kysely
    .selectFrom("application")
    .select("number")
    .where("id", "=", one?.id ?? "")
    .executeTakeFirstOrThrow();
  return `2024-${String(number).padStart(4, "0")}`;
};

describe("an export", () => {
  it("is there for those to whom its page is there, and for nobody else", async () => {
    const seen = new Set<string>();
    for (const name of Object.keys(people))
      for (const page of pages) {
        const [shown, saved] = [await get(name, page), await get(name, `${page}/export.xlsx`)];
        // Who seals is led from the queue to what waits for the seal.
        if (shown.statusCode === 303) continue;
        expect([name, page, saved.statusCode]).toEqual([name, page, shown.statusCode]);
        if (shown.statusCode === 200) seen.add(page);
      }
    expect([...seen].toSorted()).toEqual(pages.toSorted());
    expect((await app.inject({ url: "/accounts/export.xlsx" })).statusCode).toBe(303);
  }, 300_000);

  it("is offered on its page, with the page's filters, in both languages", async () => {
    for (const [name, page] of [
      ["officer", "/acceptance?view=waiting"],
      ["department", "/department?view=all&q=2024"],
      ["unit", "/institution"],
      ["officer", "/applications?text=%3D"],
      ["security", "/accounts?role=PI&search=a"],
      ["supervisor", "/ledger?from=2024-06-01"],
      ["unit", "/people"],
      ["system", "/outbox"],
    ] as const)
      for (const home of ["", "/en"]) {
        const [path, query] = page.split("?");
        const { body } = await get(name, home + page);
        const wanted = `${home}${path}/export.xlsx${query === undefined ? "" : `?${query}`}`;
        expect(body.replaceAll("&amp;", "&")).toContain(`href="${wanted}"`);
      }
  });

  it("holds what its reader may see and no more: two units, two departments, one person", async () => {
    const [draft, risky, sent, desk, elsewhere] = await Promise.all(
      ["draft", "risky", "sent", "desk", "elsewhere"].map((name) => labelOf(filed[name])),
    );
    const of = (name: string, page = "/applications") => numbers(name, `${page}/export.xlsx`);
    expect(await of("unit")).toEqual(expect.arrayContaining([draft, risky, sent, desk]));
    expect(await of("unit")).not.toContain(elsewhere);
    expect(await of("other")).toEqual([elsewhere]);
    expect(await of("applicant")).toEqual([risky]);
    expect(await of("department")).toContain(sent);
    for (const hidden of [draft, risky, elsewhere]) expect(await of("department")).not.toContain(hidden);
    expect(await of("health")).toEqual(["没有符合条件的记录"]);
    expect(await of("unit", "/institution")).toEqual([risky]);
    expect(await of("other", "/institution")).toEqual([elsewhere]);
    expect(await of("seal", "/institution/confirmations")).toEqual([risky]);
    expect(await of("health", "/department")).toEqual(["没有符合条件的记录"]);
    expect(await of("officer", "/acceptance")).toEqual(expect.arrayContaining([desk]));
    for (const hidden of [draft, risky, sent, elsewhere])
      expect(await of("officer", "/acceptance")).not.toContain(hidden);
  });

  it("keeps the page's filters and says them", async () => {
    const [risky, sent] = await Promise.all([labelOf(filed["risky"]), labelOf(filed["sent"])]);
    const book = await taken(
      "unit",
      `/applications/export.xlsx?text=${encodeURIComponent("＝HYPERLINK")}&sort=title`,
    );
    const [header, ...rows] = valuesOf(book.worksheets[0]);
    expect(header?.slice(0, 2)).toEqual(["编号", "项目名称"]);
    expect(rows.map(([number, title]) => [number, title])).toEqual([
      [risky, "\u200b＝HYPERLINK 与含等号的题目"],
    ]);
    const about = valuesOf(book.getWorksheet("说明"));
    expect(about).toContainEqual(["筛选：题目、负责人或编号", "\u200b＝HYPERLINK"]);
    expect(about.find(([name]) => name === "导出账号")?.[1]).toMatch(/\S/);
    expect(await numbers("department", `/department/export.xlsx?view=all&q=${sent}`)).toEqual([sent]);
    expect(await numbers("unit", "/institution/export.xlsx?view=writing")).toEqual([
      await labelOf(filed["draft"]),
    ]);
  });

  it("masks identity numbers as the page does", async () => {
    const text = JSON.stringify(valuesOf((await taken("unit", "/people/export.xlsx")).worksheets[0]));
    expect(text).toContain(who("unit").identityNo.slice(0, 4) + "*".repeat(10));
    for (const one of [who("unit"), who("seal"), who("applicant")])
      expect(text).not.toContain(one.identityNo);
    expect(text).not.toContain(who("other").name);
  });

  it("has a name in Chinese that browsers keep", async () => {
    const { headers } = await get("planner", "/organizations/export.xlsx");
    const [, name = ""] = /filename\*=UTF-8''(.+)$/.exec(String(headers["content-disposition"])) ?? [];
    expect(decodeURIComponent(name)).toMatch(/^单位.* 2024-06-10\.xlsx$/);
    expect(headers["cache-control"]).toBe("private, no-store");
  });
});

const all = async <Row>(rows: AsyncIterable<Row>): Promise<readonly Row[]> => {
  const found: Row[] = [];
  for await (const row of rows) found.push(row);
  return found;
};
const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

describe("every row", () => {
  it("of the applications comes, page after page, once", async () => {
    const actor = await world.actorOf(who("unit"));
    const whole = await listApplications(world.platform, actor, listInput.parse({ limit: 200 }));
    expect(whole.rows.length).toBeGreaterThan(3);
    for (const size of [1, 2, 200]) {
      const rows = await all(applicationRows(world.platform, actor, listInput.parse({ limit: 1 }), size));
      expect(ids(rows).toSorted()).toEqual(ids(whole.rows).toSorted());
    }
  });

  it("of the accounts and the registers comes in the order of the page", async () => {
    const { platform } = world;
    const { kysely } = platform.database;
    const actor = await world.actorOf(who("security"));
    await sql`insert into known_project (funder, number, title, programme, investigator_name, investigator_hash, period_end, closeout)
      select ${platform.funder}, 'P-' || n, '项目 ' || n, 'OTHER', '某人', decode(md5(n::text) || md5(n::text), 'hex'),
        date '2025-01-01' + (n / 4)::int, 'PENDING' from generate_series(1, 23) n`.execute(kysely);
    await sql`insert into integrity_record (funder, subject_kind, subject_name, subject_hash, kind, decision_number, source, valid_from,
        withdrawn_at, withdrawn_reason)
      select ${platform.funder}, 'PERSON', '某人 ' || n, decode(md5(n::text) || md5(n::text), 'hex'), 'MISCONDUCT', 'D-' || n, '来源',
        date '2024-01-01' + (n / 4)::int, case when n % 3 = 0 then platform_now() end, case when n % 3 = 0 then '误登' end
        from generate_series(1, 23) n`.execute(kysely);
    const reader = await world.actorOf(who("planner"));
    for (const most of [1, 5, 500]) {
      const accounts = inPages(
        (after: Awaited<ReturnType<typeof listAccounts>>[number] | null, size) =>
          listAccounts(platform, actor, {}, { after, most: size }),
        most,
      );
      expect(ids(await all(accounts))).toEqual(ids(await listAccounts(platform, actor, {})));
      const projects = inPages(
        (after: Awaited<ReturnType<typeof listProjects>>[number] | null, size) =>
          listProjects(platform, reader, {}, { after, most: size }),
        most,
      );
      expect(ids(await all(projects))).toEqual(ids(await listProjects(platform, reader, {})));
      const records = inPages(
        (after: Awaited<ReturnType<typeof listRecords>>[number] | null, size) =>
          listRecords(platform, reader, {}, { after, most: size }),
        most,
      );
      expect(ids(await all(records))).toEqual(ids(await listRecords(platform, reader, {})));
    }
  });

  it("of the organisations comes where the page ends at 500", async () => {
    const { platform } = world;
    await sql`insert into organization (funder, id, kind, name_zh, standing)
      select ${platform.funder}, gen_random_uuid(), 'DEPARTMENT', '部门 ' || n, 'ACTIVE' from generate_series(1, 1600) n`.execute(
      platform.database.kysely,
    );
    const { rows } = await sql<{ count: number }>`select count(*) as count from organization`.execute(
      platform.database.kysely,
    );
    const names = await numbers("planner", "/organizations/export.xlsx");
    expect(names).toHaveLength(Number(rows[0]?.count));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("neighbours", () => {
  it("are spared: beyond a few at once an export is asked to come again, and the place is free when one ends", async () => {
    const held = await Promise.all(
      Array.from({ length: slots }, () => inSlot(world.platform, () => new PassThrough())),
    );
    const busy = await get("unit", "/applications/export.xlsx");
    expect(busy.statusCode).toBe(503);
    expect(Number(busy.headers["retry-after"])).toBeGreaterThan(0);
    expect((await get("unit", "/applications")).statusCode).toBe(200);
    held[0]?.destroy();
    await new Promise((done) => setImmediate(done));
    for (let turn = 0; turn < 3; turn += 1)
      expect((await get("unit", "/applications/export.xlsx")).statusCode).toBe(200);
    await new Promise((done) => setTimeout(done, 50));
    await expect(inSlot(world.platform, () => Promise.reject(new Error("no rows")))).rejects.toThrow(
      "no rows",
    );
    expect((await get("unit", "/applications/export.xlsx")).statusCode).toBe(200);
    for (const one of held) one.destroy();
  });
});
