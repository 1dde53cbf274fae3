import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildServer } from "../../src/app/web.ts";
import { sessionCookie } from "../../src/app/desk.ts";
import { inTransaction } from "../../src/platform/database/connect.ts";
import { notify } from "../../src/platform/mail.ts";
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
