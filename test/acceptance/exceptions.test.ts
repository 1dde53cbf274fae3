import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../src/core/permission/permission.ts";
import { perform } from "../../src/platform/action.ts";
import { Denied, Missing, Refused } from "../../src/platform/errors.ts";
import {
  confirmException,
  proposeException,
  refuseException,
} from "../../src/stages/acceptance/exceptions.ts";
import { submitApplication } from "../../src/stages/application/actions.ts";
import { requestException } from "../../src/stages/application/exception.ts";
import { openWorld, type World } from "../world/world.ts";
import { drafted } from "./forward.ts";

/** 一般: the period is three years, unless two persons of the bureau say otherwise. */

let world: World;
let planner: Actor;
let leader: Actor;
beforeAll(async () => {
  world = await openWorld();
  planner = await world.actorOf(await world.someone({ roles: ["PLANNING_OFFICER"], organization: "bureau" }));
  leader = await world.actorOf(await world.someone({ roles: ["BUREAU_LEADER"], organization: "bureau" }));
});
afterAll(() => world.close());

const tooLong = { content: { periodEnd: "2028-12-31" } };
const rule = "period-usual";
const asked = async () => {
  const draft = await drafted(world, tooLong);
  await perform(world.platform, requestException, draft.pi, {
    application: draft.id,
    rule,
    reason: "设备交付需要四年。",
  });
  return draft;
};
const propose = (actor: Actor, application: string) =>
  perform(world.platform, proposeException, actor, { application, rule, reason: "确有必要。" });

describe("an exception", () => {
  it("unblocks once one person proposed and another confirmed it", async () => {
    const draft = await asked();
    const submit = () =>
      perform(world.platform, submitApplication, draft.pi, {
        application: draft.id,
        version: 1,
        draftVersion: 2,
      });
    await expect(submit()).rejects.toBeInstanceOf(Refused);
    const { exception } = await propose(planner, draft.id);
    await expect(submit()).rejects.toBeInstanceOf(Refused);
    await perform(world.platform, confirmException, leader, { exception });
    expect((await submit()).state).toBe("ORG_REVIEW");
  });

  it("takes two persons, whatever roles one of them holds or lends", async () => {
    const both = await world.someone({
      roles: ["PLANNING_OFFICER", "BUREAU_LEADER"],
      organization: "bureau",
    });
    const one = await world.actorOf(both);
    const draft = await asked();
    const { exception } = await propose(one, draft.id);
    await expect(perform(world.platform, confirmException, one, { exception })).rejects.toBeInstanceOf(
      Denied,
    );
    const lent: Actor = {
      ...planner,
      grants: [{ ...leader.grants[0]!, delegatedBy: both.account }],
    };
    await expect(perform(world.platform, confirmException, lent, { exception })).rejects.toBeInstanceOf(
      Denied,
    );
    await perform(world.platform, confirmException, leader, { exception });
  });

  it("lent for the proposal is not confirmed by the lender", async () => {
    const draft = await asked();
    const substitute: Actor = {
      ...planner,
      grants: [{ ...planner.grants[0]!, delegatedBy: leader.account }],
    };
    const { exception } = await propose(substitute, draft.id);
    await expect(perform(world.platform, confirmException, leader, { exception })).rejects.toBeInstanceOf(
      Denied,
    );
  });

  it("is not confirmed before it was proposed, nor twice, nor after it was refused", async () => {
    const draft = await asked();
    const { id: exception } = await world.platform.database.kysely
      .selectFrom("exception")
      .select("id")
      .where("application", "=", draft.id)
      .executeTakeFirstOrThrow();
    const confirm = () => perform(world.platform, confirmException, leader, { exception });
    await expect(confirm()).rejects.toBeInstanceOf(Refused);
    await propose(planner, draft.id);
    await expect(propose(planner, draft.id)).rejects.toBeInstanceOf(Refused);
    await perform(world.platform, refuseException, leader, { exception, reason: "理由不充分。" });
    await expect(confirm()).rejects.toBeInstanceOf(Refused);
  });

  it("belongs to the division that answers for it, and is nowhere for the others", async () => {
    const officer = async (division: string) =>
      world.actorOf(await world.someone({ roles: ["DIVISION_OFFICER"], organization: "bureau", division }));
    const draft = await asked();
    const silent = await drafted(world, tooLong);
    const field = world.platform.policies[0]?.programme.categories
      .find((one) => one.code === "APPLIED_BASIC")
      ?.fields.find((one) => one.code === "CLEAN_ENERGY");
    const theirs = await officer(field?.division ?? "");
    await expect(propose(await officer("ELSEWHERE"), draft.id)).rejects.toBeInstanceOf(Denied);
    // Nobody asked for this one, and it is not filed: an officer does not even learn that it is there.
    await expect(propose(theirs, silent.id)).rejects.toBeInstanceOf(Missing);
    await propose(theirs, draft.id);
  });

  it("is there only where the guide leaves room for it", async () => {
    const draft = await asked();
    await expect(
      perform(world.platform, proposeException, planner, {
        application: draft.id,
        rule: "grant-ceiling",
        reason: "确有必要。",
      }),
    ).rejects.toBeInstanceOf(Missing);
  });
});
