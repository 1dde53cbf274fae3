import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../src/core/permission/permission.ts";
import { perform } from "../../src/platform/action.ts";
import { Denied, Missing, Refused } from "../../src/platform/errors.ts";
import { refuseApplication } from "../../src/stages/acceptance/actions.ts";
import { decideAppeal, fileAppeal } from "../../src/stages/appeal/actions.ts";
import { atTheDesk, rowOf, versionOf } from "../acceptance/forward.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";

let world: World;
let admin: Actor;
let officer: Actor;
let judge: Actor;
let both: Someone;
beforeAll(async () => {
  world = await openWorld();
  admin = await world.actorOf(await world.someone({ roles: ["ORG_ADMIN"] }));
  both = await world.someone({ roles: ["ACCEPTANCE_OFFICER", "APPEAL_OFFICER"], organization: "bureau" });
  officer = await world.actorOf(both);
  judge = await world.actorOf(await world.someone({ roles: ["APPEAL_OFFICER"], organization: "bureau" }));
});
afterAll(() => world.close());

const refusedOne = async (by = officer, codes: readonly string[] = ["R03"]) => {
  await world.at("2024-06-10T09:00:00+08:00");
  const one = await atTheDesk(world);
  await perform(world.platform, refuseApplication, by, {
    application: one.id,
    version: await versionOf(world, one.id),
    reasons: codes.map((code) => ({ code, fact: "登记地址不在本市。" })),
  });
  return one.id;
};
const file = async (id: string, actor = admin) =>
  perform(world.platform, fileAppeal, actor, {
    application: id,
    version: await versionOf(world, id),
    grounds: "登记地址在本市，见营业执照。",
  });
const decide = async (id: string, outcome: "upheld" | "dismissed", actor = judge) =>
  perform(world.platform, decideAppeal, actor, {
    application: id,
    version: await versionOf(world, id),
    outcome,
    reason: "已核对登记地址。",
  });

describe("an appeal", () => {
  it("is filed by the unit until the last instant of the window, and not after it", async () => {
    const late = await refusedOne();
    const inTime = await refusedOne();
    await world.at("2024-06-17T23:59:57+08:00");
    expect((await file(inTime)).state).toBe("APPEAL");
    await world.at("2024-06-18T00:00:00+08:00");
    await expect(file(late)).rejects.toBeInstanceOf(Refused);
  });

  it("is filed by nobody else", async () => {
    const id = await refusedOne();
    const elsewhere = await world.actorOf(
      await world.someone({ roles: ["ORG_ADMIN"], organization: "hospital" }),
    );
    await expect(file(id, elsewhere)).rejects.toBeInstanceOf(Missing);
    await expect(file(id, officer)).rejects.toBeInstanceOf(Denied);
  });

  it("is decided by another person than the first decider, lent roles included", async () => {
    const id = await refusedOne();
    await file(id);
    await expect(decide(id, "upheld", officer)).rejects.toBeInstanceOf(Denied);
    const lent: Actor = { ...judge, grants: [{ ...judge.grants[0]!, delegatedBy: both.account }] };
    await expect(decide(id, "upheld", lent)).rejects.toBeInstanceOf(Denied);
    const done = await decide(id, "upheld");
    expect(done.state).toBe("ACCEPTED");
    expect(done.detail?.number).toMatch(/^2024-AB-\d{4}$/);
  });

  it("is not decided by who lent the role of the refusal", async () => {
    const substitute: Actor = {
      ...judge,
      grants: [{ ...officer.grants[0]!, delegatedBy: both.account }],
    };
    const third = await world.actorOf(
      await world.someone({ roles: ["ACCEPTANCE_OFFICER"], organization: "bureau" }),
    );
    const id = await refusedOne({ ...substitute, account: third.account });
    await file(id);
    await expect(decide(id, "upheld", officer)).rejects.toBeInstanceOf(Denied);
  });

  it("is final when it is dismissed", async () => {
    const id = await refusedOne();
    await file(id);
    expect((await decide(id, "dismissed")).state).toBe("NOT_ACCEPTED");
    await expect(file(id)).rejects.toBeInstanceOf(Refused);
    expect((await rowOf(world, id)).acceptance_number).toBeNull();
  });

  it("does not sweep aside what the refusal never spoke of", async () => {
    const id = await refusedOne();
    await file(id);
    await sql`update application_version set content = content || '{"requestedGrant": 99000000000}'::jsonb
      where application = ${id}`.execute(world.platform.database.kysely);
    await expect(decide(id, "upheld")).rejects.toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ rule: "grant-ceiling" })]),
    });
    expect((await rowOf(world, id)).state).toBe("APPEAL");
    const { rows } = await sql`select 1 from appeal where application = ${id} and outcome is null`.execute(
      world.platform.database.kysely,
    );
    expect(rows).toHaveLength(1);
  });
});
