import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../src/core/permission/permission.ts";
import { perform } from "../../src/platform/action.ts";
import { instantText, jsonText } from "../../src/platform/database/values.ts";
import { Denied, Invalid, Refused } from "../../src/platform/errors.ts";
import { submitApplication } from "../../src/stages/application/actions.ts";
import { saveDraft } from "../../src/stages/application/save.ts";
import { resubmitCorrection } from "../../src/stages/endorsement/correction.ts";
import { reject, returnToInvestigator, withdraw, withdrawLate } from "../../src/stages/endorsement/decide.ts";
import { rank, remind, setInternalDeadline } from "../../src/stages/endorsement/unit.ts";
import { openWorld, type World } from "../world/world.ts";
import { approved, filed, mailTo, rowOf, sealed } from "./filed.ts";

const early = "2024-06-10T09:00:00+08:00";
let world: World;
let admin: Actor;
beforeAll(async () => {
  world = await openWorld({ at: early });
  admin = await world.actorOf(await world.someone({ roles: ["ORG_ADMIN"] }));
});
afterAll(() => world.close());

const on = async (id: string, over: object) => ({
  application: id,
  version: (await rowOf(world, id)).version,
  ...over,
});
const decisionOf = (id: string, action: string) =>
  world.platform.database.kysely
    .selectFrom("decision")
    .selectAll()
    .where("application", "=", id)
    .where("action", "=", action)
    .executeTakeFirstOrThrow();

describe("returning", () => {
  it("keeps the version, frees the place, and its marks and reason reach the investigator", async () => {
    const { id, pi, account } = await filed(world);
    const marks = [{ field: "sections.route", text: "第二步没有写清样本来源" }];
    const done = await perform(
      world.platform,
      returnToInvestigator,
      admin,
      await on(id, { reason: "技术路线需要补充", marks }),
    );
    expect(done.state).toBe("RETURNED_TO_PI");
    const decision = await decisionOf(id, "endorsement.return");
    expect([decision.reason, decision.marks, decision.version]).toEqual(["技术路线需要补充", marks, 1]);
    const told = (await mailTo(world, account)).find((one) => one.template === "returned");
    expect(told?.facts["reason"]).toBe("技术路线需要补充");
    expect(told?.link).toBe(`/applications/${id}`);
    // The investigator may submit once more: the place of the one standing application was free.
    const again = await perform(world.platform, submitApplication, pi, await on(id, { draftVersion: 2 }));
    expect(again.state).toBe("ORG_REVIEW");
  });

  it("wants a reason, and marks at places of the form", async () => {
    const { id } = await filed(world);
    await expect(
      perform(world.platform, returnToInvestigator, admin, await on(id, { reason: "  " })),
    ).rejects.toThrow(Invalid);
    await expect(
      perform(
        world.platform,
        returnToInvestigator,
        admin,
        await on(id, { reason: "改", marks: [{ field: "<b>", text: "x" }] }),
      ),
    ).rejects.toThrow(Invalid);
  });
});

describe("declining and withdrawing", () => {
  it("declines for good, with the reason", async () => {
    const { id, account } = await filed(world);
    const done = await perform(world.platform, reject, admin, await on(id, { reason: "与单位规划不符" }));
    expect(done.state).toBe("ORG_REJECTED");
    expect((await mailTo(world, account)).map((one) => one.template)).toContain("rejectedByUnit");
    await expect(
      perform(world.platform, returnToInvestigator, admin, await on(id, { reason: "再改" })),
    ).rejects.toThrow(Refused);
  });

  it("is not done to one's own application, except to withdraw it", async () => {
    const both = await world.someone({ roles: ["PI", "ORG_ADMIN"] });
    const { id } = await filed(world, { who: both });
    const self = await world.actorOf(both);
    const input = await on(id, { reason: "自审" });
    await expect(perform(world.platform, returnToInvestigator, self, input)).rejects.toThrow(Denied);
    await expect(perform(world.platform, reject, self, input)).rejects.toThrow(Denied);
    const done = await perform(world.platform, withdraw, self, await on(id, { reason: "不再申报" }));
    expect(done.state).toBe("WITHDRAWN");
  });

  it("withdraws before the recommendation by one act and after acceptance by another", async () => {
    const { id } = await filed(world);
    await expect(perform(world.platform, withdrawLate, admin, await on(id, { reason: "x" }))).rejects.toThrow(
      Refused,
    );
    await world.platform.database.kysely
      .updateTable("application")
      .set({ state: "ACCEPTED" })
      .where("id", "=", id)
      .execute();
    await expect(perform(world.platform, withdraw, admin, await on(id, { reason: "x" }))).rejects.toThrow(
      Refused,
    );
    const done = await perform(
      world.platform,
      withdrawLate,
      admin,
      await on(id, { reason: "负责人调离本单位" }),
    );
    expect(done.state).toBe("WITHDRAWN");
  });
});

describe("a correction", () => {
  const opened = async (fields: readonly string[]) => {
    const one = await filed(world);
    await sealed(world, admin, one.id);
    await world.platform.database.kysely
      .updateTable("application")
      .set({
        state: "CORRECTION",
        endorsed_at: instantText(Date.parse(early)),
        correction_due_at: instantText(Date.parse("2024-07-12T00:00:00+08:00")),
        correction_fields: jsonText(fields),
      })
      .where("id", "=", one.id)
      .execute();
    return one;
  };
  const resubmit = async (id: string, draftVersion: number) =>
    perform(
      world.platform,
      resubmitCorrection,
      admin,
      await on(id, { draftVersion, commitment: true as const }),
    );

  it("freezes a new version with the unit's commitment to it", async () => {
    const { id, pi } = await opened(["titleEn", "sections.route"]);
    await saveDraft(world.platform, pi, { application: id, version: 2, changes: { titleEn: "Interfaces" } });
    await world.at("2024-07-11T23:59:58+08:00");
    const done = await resubmit(id, 3);
    expect([done.state, done.detail?.version, done.detail?.changed]).toEqual(["ACCEPTANCE", 2, ["titleEn"]]);
    const row = await rowOf(world, id);
    expect([row.frozen_version, row.corrected]).toEqual([2, true]);
    const committed = await world.platform.database.kysely
      .selectFrom("confirmation")
      .select(["version", "hash"])
      .where("application", "=", id)
      .where("kind", "=", "ORGANIZATION_COMMITMENT")
      .orderBy("version")
      .execute();
    expect(committed.map((one) => one.version)).toEqual([1, 2]);
    expect(committed[1]?.hash).toBe(done.detail?.hash);
    // The stamped pages of the corrected version follow.
    await sealed(world, admin, id, 2);
    await world.at(early);
  });

  it("is refused at its due instant, over a newer draft, and where closed fields differ", async () => {
    const { id, pi } = await opened(["titleEn"]);
    await expect(
      saveDraft(world.platform, pi, { application: id, version: 2, changes: { title: "另一个题目" } }),
    ).rejects.toThrow(Refused);
    await saveDraft(world.platform, pi, { application: id, version: 2, changes: { titleEn: "Interfaces" } });
    await expect(resubmit(id, 2)).rejects.toThrow(/saved again/);
    await world.at("2024-07-12T00:00:00+08:00");
    await expect(resubmit(id, 3)).rejects.toThrow(/has passed/);
    await world.at(early);
    // Whatever wrote the draft: the frozen version is what counts.
    await world.platform.database.kysely
      .updateTable("application")
      .set({ correction_fields: jsonText(["abstract"]) })
      .where("id", "=", id)
      .execute();
    await expect(resubmit(id, 3)).rejects.toThrow(/titleEn/);
  });
});

describe("what a unit arranges", () => {
  const unit = () => ({ call: world.call, organization: world.organizations.company.id });

  it("keeps the order of its candidates, and refuses a list that is out of date", async () => {
    const theirs = await world.actorOf(
      await world.someone({ roles: ["ORG_ADMIN"], organization: "institute" }),
    );
    const ids = [];
    for (let index = 0; index < 3; index += 1)
      ids.push((await filed(world, { organization: "institute" })).id);
    const input = {
      call: world.call,
      organization: world.organizations.institute.id,
      category: "APPLIED_BASIC",
    };
    const order = ids.toReversed();
    await perform(world.platform, rank, theirs, { ...input, order });
    expect(await Promise.all(order.map(async (id) => (await rowOf(world, id)).rank))).toEqual([1, 2, 3]);
    await expect(perform(world.platform, rank, theirs, { ...input, order: order.slice(1) })).rejects.toThrow(
      Refused,
    );
    await expect(perform(world.platform, rank, admin, { ...input, order })).rejects.toThrow(Denied);
    await perform(
      world.platform,
      returnToInvestigator,
      theirs,
      await on(order[0] ?? "", { reason: "补充材料" }),
    );
    expect((await rowOf(world, order[0] ?? "")).rank).toBeNull();
  });

  it("sets its own date up to the call's, and takes it away", async () => {
    const theirs = await world.actorOf(
      await world.someone({ roles: ["ORG_ADMIN"], organization: "company" }),
    );
    const set = (closesOn: string | null, closesAt?: string) =>
      perform(world.platform, setInternalDeadline, theirs, {
        ...unit(),
        closesOn,
        ...(closesAt === undefined ? {} : { closesAt }),
      });
    expect((await set("2024-06-25", "17:00")).closeAt).toBe(Date.parse("2024-06-25T17:00:00+08:00"));
    expect((await set("2024-06-30")).closeAt).toBe(Date.parse("2024-07-01T00:00:00+08:00"));
    await expect(set("2024-07-01", "00:01")).rejects.toThrow(Refused);
    await expect(set("2024-06-09")).rejects.toThrow(Refused);
    await expect(set("2024-02-30")).rejects.toThrow(Invalid);
    expect((await set(null)).closeAt).toBeNull();
    await expect(
      perform(world.platform, setInternalDeadline, admin, { ...unit(), closesOn: "2024-06-25" }),
    ).rejects.toThrow(Denied);
  });

  it("reminds those who have not submitted, once a day", async () => {
    const theirs = await world.actorOf(
      await world.someone({ roles: ["ORG_ADMIN"], organization: "company" }),
    );
    const { createApplication } = await import("../../src/stages/application/actions.ts");
    const late = await world.someone({ roles: ["PI"], organization: "company" });
    await perform(world.platform, createApplication, await world.actorOf(late), { call: world.call });
    expect((await perform(world.platform, remind, theirs, unit())).reminded).toBe(1);
    expect((await mailTo(world, late.account)).map((one) => one.template)).toEqual(["remindToSubmit"]);
    await expect(perform(world.platform, remind, theirs, unit())).rejects.toThrow(Refused);
    await world.at("2024-06-12T09:00:00+08:00");
    expect((await perform(world.platform, remind, theirs, unit())).reminded).toBe(1);
    await world.at(early);
  });
});

it("leaves the place of a declined application to another of the same investigator", async () => {
  const who = await world.someone({ roles: ["PI"] });
  const first = await filed(world, { who });
  await perform(world.platform, reject, admin, await on(first.id, { reason: "另报一项" }));
  const second = await filed(world, { who });
  await sealed(world, admin, second.id);
  expect((await approved(world, admin, second.id)).state).toBe("DEPT_REVIEW");
});
