import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform } from "../../src/platform/action.ts";
import { callById } from "../../src/platform/calls.ts";
import { connect, type Database } from "../../src/platform/database/connect.ts";
import { Taken } from "../../src/platform/errors.ts";
import type { Platform } from "../../src/platform/platform.ts";
import { registerOffPlatform } from "../../src/stages/recommendation/off-platform.ts";
import { placesOf } from "../../src/stages/recommendation/quota.ts";
import { openWorld, type World } from "../world/world.ts";
import { type Crew, creditOf, crewOf, issue, passed, ready } from "./ahead.ts";

/** The university and its hospital share ten places and belong to two departments. */

let world: World;
let crew: Crew;
let wide: Database;
let platform: Platform;
beforeAll(async () => {
  world = await openWorld();
  crew = await crewOf(world);
  wide = connect(world.platform.database.url, { max: 34 });
  platform = { ...world.platform, database: wide };
  await creditOf(world, crew, "university");
  await creditOf(world, crew, "hospital");
});
afterAll(async () => {
  await wide?.close();
  await world.close();
});

const places = async () => {
  const { kysely } = world.platform.database;
  const [found] = await placesOf(kysely, "test", await callById(world.platform, kysely, world.call), {
    id: world.organizations.university.id,
    name: "",
    quotaGroup: "DLU",
  });
  return found ?? { used: -1, limit: -1 };
};

/** Letters of one application each, by turns of the one department and the other. */
const contenders = async (count: number) => {
  const made: { by: Crew["approvers"]["education"]; letter: Awaited<ReturnType<typeof ready>> }[] = [];
  for (let index = 0; index < count; index += 1) {
    const [unit, department] =
      index % 2 ? (["hospital", "health"] as const) : (["university", "education"] as const);
    const by = await world.actorOf(
      await world.someone({ roles: ["DEPT_APPROVER"], organization: department }),
    );
    made.push({ by, letter: await ready(world, by, [await passed(world, crew, { organization: unit })]) });
  }
  return made;
};

const fill = async (left: number) => {
  await sql`delete from off_platform`.execute(world.platform.database.kysely);
  const { used, limit } = await places();
  for (let index = used; index < limit - left; index += 1)
    await perform(world.platform, registerOffPlatform, crew.planner, {
      call: world.call,
      number: `密-${index}`,
      organization: world.organizations.university.id,
      receivedOn: "2024-06-01",
    });
};

const outcomes = async (tries: readonly Promise<unknown>[]) => {
  const settled = await Promise.allSettled(tries);
  const lost = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
  return { won: settled.length - lost.length, lost };
};

const mustBeTaken = (lost: readonly unknown[]) => {
  for (const error of lost) {
    expect(error).toBeInstanceOf(Taken);
    expect((error as Taken).findings.map((one) => one.clause)).toContain("G4.4c");
    expect((error as Taken).reason.zh).toContain("限推 10 项");
  }
};

describe("the last place of a quota group", () => {
  it("goes to exactly one of 2, 3, 8, 16 and 32 approvers of two departments at once", async () => {
    const all = await contenders(32);
    // Whoever wins a round keeps the place; the rest of the places are filled from the register, and the losers try again.
    let standing = all;
    for (const count of [2, 3, 8, 16, 28]) {
      await fill(1);
      const round = standing.slice(0, count);
      const { won, lost } = await outcomes(round.map(({ by, letter }) => issue(platform, by, letter)));
      expect([count, won]).toEqual([count, 1]);
      mustBeTaken(lost);
      expect((await places()).used).toBe(10);
      const { rows } = await sql<{ id: string }>`select id from batch where state = 'ISSUED'`.execute(
        world.platform.database.kysely,
      );
      standing = all.filter(({ letter }) => rows.every((row) => row.id !== letter.batch));
    }
  }, 240_000);

  it("goes to 32 who ask at once for it exactly once; the losers' applications stay where they were", async () => {
    const kysely = world.platform.database.kysely;
    const before = await sql<{ id: string }>`select id from application where state = 'DEPT_PASSED'`.execute(
      kysely,
    );
    const more = await contenders(32);
    await sql`delete from off_platform`.execute(kysely);
    await fill(1);
    const { won, lost } = await outcomes(more.map(({ by, letter }) => issue(platform, by, letter)));
    expect(won).toBe(1);
    expect(lost).toHaveLength(31);
    mustBeTaken(lost);
    const after = await sql<{ id: string }>`select id from application where state = 'DEPT_PASSED'`.execute(
      kysely,
    );
    expect(after.rows.length).toBe(before.rows.length + 31);
  }, 240_000);

  it("is never given to a letter and to the register off the platform both", async () => {
    for (const turn of [0, 1, 2]) {
      await fill(1);
      const letters = await contenders(4);
      const { won, lost } = await outcomes([
        ...letters.map(({ by, letter }) => issue(platform, by, letter)),
        ...[0, 1, 2, 3].map((index) =>
          perform(platform, registerOffPlatform, crew.planner, {
            call: world.call,
            number: `同时-${turn}-${index}`,
            organization: world.organizations[index % 2 ? "hospital" : "university"].id,
            receivedOn: "2024-06-01",
          }),
        ),
      ]);
      expect(won).toBe(1);
      mustBeTaken(lost);
      expect((await places()).used).toBe(10);
    }
  }, 240_000);

  it("is one of several: as many win as there are places", async () => {
    await sql`delete from off_platform`.execute(world.platform.database.kysely);
    const { used, limit } = await places();
    const free = limit - used;
    expect(free).toBeGreaterThan(1);
    const letters = await contenders(free + 4);
    const { won, lost } = await outcomes(letters.map(({ by, letter }) => issue(platform, by, letter)));
    expect(won).toBe(free);
    mustBeTaken(lost);
    expect((await places()).used).toBe(10);
  }, 240_000);
});
