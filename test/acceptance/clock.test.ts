import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../src/core/permission/permission.ts";
import { startWorker } from "../../src/app/worker.ts";
import { perform } from "../../src/platform/action.ts";
import { inTransaction } from "../../src/platform/database/connect.ts";
import { submitApplication } from "../../src/stages/application/actions.ts";
import { requestCorrection } from "../../src/stages/acceptance/actions.ts";
import { beginAcceptance, expireCorrection, lapse, sweep } from "../../src/stages/acceptance/clock.ts";
import { missedBy } from "../../src/stages/acceptance/lapsing.ts";
import { afterWorkingDays } from "../../src/stages/acceptance/working-days.ts";
import { openWorld, type World } from "../world/world.ts";
import { atTheDesk, drafted, endorsed, recommended, rowOf, step, submitted, versionOf } from "./forward.ts";

const instant = (text: string) => Date.parse(`${text}+08:00`);

describe("working days", () => {
  it.each([
    ["2024-07-01T09:00:00", 5, "2024-07-09T00:00:00"],
    ["2024-07-05T23:59:59", 1, "2024-07-09T00:00:00"],
    ["2024-07-06T10:00:00", 1, "2024-07-09T00:00:00"],
    ["2024-07-07T23:59:59", 5, "2024-07-13T00:00:00"],
    ["2024-12-31T12:00:00", 2, "2025-01-03T00:00:00"],
  ])("after %s, %i of them end at %s", (from, days, end) =>
    expect(afterWorkingDays(instant(from), days)).toBe(instant(end)),
  );
});

describe("whose turn it was", () => {
  const call = { applyClosesAt: 1_000, recommendClosesAt: 2_000 };
  it.each([
    ["DRAFT", null, 1_000, "SUBMIT"],
    ["RETURNED_TO_PI", null, 1_000, "SUBMIT"],
    ["RETURNED_TO_PI", 500, 2_000, "SUBMIT"],
    ["ORG_REVIEW", null, 1_000, "ENDORSE"],
    ["ORG_REVIEW", 500, 2_000, "ENDORSE"],
    ["DEPT_REVIEW", 500, 2_000, "INITIAL_REVIEW"],
    ["DEPT_PASSED", 500, 2_000, "RECOMMEND"],
  ] as const)("%s, endorsed at %s, until %i: %s", (state, endorsedAt, at, missed) => {
    expect(missedBy({ state, endorsedAt, call }, at - 1)).toBeNull();
    expect(missedBy({ state, endorsedAt, call }, at)).toEqual({ step: missed, at });
  });
  it.each(["RECOMMENDED", "ACCEPTANCE", "ACCEPTED", "WITHDRAWN", "LAPSED"] as const)(
    "nobody's in %s",
    (state) => expect(missedBy({ state, endorsedAt: 1, call }, 9_000)).toBeNull(),
  );
});

describe("the clock", () => {
  let world: World;
  let officer: Actor;
  beforeAll(async () => {
    world = await openWorld();
    officer = await world.actorOf(
      await world.someone({ roles: ["ACCEPTANCE_OFFICER"], organization: "bureau" }),
    );
  });
  afterAll(() => world.close());
  const countOf = async (id: string, action: string) => {
    const { rows } = await sql<{ decisions: number; entries: number; mails: number }>`select
      (select count(*) from decision where application = ${id} and action = ${action}) as decisions,
      (select count(*) from ledger_entry where object_id = ${id} and action = ${action}) as entries,
      (select count(*) from mail where application = ${id} and template like 'lapsed.%') as mails`.execute(
      world.platform.database.kysely,
    );
    return rows[0];
  };

  it("begins acceptance once, however often it is asked", async () => {
    await world.at("2024-06-10T09:00:00+08:00");
    const one = await recommended(world);
    const begun = await Promise.all([1, 2, 3, 4].map(() => beginAcceptance(world.platform, one.id)));
    expect(begun.filter(Boolean)).toHaveLength(1);
    expect(await countOf(one.id, "system.beginAcceptance")).toMatchObject({ decisions: 1, entries: 1 });
    expect((await rowOf(world, one.id)).state).toBe("ACCEPTANCE");
  });

  it("says of each application which step missed its date, and tells those concerned once", async () => {
    await world.at("2024-06-10T09:00:00+08:00");
    const draft = await drafted(world);
    const filed = await submitted(world);
    const initial = await endorsed(world);
    const passed = await endorsed(world);
    await step(world, passed.id, "recommendation.pass", "DEPT_PASSED");
    const back = await endorsed(world);
    await step(world, back.id, "recommendation.return", "RETURNED_TO_PI");
    const all = [draft, filed, initial, passed, back];

    await world.at("2024-07-01T00:00:10+08:00");
    await sweep(world.platform);
    // An act that arrived at 23:59:59 may still wait for a lock.
    expect((await rowOf(world, draft.id)).state).toBe("DRAFT");
    await world.at("2024-07-01T00:03:00+08:00");
    await Promise.all([sweep(world.platform), sweep(world.platform)]);
    const missed = async () => Promise.all(all.map(async ({ id }) => (await rowOf(world, id)).missed));
    expect(await missed()).toEqual(["SUBMIT", "ENDORSE", null, null, null]);

    await world.at("2024-07-06T00:03:00+08:00");
    await Promise.all([sweep(world.platform), sweep(world.platform)]);
    expect(await missed()).toEqual(["SUBMIT", "ENDORSE", "INITIAL_REVIEW", "RECOMMEND", "SUBMIT"]);
    expect(await countOf(draft.id, "system.lapse")).toMatchObject({ decisions: 1, entries: 1, mails: 1 });
    const { facts } = await world.platform.database.kysely
      .selectFrom("mail")
      .select("facts")
      .where("application", "=", passed.id)
      .where("template", "=", "lapsed.RECOMMEND")
      .executeTakeFirstOrThrow();
    expect(facts).toMatchObject({ closed: "2024-07-05" });
  });

  it("respects an extension", async () => {
    await world.at("2024-06-10T09:00:00+08:00");
    const draft = await drafted(world);
    const { kysely } = world.platform.database;
    await sql`update call set apply_close_on = '2024-07-03', version = version + 1`.execute(kysely);
    await world.at("2024-07-02T12:00:00+08:00");
    await sweep(world.platform);
    expect(await lapse(world.platform, draft.id)).toBe(false);
    expect((await rowOf(world, draft.id)).state).toBe("DRAFT");
    await sql`update call set apply_close_on = '2024-06-30', version = version + 1`.execute(kysely);
    expect(await lapse(world.platform, draft.id)).toBe(true);
  });

  it("never lapses what arrived in time and still waited for a lock", async () => {
    await world.at("2024-06-10T09:00:00+08:00");
    const draft = await drafted(world);
    await world.at("2024-06-30T23:59:58+08:00");
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let locked = () => {};
    const isLocked = new Promise<void>((resolve) => {
      locked = resolve;
    });
    const holder = inTransaction(world.platform.database, {}, async (tx) => {
      await sql`select 1 from application where id = ${draft.id} for update`.execute(tx);
      locked();
      await held;
    });
    await isLocked;
    const arriving = perform(world.platform, submitApplication, draft.pi, {
      application: draft.id,
      version: 1,
      draftVersion: 2,
    });
    const waiting = async (): Promise<void> => {
      const { rows } = await sql`select 1 from pg_locks where not granted`.execute(
        world.platform.database.kysely,
      );
      if (rows.length === 0) return waiting();
    };
    await waiting();
    await world.at("2024-07-01T00:00:30+08:00");
    const swept = sweep(world.platform);
    release();
    await Promise.all([holder, swept]);
    expect((await arriving).state).toBe("ORG_REVIEW");
  });

  it("ends a correction that did not come, with the codes that were asked", async () => {
    await world.at("2024-06-10T09:00:00+08:00");
    const one = await atTheDesk(world);
    await perform(world.platform, requestCorrection, officer, {
      application: one.id,
      version: await versionOf(world, one.id),
      defects: [
        { code: "R16", fact: "协议缺外方签署页。", fields: ["attachments"] },
        { code: "R13", fact: "合计差一万元。", fields: ["budget"] },
      ],
    });
    await world.at("2024-06-18T00:01:59+08:00");
    expect(await expireCorrection(world.platform, one.id)).toBe(false);
    await world.at("2024-06-18T00:02:30+08:00");
    await Promise.all([sweep(world.platform), sweep(world.platform)]);
    expect((await rowOf(world, one.id)).state).toBe("NOT_ACCEPTED");
    expect(await countOf(one.id, "system.expireCorrection")).toMatchObject({ decisions: 1, entries: 1 });
    const decision = await world.platform.database.kysely
      .selectFrom("decision")
      .select(["codes", "checklist"])
      .where("application", "=", one.id)
      .where("action", "=", "system.expireCorrection")
      .executeTakeFirstOrThrow();
    expect(decision.codes).toEqual(["R16", "R13"]);
    expect((await rowOf(world, one.id)).appeal_due_at).toBe(instant("2024-06-26T00:00:00"));
  });

  it("is done by a worker at its start, and by the queue", async () => {
    await world.at("2024-06-10T09:00:00+08:00");
    const one = await recommended(world);
    const stop = await startWorker(world.platform);
    await stop();
    expect((await rowOf(world, one.id)).state).toBe("ACCEPTANCE");
    const other = await recommended(world);
    await inTransaction(world.platform.database, {}, (tx) =>
      world.platform.jobs.enqueue(tx, "acceptance.begin", { application: other.id }),
    );
    await expect
      .poll(async () => (await rowOf(world, other.id)).state, { timeout: 20_000 })
      .toBe("ACCEPTANCE");
  });
});
