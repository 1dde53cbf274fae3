import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform } from "../../src/platform/action.ts";
import { callById } from "../../src/platform/calls.ts";
import { Denied, Invalid, Stale } from "../../src/platform/errors.ts";
import { createApplication } from "../../src/stages/application/actions.ts";
import { extendCall } from "../../src/stages/call/actions.ts";
import { openWorld, type World } from "../world/world.ts";
import { refusal } from "./people.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe("an extension", () => {
  it("moves every later deadline, tells who has a draft begun before, and keeps others out", async () => {
    const early = await world.someone({ roles: ["PI"] });
    const late = await world.someone({ roles: ["PI"] });
    await perform(world.platform, createApplication, await world.actorOf(early), { call: world.call });
    await world.at("2024-06-30T18:00:00+08:00");
    await perform(world.platform, createApplication, await world.actorOf(late), { call: world.call });
    await world.at("2024-06-30T19:00:00+08:00");
    const planning = await world.actorOf(
      await world.someone({ organization: "bureau", roles: ["PLANNING_OFFICER"] }),
    );
    const input = {
      call: world.call,
      version: 1,
      applyCloseOn: "2024-07-02",
      recommendCloseOn: "2024-07-09",
      acceptCloseOn: "2024-07-09",
      begunBefore: "2024-06-30T17:00:00+08:00",
      reason: "平台 6 月 30 日中断两小时",
    };
    expect(
      await refusal(perform(world.platform, extendCall, await world.actorOf(early), input)),
    ).toBeInstanceOf(Denied);
    const places = async (wrong: Record<string, unknown>) =>
      (
        (await refusal(perform(world.platform, extendCall, planning, { ...input, ...wrong }))) as Invalid
      ).faults.map(({ place }) => place);
    expect(await places({ applyCloseOn: "2024-06-29" })).toEqual(["applyCloseOn"]);
    expect(await places({ applyCloseOn: "2024-07-10" })).toEqual(["recommendCloseOn"]);
    expect(await places({ recommendCloseOn: "2024-02-30" })).toEqual(["recommendCloseOn"]);
    expect(await places({ begunBefore: "2024-07-01T00:00:00+08:00" })).toEqual(["begunBefore"]);
    expect(await places({ reason: " " })).toEqual(["reason"]);
    expect(
      await places({
        applyCloseOn: "2024-06-30",
        recommendCloseOn: "2024-07-05",
        acceptCloseOn: "2024-07-05",
      }),
    ).toEqual(["applyCloseOn"]);
    const { told } = await perform(world.platform, extendCall, planning, input);
    expect(told).toBe(1);
    const mail = await world.platform.database.kysely
      .selectFrom("mail")
      .select(["account", "template"])
      .where("template", "=", "callExtended")
      .execute();
    expect(mail).toEqual([{ account: early.account, template: "callExtended" }]);
    const call = await callById(world.platform, world.platform.database.kysely, world.call);
    expect(call.applyClosesAt).toBe(Date.parse("2024-07-03T00:00:00+08:00"));
    expect(call.begunBefore).toBe(Date.parse("2024-06-30T17:00:00+08:00"));
    expect(await refusal(perform(world.platform, extendCall, planning, input))).toBeInstanceOf(Stale);
    // Nobody begins anew after that instant.
    const other = await world.actorOf(await world.someone({ roles: ["PI"] }));
    expect(
      await refusal(perform(world.platform, createApplication, other, { call: world.call })),
    ).toHaveProperty("name", "Refused");
  });
});
