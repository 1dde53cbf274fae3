import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildServer } from "../../src/app/web.ts";
import { cited } from "../../src/core/guide/cited.ts";
import { openWorld, type World } from "../world/world.ts";
import { flat, pagesOf } from "./reading.ts";

let world: World;
let app: FastifyInstance;
let alone: FastifyInstance;
const clock = () => Date.parse("2024-06-20T16:02:31+08:00");
beforeAll(async () => {
  world = await openWorld();
  app = await buildServer({ platform: world.platform, clock });
  alone = await buildServer({ clock });
}, 120_000);
afterAll(async () => {
  await Promise.all([app?.close(), alone?.close()]);
  await world?.close();
});

const answers =
  "category=APPLIED_BASIC&field=AGRI&direction=AB-53&unit=DLOU&ongoing=none&another=none&period=2029-06-30&reason=yes&grant=35&statements=none";

it("cites a place of the guide as running text does", () => {
  expect(["四/13", "二/二", "六/（二）/1", "四/2/（1）", "第二章/第五条/（一）", "一"].map(cited)).toEqual([
    "四.13",
    "二.二",
    "六（二）1",
    "四.2（1）",
    "第二章第五条（一）",
    "一",
  ]);
});

describe("the summary of a self-check", () => {
  it("says what was answered, what was found by which clause, the edition, and that it decides nothing", async () => {
    const answer = await app.inject({ url: `/self-check/result.pdf?${answers}` });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toBe("application/pdf");
    const text = (await pagesOf(answer.rawPayload)).join("");
    const policy = world.platform.policies[0];
    expect(text).toContain("申报条件自查结果");
    expect(text).toContain(policy?.hash);
    expect(text).toContain("不作为受理依据");
    expect(text).toContain("2024年6月20日16:02");
    expect(text).toMatch(/必须改：.*申请.*超过.*上限/);
    expect(text).toMatch(/依据：指南三/);
    expect(text).toContain("35万元");
    expect(text).toContain(flat(policy?.programme.title.zh ?? "?"));
  });

  it("is offered on the page, has the number of the page, and is in Chinese from the English page too", async () => {
    const page = await app.inject({ url: `/self-check/result?${answers}` });
    expect(page.body).toContain("/self-check/result.pdf?category=APPLIED_BASIC");
    const number = /ZC-\d{6}-[0-9A-Z]{6}/.exec(page.body)?.[0] ?? "?";
    const english = await app.inject({ url: `/en/self-check/result.pdf?${answers}` });
    const text = (await pagesOf(english.rawPayload)).join("");
    expect(text).toContain(number);
    expect(text).toContain("填写的情况");
    expect(decodeURIComponent(String(english.headers["content-disposition"]))).toContain(number);
  });

  it("is kept nowhere", async () => {
    const { kysely } = world.platform.database;
    expect(await kysely.selectFrom("document").select("key").execute()).toEqual([]);
    expect(await kysely.selectFrom("stored_file").select("sha256").execute()).toEqual([]);
  });

  it("waits for the last answer, and for those before it in the queue", async () => {
    const half = await app.inject({ url: "/self-check/result.pdf?category=APPLIED_BASIC" });
    expect(half.statusCode).toBe(303);
    expect(half.headers.location).toBe("/self-check/result?category=APPLIED_BASIC");
    const many = await Promise.all(
      Array.from({ length: 12 }, () => app.inject({ url: `/self-check/result.pdf?${answers}` })),
    );
    const statuses = many.map((one) => one.statusCode);
    expect(statuses.filter((one) => one === 200).length).toBeGreaterThanOrEqual(4);
    expect(statuses).toContain(503);
    const away = many.find((one) => one.statusCode === 503);
    expect(away?.headers["retry-after"]).toBe("15");
    expect(away?.body).toContain("<h1");
    expect((await app.inject({ url: `/self-check/result.pdf?${answers}` })).statusCode).toBe(200);
    expect((await app.inject({ url: `/self-check/result.pdf?${"x=y&".repeat(4_000)}` })).statusCode).toBe(
      414,
    );
  });

  it("is not there where only the public pages are served: the page is printed", async () => {
    expect((await alone.inject({ url: `/self-check/result.pdf?${answers}` })).statusCode).toBe(404);
    const page = await alone.inject({ url: `/self-check/result?${answers}` });
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain("result.pdf");
  });
});
