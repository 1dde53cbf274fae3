import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../src/core/permission/permission.ts";
import { perform } from "../../src/platform/action.ts";
import { inTransaction } from "../../src/platform/database/connect.ts";
import { checkInvariants } from "../../src/platform/database/invariants.ts";
import { Denied, Refused } from "../../src/platform/errors.ts";
import { verifyLedger } from "../../src/platform/ledger/exporting.ts";
import { sequenceAll } from "../../src/platform/ledger/sequencer.ts";
import { notify } from "../../src/platform/mail.ts";
import { refuseApplication } from "../../src/stages/acceptance/actions.ts";
import { advise } from "../../src/stages/acceptance/advise.ts";
import { handlers } from "../../src/stages/acceptance/jobs.ts";
import { proposePurge, purge } from "../../src/stages/acceptance/purge.ts";
import { fileAppeal } from "../../src/stages/appeal/actions.ts";
import { openWorld, type World } from "../world/world.ts";
import { atTheDesk, type Filed, rowOf, versionOf } from "./forward.ts";

const marker = "绝密丙丁戊";
let world: World;
let first: Actor;
let second: Actor;
let officer: Actor;
beforeAll(async () => {
  world = await openWorld();
  const someone = async (role: "SEC_ADMIN" | "ACCEPTANCE_OFFICER") =>
    world.actorOf(await world.someone({ roles: [role], organization: "bureau" }));
  [first, second, officer] = [
    await someone("SEC_ADMIN"),
    await someone("SEC_ADMIN"),
    await someone("ACCEPTANCE_OFFICER"),
  ];
});
afterAll(() => world.close());

/** Every table of the platform and of its queues whose rows show the marker anywhere. */
const tablesWith = async (word: string): Promise<readonly string[]> => {
  const { kysely } = world.platform.database;
  const { rows } = await sql<{ name: string }>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
    where table_schema in ('public', 'job') and table_type = 'BASE TABLE'`.execute(kysely);
  const found: string[] = [];
  for (const { name } of rows) {
    const { rows: hits } = await sql`
      select 1 from ${sql.raw(name)} as kept where kept::text like ${`%${word}%`} limit 1`.execute(kysely);
    if (hits.length > 0) found.push(name);
  }
  return found;
};

const attached = async (one: Filed, words: string) => {
  const { files, database, funder } = world.platform;
  const stored = await files.put(Readable.from(words), 1_000);
  await database.kysely
    .insertInto("stored_file")
    .values({ funder, sha256: stored.sha256, size: stored.size, mime: "text/plain" })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await database.kysely
    .insertInto("attachment")
    .values({
      funder,
      application: one.id,
      type: "OTHER",
      filename: `${marker}.txt`,
      note: marker,
      file: stored.sha256,
      uploaded_by: one.who.account,
    })
    .execute();
  return stored.sha256;
};

const propose = (actor: Actor, application: string) =>
  perform(world.platform, proposePurge, actor, { application, reason: "接到保密部门通知。" });

describe("destroying classified content", () => {
  it("leaves it in no table and no file, and the ledger whole", async () => {
    const one = await atTheDesk(world, {
      content: { title: `${marker}的研究`, abstract: marker, sections: { rationale: marker } },
    });
    const { platform } = world;
    const { funder } = platform;
    await sql`insert into exception (funder, application, rule, clause, reason, opinion)
      values (${funder}, ${one.id}, 'some-rule', '-', ${marker}, ${marker})`.execute(
      platform.database.kysely,
    );
    const division = await world.actorOf(
      await world.someone({
        roles: ["DIVISION_OFFICER"],
        organization: "bureau",
        division: (await rowOf(world, one.id)).division ?? "",
      }),
    );
    await perform(platform, advise, division, { application: one.id, fits: false, text: `写有${marker}。` });
    await perform(
      platform,
      refuseApplication,
      officer,
      {
        application: one.id,
        version: await versionOf(world, one.id),
        reasons: [{ code: "R21", fact: `第 3 页写有${marker}。` }],
        notice: marker,
      },
      { key: "k1" },
    );
    const admin = await world.actorOf(await world.someone({ roles: ["ORG_ADMIN"] }));
    await perform(platform, fileAppeal, admin, {
      application: one.id,
      version: await versionOf(world, one.id),
      grounds: `${marker}并非涉密。`,
    });
    await inTransaction(platform.database, {}, (tx) =>
      notify(tx, funder, [{ account: one.who.account }], {
        template: "x",
        facts: { title: marker },
        link: "/",
        application: one.id,
      }),
    );
    const file = await attached(one, `${marker} 正文`);
    expect(await tablesWith(marker)).not.toEqual([]);

    const { purge: id } = await propose(first, one.id);
    const done = await perform(platform, purge, second, {
      purge: id,
      version: await versionOf(world, one.id),
    });
    expect(done).toMatchObject({ state: "PURGED", files: 1, shared: 0 });
    expect(await tablesWith(marker)).toEqual([]);
    await handlers["files.destroy"]?.(platform, { files: [file] });
    await expect(text(platform.files.read(file))).rejects.toMatchObject({ code: "ENOENT" });

    await sequenceAll(platform.database, funder);
    const verdict = await verifyLedger(platform.database.kysely, funder, {});
    expect(verdict).toMatchObject({ verified: true, firstBad: null });
    const entry = await platform.database.kysely
      .selectFrom("ledger_entry")
      .select("body")
      .where("action", "=", "acceptance.purge")
      .executeTakeFirstOrThrow();
    expect(entry.body).toMatchObject({ purge: id, to: "PURGED" });
    const ours = new Set([
      "purged-by-two",
      "purged-is-gone",
      "states-are-decided",
      "appeals-are-open-or-decided",
    ]);
    const broken = await checkInvariants(platform.database);
    expect(broken.filter(({ name }) => ours.has(name))).toEqual([]);
  });

  it("takes two security administrators", async () => {
    const one = await atTheDesk(world);
    const { purge: id } = await propose(first, one.id);
    const input = { purge: id, version: await versionOf(world, one.id) };
    await expect(propose(second, one.id)).rejects.toBeInstanceOf(Refused);
    await expect(perform(world.platform, purge, first, input)).rejects.toBeInstanceOf(Denied);
    await expect(perform(world.platform, purge, officer, input)).rejects.toBeInstanceOf(Denied);
    const substitute: Actor = {
      ...second,
      grants: [{ ...second.grants[0]!, delegatedBy: first.account }],
    };
    await expect(perform(world.platform, purge, substitute, input)).rejects.toBeInstanceOf(Denied);
    expect((await rowOf(world, one.id)).state).toBe("ACCEPTANCE");
  });

  it("keeps a file that another application holds as well", async () => {
    const one = await atTheDesk(world);
    const other = await atTheDesk(world);
    const file = await attached(one, "共同的附件");
    await attached(other, "共同的附件");
    const { purge: id } = await propose(first, one.id);
    const done = await perform(world.platform, purge, second, {
      purge: id,
      version: await versionOf(world, one.id),
    });
    expect(done).toMatchObject({ files: 0, shared: 1 });
    await handlers["files.destroy"]?.(world.platform, { files: [file] });
    expect(await text(world.platform.files.read(file))).toBe("共同的附件");
  });
});
