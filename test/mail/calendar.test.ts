import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildServer } from "../../src/app/web.ts";
import { perform } from "../../src/platform/action.ts";
import { instantText, jsonText } from "../../src/platform/database/values.ts";
import { createApplication } from "../../src/stages/application/actions.ts";
import { closeCalendar, openCalendar } from "../../src/stages/registration/calendar.ts";
import { feedOf } from "../../src/stages/registration/calendar-feed.ts";
import { restore, suspend } from "../../src/stages/registration/people.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { readCalendar } from "./ics.ts";

let world: World;
let app: FastifyInstance;
let pi: Someone;
let administrator: Someone;
const ids: string[] = [];
const db = () => world.platform.database.kysely;
const wicked = `题目，带“引号”;逗号,反斜\\n杠\r\nEND:VEVENT\u202e${"长".repeat(80)}😀`;

beforeAll(async () => {
  world = await openWorld();
  const platform = { ...world.platform, site: "https://zhinan.example.cn" };
  app = await buildServer({ platform, clock: () => Date.parse("2024-06-10T09:00:00+08:00") });
  pi = await world.someone({ roles: ["PI"] });
  administrator = await world.someone({ roles: ["ORG_ADMIN"] });
  const colleague = await world.someone({ roles: ["PI"] });
  for (const who of [pi, pi, colleague]) {
    const actor = await world.actorOf(who);
    const made = await perform(world.platform, createApplication, actor, { call: world.call });
    ids.push(made.application);
  }
  await sql`update draft set content = jsonb_set(content, '{title}', ${jsonText(wicked)}::jsonb) where application = ${ids[1]}`.execute(
    db(),
  );
  const filed = { frozen_version: 1 };
  for (const [at, state, due] of [
    [1, "CORRECTION", { correction_due_at: instantText(Date.parse("2024-07-20T00:00:00+08:00")) }],
    [2, "NOT_ACCEPTED", { appeal_due_at: instantText(Date.parse("2024-07-25T00:00:00+08:00")) }],
  ] as const) {
    const id = ids[at] ?? "";
    await db()
      .insertInto("application_version")
      .values({
        funder: world.platform.funder,
        application: id,
        number: 1,
        content: jsonText({ title: at === 1 ? wicked : "第三项" }),
        worded: jsonText([]),
        hash: String(at).repeat(64),
        frozen_at: instantText(Date.parse("2024-06-10T09:00:00+08:00")),
        code: `TEST-${at}`,
        frozen_by: pi.account,
      })
      .execute();
    await db()
      .updateTable("application")
      .set({ state, ...filed, ...due, endorsed_at: instantText(Date.parse("2024-06-10T09:00:00+08:00")) })
      .where("id", "=", id)
      .execute();
  }
  await db()
    .insertInto("internal_deadline")
    .values({
      funder: world.platform.funder,
      call: world.call,
      organization: world.organizations.university.id,
      close_at: instantText(Date.parse("2024-06-25T17:00:00+08:00")),
    })
    .execute();
}, 120_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
});

const open = async (who: Someone) =>
  (await perform(world.platform, openCalendar, await world.actorOf(who), {})).token;
const ask = (token: string) => app.inject({ url: `/calendar/${token}.ics` });
const read = async (token: string) => {
  const answer = await ask(token);
  expect(answer.statusCode).toBe(200);
  return readCalendar(answer.rawPayload);
};
const summaries = async (who: Someone) =>
  (await read(await open(who))).events.map((one) => one["SUMMARY"] ?? "");
const windows = () => world.platform.policies[0]!.programme.windows;
const compact = (date: string) => date.replaceAll("-", "");

describe("the calendar of one's deadlines", () => {
  it("is read without a session, and back as it was written", async () => {
    const answer = await ask(await open(pi));
    expect(answer.headers["content-type"]).toBe("text/calendar; charset=utf-8");
    expect(answer.headers["cache-control"]).toMatch(/^private\b/);
    const { heads, events } = readCalendar(answer.rawPayload);
    expect(heads).toMatchObject({ VERSION: "2.0", METHOD: "PUBLISH", "X-WR-CALNAME": "指南：我的期限" });
    const by = (part: string) => events.find((one) => one["UID"]?.includes(part));
    const correction = by(`application-${ids[1]}-correct`);
    // 24:00 of the 19th is the whole of the 19th; the reminder comes at nine in the morning of the 18th.
    expect(correction).toMatchObject({
      "DTSTART;VALUE=DATE": "20240719",
      "DTEND;VALUE=DATE": "20240720",
      "ALARM.TRIGGER": "-PT15H",
      "URL;VALUE=URI": `https://zhinan.example.cn/applications/${ids[1]}`,
    });
    expect(correction?.["SUMMARY"]).toBe(
      `补正截止：题目，带“引号”;逗号,反斜\\n杠 END:VEVENT ${"长".repeat(80)}😀（24:00 截止）`,
    );
    expect(correction?.["DTSTAMP"]).toMatch(/^\d{8}T\d{6}Z$/);
    expect(by(`call-${world.call}-apply`)?.["DTSTART;VALUE=DATE"]).toBe(
      compact(windows().application.closes),
    );
    expect(by(`unit-`)).toMatchObject({
      DTSTART: "20240625T083000Z",
      DTEND: "20240625T090000Z",
      "ALARM.TRIGGER": "-P1D",
    });
    expect(by(`application-${ids[0]}-submit`)?.["DTSTART"]).toBe("20240625T083000Z");
    expect(new Set(events.map((one) => one["UID"])).size).toBe(events.length);
  });

  it("holds what concerns the role, and nothing of others", async () => {
    const own = await summaries(pi);
    expect(own.some((one) => one.startsWith("申报截止"))).toBe(true);
    expect(own.some((one) => /推荐截止|受理截止/.test(one))).toBe(false);
    const unit = await summaries(administrator);
    expect(unit.filter((one) => /^(?:补正截止|申请复审截止)/.test(one))).toHaveLength(2);
    expect(own.some((one) => one.startsWith("申请复审"))).toBe(false);
    // A draft is its author's own.
    expect(unit.some((one) => /提交/.test(one))).toBe(false);
    const elsewhere = await world.someone({ roles: ["ORG_ADMIN", "PI"], organization: "institute" });
    expect((await summaries(elsewhere)).filter((one) => /补正|复审|内部截止|提交/.test(one))).toEqual([]);
    const officer = await world.someone({ roles: ["ACCEPTANCE_OFFICER"], organization: "bureau" });
    expect((await summaries(officer)).every((one) => one.startsWith("受理截止"))).toBe(true);
    const department = await world.someone({ roles: ["DEPT_APPROVER"], organization: "education" });
    expect((await summaries(department)).map((one) => one.split("：")[0])).toEqual(["推荐截止"]);
    const administers = await world.someone({ roles: ["SYS_ADMIN"], organization: "bureau" });
    expect(await summaries(administers)).toEqual([]);
  });

  it("speaks the person's language and keeps its UIDs when a date moves", async () => {
    const who = await world.someone({ roles: ["PI"] });
    const token = await open(who);
    const uids = async () => (await read(token)).events.map((one) => one["UID"]);
    const before = await uids();
    await sql`update account set language = 'en' where id = ${who.account}`.execute(db());
    await sql`update call set apply_close_on = apply_close_on + 1, version = version + 1 where id = ${world.call}`.execute(
      db(),
    );
    try {
      const { heads, events } = await read(token);
      expect(heads["X-WR-CALNAME"]).toBe("Zhinan: my deadlines");
      const window = events.find((one) => one["UID"]?.startsWith(`call-${world.call}-apply`));
      expect(window?.["SUMMARY"]).toMatch(/^Applications close: .* \(until 24:00\)$/);
      expect(window?.["DTEND;VALUE=DATE"]).toBe(
        compact(
          new Date(Date.parse(windows().application.closes) + 2 * 86_400_000).toISOString().slice(0, 10),
        ),
      );
      expect(await uids()).toEqual(before);
    } finally {
      await sql`update call set apply_close_on = apply_close_on - 1, version = version + 1 where id = ${world.call}`.execute(
        db(),
      );
    }
  });

  it("is gone with its address: renewed, removed, or the account suspended, also when it is restored", async () => {
    const who = await world.someone({ roles: ["PI"] });
    const first = await open(who);
    const second = await open(who);
    expect((await ask(first)).statusCode).toBe(404);
    expect((await ask(second)).statusCode).toBe(200);
    await perform(world.platform, closeCalendar, await world.actorOf(who), {});
    expect((await ask(second)).statusCode).toBe(404);
    const third = await open(who);
    expect((await ask(third)).statusCode).toBe(200);
    const system = await world.actorOf(await world.someone({ roles: ["SYS_ADMIN"], organization: "bureau" }));
    await perform(world.platform, suspend, system, {
      account: who.account,
      version: 1,
      reason: "离开单位了",
    });
    expect((await ask(third)).statusCode).toBe(404);
    await perform(world.platform, restore, system, { account: who.account, version: 2 });
    expect((await ask(third)).statusCode).toBe(404);
  });

  it("answers 404 to whatever is no address, and keeps no token anywhere", async () => {
    const token = await open(pi);
    for (const wrong of ["x", "a".repeat(43), `${token}x`, "%00", "..%2f..", "%E6%8C%87%E5%8D%97"])
      expect([wrong, (await ask(wrong)).statusCode]).toEqual([wrong, 404]);
    expect((await ask("a".repeat(3_000))).statusCode).toBe(400);
    expect((await app.inject({ url: "/calendar/.ics" })).statusCode).toBe(404);
    expect((await app.inject({ url: `/calendar/${token}` })).statusCode).toBe(404);
    expect((await app.inject({ url: `/calendar/${token}.ics`, method: "POST" })).statusCode).toBe(404);
    const { rows } = await sql<{ text: string }>`
      select row_to_json(c)::text as text from calendar_feed c union all select body::text from ledger_entry
      union all select result::text from idempotency_key`.execute(db());
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter(({ text }) => text.includes(token))).toEqual([]);
  });

  it("is the same whatever zone the process lives in", async () => {
    const file = path.resolve(import.meta.dirname, "../../src/stages/registration/calendar-feed.ts");
    const given = {
      deadlines: [
        {
          id: "a",
          title: { zh: "甲", en: "A" },
          detail: { zh: "", en: "" },
          due: Date.parse("2024-07-01T00:00:00+08:00"),
          href: "/work",
        },
      ],
      language: "zh" as const,
      now: 0,
      site: "https://zhinan.example.cn",
    };
    const here = feedOf(given);
    expect(here).toContain("DTSTART;VALUE=DATE:20240630");
    for (const TZ of ["America/Los_Angeles", "Pacific/Kiritimati"]) {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [
          "--input-type=module",
          "-e",
          `import { feedOf } from ${JSON.stringify(file)}; process.stdout.write(feedOf(${JSON.stringify(given)}))`,
        ],
        { env: { ...process.env, TZ } },
      );
      expect(stdout).toBe(here);
    }
  });
});
