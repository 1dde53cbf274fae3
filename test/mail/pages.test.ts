import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sessionCookie } from "../../src/app/desk.ts";
import { buildServer } from "../../src/app/web.ts";
import { inTransaction } from "../../src/platform/database/connect.ts";
import { notify } from "../../src/platform/mail.ts";
import { type Mailer, NotTaken, sendWaiting } from "../../src/platform/outbox.ts";
import { csrfOf, openSession } from "../../src/stages/registration/sessions.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { readCalendar } from "./ics.ts";

let world: World;
let app: FastifyInstance;
let system: Session;
let reader: Session;
let bounced: Someone;
type Session = { readonly who: Someone; readonly token: string; readonly csrf: string };

const db = () => world.platform.database.kysely;
const enter = async (who: Someone): Promise<Session> => {
  const { id, token } = await openSession(db(), world.platform.funder, who.account, "WEB");
  return { who, token, csrf: csrfOf(world.platform, id) };
};
const get = (url: string, { token }: Session) => app.inject({ url, cookies: { [sessionCookie]: token } });
const post = (url: string, { token, csrf }: Session, fields: Record<string, string> = {}) =>
  app.inject({
    method: "POST",
    url,
    cookies: { [sessionCookie]: token },
    payload: new URLSearchParams({ csrf, ...fields }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });

const seen: string[] = [];
const mailer: Mailer = {
  way: "SMTP",
  send: async ({ id, edition, email }) => {
    seen.push(`${id}.${edition}`);
    if (email.startsWith("bounce")) throw new NotTaken("never", `550 <${email}> no such user`);
  },
};

beforeAll(async () => {
  world = await openWorld();
  app = await buildServer({
    platform: { ...world.platform, site: "https://zhinan.example.cn" },
    clock: () => Date.parse("2024-06-10T09:00:00+08:00"),
  });
  system = await enter(await world.someone({ roles: ["SYS_ADMIN"], organization: "bureau" }));
  reader = await enter(await world.someone({ name: "收信人", roles: ["PI"] }));
  bounced = await world.someone({ name: "退信人", roles: ["PI"] });
  await sql`update person set email = 'reader@example.cn' where id = ${reader.who.person}`.execute(db());
  await sql`update person set email = 'bounce@example.cn' where id = ${bounced.person}`.execute(db());
  await inTransaction(world.platform.database, {}, (tx) =>
    notify(tx, world.platform.funder, [{ account: reader.who.account }, { account: bounced.account }], {
      template: "accepted",
      facts: { title: "一个还不公开的题目", number: "N1" },
      link: "/applications",
    }),
  );
  await sendWaiting(world.platform, mailer);
}, 120_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
});

describe("the outbox", () => {
  it("shows to whom, when and with what result, addresses masked and nothing of the content", async () => {
    const { statusCode, body } = await get("/outbox", system);
    expect(statusCode).toBe(200);
    for (const text of [
      "收信人",
      "退信人",
      "r***@example.cn",
      "《…》已受理，编号 …",
      "已发送",
      "没有送达",
      "550 … no such user",
    ])
      expect(body).toContain(text);
    for (const text of ["reader@", "bounce@", "还不公开", "N1"]) expect(body).not.toContain(text);
    expect((await get("/en/outbox", system)).body).toContain("Not delivered");
    const stopped = (await get("/outbox?state=STOPPED", system)).body;
    expect([stopped.includes("退信人"), stopped.includes("收信人</a>")]).toEqual([true, false]);
    const sought = (await get(`/outbox?search=${encodeURIComponent("收信_")}`, system)).body;
    expect(sought).toContain("没有符合的信");
    expect((await get("/outbox", reader)).statusCode).toBe(404);
  });

  it("sends a letter again as another message, and the ledger keeps it", async () => {
    const { rows } = await sql<{ id: string }>`select id from letter where stopped_at is not null`.execute(
      db(),
    );
    const letter = rows[0]?.id ?? "";
    expect((await post("/outbox/resend", reader, { letter })).statusCode).toBe(404);
    const answer = await post("/outbox/resend", system, { letter });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/outbox?done=resent"]);
    const twice = await post("/outbox/resend", system, { letter });
    expect([twice.statusCode, twice.body.includes("还在等待发送")]).toEqual([422, true]);
    await sql`update person set email = 'found@example.cn' where id = ${bounced.person}`.execute(db());
    expect(await sendWaiting(world.platform, mailer)).toBe(1);
    expect(seen.filter((one) => one.startsWith(letter))).toEqual([`${letter}.0`, `${letter}.1`]);
    const { rows: kept } = await sql<{ body: unknown }>`
      select body from ledger_entry where action = 'registration.resendLetter'`.execute(db());
    expect(kept.map(({ body }) => body)).toEqual([{ edition: 1 }]);
  });
});

describe("one's own account", () => {
  it("says what was mailed, and takes when mail comes", async () => {
    expect((await get("/me", reader)).body).toMatch(/邮件 \d{4}-\d\d-\d\d \d\d:\d\d 已发出/);
    const answer = await post("/me/mail", reader, { pace: "DAILY" });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/me?done=mail#mail"]);
    expect((await get("/me", reader)).body).toMatch(/value="DAILY" checked/);
    expect((await post("/me/mail", reader, { pace: "NEVER" })).statusCode).toBe(422);
  });

  it("shows the calendar's address once, and it works", async () => {
    const { body } = await post("/me/calendar", reader);
    const address = /https:\/\/zhinan\.example\.cn(\/calendar\/[\w-]{43}\.ics)/.exec(body)?.[1] ?? "";
    const feed = await app.inject({ url: address });
    expect(readCalendar(feed.rawPayload).events.length).toBeGreaterThan(0);
    const again = (await get("/me", reader)).body;
    expect(again).not.toContain(address.slice("/calendar/".length, -4));
    expect(again).toContain("换一个日历地址");
    expect((await post("/me/calendar/remove", reader)).headers.location).toBe(
      "/me?done=calendar-closed#calendar",
    );
    expect((await app.inject({ url: address })).statusCode).toBe(404);
  });
});
