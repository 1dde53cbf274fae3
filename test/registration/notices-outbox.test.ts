import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildServer } from "../../src/app/web.ts";
import { sessionCookie } from "../../src/app/desk.ts";
import { inTransaction } from "../../src/platform/database/connect.ts";
import { notify } from "../../src/platform/mail.ts";
import { type Letter, lineMailer, type Mailer, sendWaiting } from "../../src/platform/outbox.ts";
import { csrfOf } from "../../src/stages/registration/sessions.ts";
import { signIn } from "../../src/stages/registration/sign-in.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { withPassword } from "./people.ts";

let world: World;
let who: Someone;
beforeAll(async () => {
  world = await openWorld();
  who = await world.someone({ roles: ["PI"] });
  await sql`update person set email = 'pi@example.cn' where id = ${who.person}`.execute(
    world.platform.database.kysely,
  );
}, 120_000);
afterAll(() => world?.close());

const tell = (count: number, account = who.account) =>
  inTransaction(world.platform.database, {}, async (tx) => {
    for (let at = 0; at < count; at += 1)
      await notify(tx, world.platform.funder, [{ account }], {
        template: "accepted",
        facts: { title: `第 ${at} 项`, number: `N${at}` },
        link: "/applications",
      });
  });
const rows = async () =>
  (
    await sql<{ id: string; sent: boolean; attempts: number; fault: string | null }>`
      select id, sent_at is not null as sent, attempts, fault from mail order by created_at, id`.execute(
      world.platform.database.kysely,
    )
  ).rows;
const collecting = () => {
  const letters: Letter[] = [];
  const mailer: Mailer = { send: async (letter) => void letters.push(letter) };
  return { letters, mailer };
};

describe("letters", () => {
  beforeEach(async () => {
    await sql`delete from mail`.execute(world.platform.database.kysely);
    await world.at("2024-06-10T09:00:00+08:00");
  });

  it("go out once each, however many processes send", async () => {
    await tell(24);
    const { letters, mailer } = collecting();
    const counts = await Promise.all([1, 2, 3, 4].map(() => sendWaiting(world.platform, mailer)));
    expect(counts.reduce((a, b) => a + b)).toBe(24);
    expect(new Set(letters.map(({ id }) => id)).size).toBe(24);
    expect(letters).toHaveLength(24);
    expect(letters[0]).toMatchObject({
      account: who.account,
      language: "zh",
      template: "accepted",
      link: "/applications",
    });
    expect(letters[0]?.email).toBe("pi@example.cn");
    expect(
      (await rows()).every(({ sent, attempts, fault }) => sent && attempts === 1 && fault === null),
    ).toBe(true);
    expect(await sendWaiting(world.platform, mailer)).toBe(0);
  });

  it("are one line each where there is no mail server, with nothing of a person", async () => {
    await tell(2);
    const lines: string[] = [];
    await sendWaiting(
      world.platform,
      lineMailer((line) => lines.push(line)),
    );
    expect(lines).toEqual([0, 1].map(() => `mail accepted account ${who.account}`));
  });

  it("that are not taken stay, with the fault, and are tried again later and not for ever", async () => {
    await tell(1);
    let calls = 0;
    const refusing: Mailer = {
      send: async () => {
        calls += 1;
        throw new Error("451 try again");
      },
    };
    expect(await sendWaiting(world.platform, refusing)).toBe(0);
    expect(await rows()).toMatchObject([{ sent: false, attempts: 1, fault: "451 try again" }]);
    // Not at once.
    await sendWaiting(world.platform, refusing);
    expect(calls).toBe(1);
    await world.at("2024-06-10T09:05:00+08:00");
    const { letters, mailer } = collecting();
    expect(await sendWaiting(world.platform, mailer)).toBe(1);
    expect(letters).toHaveLength(1);
    expect(await rows()).toMatchObject([{ sent: true, attempts: 2, fault: null }]);

    await tell(1);
    for (let day = 11; day < 30; day += 1) {
      await world.at(`2024-06-${day}T09:00:00+08:00`);
      await sendWaiting(world.platform, refusing);
    }
    expect(calls).toBe(1 + 7);
  });

  it("do not keep others waiting where one is refused", async () => {
    await tell(3);
    const taken: string[] = [];
    const mailer: Mailer = {
      send: async ({ id, facts }) => {
        if (facts["number"] === "N0") throw new Error("550");
        taken.push(id);
      },
    };
    expect(await sendWaiting(world.platform, mailer)).toBe(2);
    expect(taken).toHaveLength(2);
  });

  it("on their way when a process died are not sent again by themselves", async () => {
    await tell(1);
    let begun = () => {};
    const sending = new Promise<void>((resolve) => (begun = resolve));
    void sendWaiting(world.platform, {
      send: () => {
        begun();
        return new Promise(() => {});
      },
    });
    await sending;
    await world.at("2024-06-12T09:00:00+08:00");
    const { letters, mailer } = collecting();
    expect(await sendWaiting(world.platform, mailer)).toBe(0);
    expect(letters).toEqual([]);
    expect(await rows()).toMatchObject([{ sent: false, attempts: 1, fault: "sending" }]);
  });
});

describe("the list of notices", () => {
  it("shows what was said with its link, and marks one or all as read, one's own only", async () => {
    const app = await buildServer({
      platform: world.platform,
      clock: () => Date.parse("2024-06-10T09:00:00+08:00"),
    });
    try {
      const { kysely } = world.platform.database;
      await sql`delete from mail`.execute(kysely);
      const other = await world.someone({ roles: ["PI"] });
      await tell(3);
      await tell(1, other.account);
      const { token, session } = await signIn(world.platform, {
        ...(await withPassword(world, who)),
        address: "192.0.2.1",
      });
      const cookies = { [sessionCookie]: token };
      const csrf = csrfOf(world.platform, session);
      const page = await app.inject({ url: "/me", cookies });
      expect(page.body.match(/<li class="is-new">/g)).toHaveLength(3);
      expect(page.body).toContain(
        '<a class="govuk-link" href="/applications">《第 0 项》已受理，编号 N0</a>',
      );
      expect((await app.inject({ url: "/en/me", cookies })).body).toContain("was accepted: N0");
      const unread = async () =>
        (
          await sql<{
            id: string;
            account: string;
          }>`select id, account from mail where read_at is null`.execute(kysely)
        ).rows;
      const before = await unread();
      const read = (fields: Record<string, string>) =>
        app.inject({
          method: "POST",
          url: "/me/notices/read",
          cookies,
          payload: new URLSearchParams({ csrf, ...fields }).toString(),
          headers: { "content-type": "application/x-www-form-urlencoded" },
        });
      const own = before.find(({ account }) => account === who.account)?.id ?? "";
      const foreign = before.find(({ account }) => account === other.account)?.id ?? "";
      const answer = await read({ notice: own });
      expect([answer.statusCode, answer.headers.location]).toEqual([303, "/me?done=read-one#notices"]);
      expect((await unread()).map(({ id }) => id)).not.toContain(own);
      for (const notice of [foreign, "x", ""]) await read({ notice });
      expect(await unread()).toHaveLength(3);
      await read({});
      expect((await unread()).map(({ id }) => id)).toEqual([foreign]);
      expect((await app.inject({ url: "/me", cookies })).body).not.toContain('class="is-new"');
    } finally {
      await app.close();
    }
  }, 60_000);
});
