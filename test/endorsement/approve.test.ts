import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../src/core/permission/permission.ts";
import { perform } from "../../src/platform/action.ts";
import { Denied, Missing, Refused, Stale } from "../../src/platform/errors.ts";
import { approve } from "../../src/stages/endorsement/approve.ts";
import { confirmBudget, confirmSecrecy } from "../../src/stages/endorsement/confirm.ts";
import { seal } from "../../src/stages/endorsement/seal.ts";
import { setInternalDeadline } from "../../src/stages/endorsement/unit.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { approved, checklist, codeOf, filed, mailTo, rowOf, scan, sealed } from "./filed.ts";

const early = "2024-06-10T09:00:00+08:00";
let world: World;
let admin: Actor;
let keeper: Actor;
let reviewer: Someone;
beforeAll(async () => {
  world = await openWorld({ at: early });
  admin = await world.actorOf(await world.someone({ roles: ["ORG_ADMIN"] }));
  keeper = await world.actorOf(await world.someone({ roles: ["ORG_SEAL"] }));
  reviewer = await world.someone({ roles: ["DEPT_REVIEWER"], organization: "education" });
});
afterAll(() => world.close());

const refusal = async (promise: Promise<unknown>): Promise<Refused> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Refused);
  return error as Refused;
};

describe("approving", () => {
  it("sends it on with a receipt number, and tells the department and the investigator", async () => {
    const { id, account } = await filed(world);
    await sealed(world, keeper, id);
    const done = await approved(world, admin, id);
    expect(done.state).toBe("DEPT_REVIEW");
    expect(done.detail?.receiptNumber).toMatch(/^2024-S\d{5}$/);
    const row = await rowOf(world, id);
    expect(row.receipt_number).toBe(done.detail?.receiptNumber);
    expect(row.endorsed_at).not.toBeNull();
    const told = await mailTo(world, account);
    expect(told.find((one) => one.template === "endorsedToYou")?.facts["receipt"]).toBe(row.receipt_number);
    expect((await mailTo(world, reviewer.account)).map((one) => one.link)).toContain(`/department/${id}`);
  });

  it("waits for the seal, names who can do it and the clause", async () => {
    const { id } = await filed(world);
    const { findings } = await refusal(approved(world, admin, id));
    expect(findings.map((one) => one.rule)).toEqual(["SEAL"]);
    expect(findings[0]?.clause).toBe("G6.2c");
    expect(findings[0]?.message.zh).toContain("请 ");
    expect((await rowOf(world, id)).state).toBe("ORG_REVIEW");
  });

  it("wants every point of the checklist", async () => {
    const { id } = await filed(world);
    await sealed(world, keeper, id);
    const most = checklist(world).slice(1);
    const { findings } = await refusal(approved(world, admin, id, { checklist: most }));
    expect(findings.map((one) => one.rule)).toEqual([`checklist.${checklist(world)[0]}`]);
    expect(findings[0]?.clause).toBe("G4.13a");
  });

  it("runs to the last second of the call and not one further; the institution's own date stops nobody", async () => {
    const [{ id: last }, { id: late }] = [await filed(world), await filed(world)];
    await sealed(world, keeper, last);
    await sealed(world, keeper, late);
    await perform(world.platform, setInternalDeadline, admin, {
      call: world.call,
      organization: world.organizations.university.id,
      closesOn: "2024-06-25",
      closesAt: "17:00",
    });
    await world.at("2024-06-30T23:59:58+08:00");
    expect((await approved(world, admin, last)).state).toBe("DEPT_REVIEW");
    await world.at("2024-07-01T00:00:00+08:00");
    const { reason } = await refusal(approved(world, admin, late));
    expect(reason.zh).toContain("网上申报的时间已过");
    await world.at(early);
  });

  it("gives what came back from the department the department's time", async () => {
    const { id } = await filed(world);
    await sealed(world, keeper, id);
    await world.platform.database.kysely
      .updateTable("application")
      .set({ endorsed_at: sql<string>`platform_now()` })
      .where("id", "=", id)
      .execute();
    await world.at("2024-07-05T23:59:58+08:00");
    expect((await approved(world, admin, id)).state).toBe("DEPT_REVIEW");
    await world.at(early);
  });

  it("waits for finance and secrecy only where the unit has such officers, and says why they did not agree", async () => {
    const finance = await world.actorOf(
      await world.someone({ roles: ["ORG_FINANCE"], organization: "institute" }),
    );
    const secrecy = await world.actorOf(
      await world.someone({ roles: ["ORG_SECRECY"], organization: "institute" }),
    );
    const theirs = await world.actorOf(
      await world.someone({ roles: ["ORG_ADMIN"], organization: "institute" }),
    );
    const { id } = await filed(world, { organization: "institute" });
    await sealed(world, theirs, id);
    const { findings } = await refusal(approved(world, theirs, id));
    expect(findings.map((one) => one.rule)).toEqual(["BUDGET", "SECRECY"]);
    const input = { application: id, version: (await rowOf(world, id)).version };
    await refusal(perform(world.platform, confirmBudget, finance, { ...input, agreed: false }));
    await perform(world.platform, confirmBudget, finance, { ...input, agreed: false, remark: "设备费过高" });
    await perform(world.platform, confirmSecrecy, secrecy, { ...input, agreed: true });
    const again = await refusal(approved(world, theirs, id));
    expect(again.findings.map((one) => one.message.zh).join()).toContain("设备费过高");
    await perform(world.platform, confirmBudget, finance, { ...input, agreed: true });
    expect((await approved(world, theirs, id)).state).toBe("DEPT_REVIEW");
    await expect(perform(world.platform, confirmBudget, theirs, { ...input, agreed: true })).rejects.toThrow(
      Denied,
    );
  });

  it("is not for the investigator, not for another unit, not over an old version", async () => {
    const both = await world.someone({ roles: ["PI", "ORG_ADMIN", "ORG_SEAL"] });
    const { id } = await filed(world, { who: both });
    const self = await world.actorOf(both);
    await expect(approved(world, self, id)).rejects.toThrow(Denied);
    await expect(sealed(world, self, id)).rejects.toThrow(Denied);
    const stranger = await world.actorOf(
      await world.someone({ roles: ["ORG_ADMIN"], organization: "company" }),
    );
    await expect(approved(world, stranger, id)).rejects.toThrow(Missing);
    await sealed(world, keeper, id);
    await expect(approved(world, admin, id, { version: 1 })).rejects.toThrow(Stale);
    expect((await approved(world, admin, id)).state).toBe("DEPT_REVIEW");
  });
});

describe("the quota", () => {
  it("warns beyond the places of the whole group, and lets a stated decision through", async () => {
    const small = await openWorld({ at: early });
    const own = await small.actorOf(await small.someone({ roles: ["ORG_ADMIN"] }));
    const theirs = await small.actorOf(
      await small.someone({ roles: ["ORG_ADMIN"], organization: "hospital" }),
    );
    const ids: string[] = [];
    for (let index = 0; index < 11; index += 1) ids.push((await filed(small)).id);
    // Places are pooled: what the hospital has sent counts for the university.
    const elsewhere = await small.platform.database.kysely
      .updateTable("application")
      .set({ lead_organization: small.organizations.hospital.id })
      .where("id", "=", ids[0] ?? "")
      .execute();
    expect(elsewhere).toHaveLength(1);
    await sealed(small, theirs, ids[0] ?? "");
    await approved(small, theirs, ids[0] ?? "");
    for (const id of ids.slice(1)) await sealed(small, own, id);
    for (const id of ids.slice(1, 10)) await approved(small, own, id);
    const last = ids[10] ?? "";
    const { reason, findings } = await refusal(approved(small, own, last));
    expect(reason.zh).toContain("11 / 10");
    expect(findings[0]?.clause).toBe("G4.4c");
    const done = await approved(small, own, last, { overQuota: true });
    expect(done.detail?.overQuota).toBe(true);
    await small.close();
  });
});

describe("the seal", () => {
  const sealing = async (id: string, over: object) =>
    perform(world.platform, seal, keeper, {
      application: id,
      version: (await rowOf(world, id)).version,
      code: await codeOf(world, id),
      commitment: true,
      ...(await scan(world)),
      ...over,
    });

  it("compares the typed code, forgiving spaces and small letters", async () => {
    const { id } = await filed(world);
    const code = await codeOf(world, id);
    const { reason, findings } = await refusal(sealing(id, { code: "AAAA-BBBB-CCCC" }));
    expect(reason.zh).toContain("版本码与这项申报不符");
    expect(findings[0]?.message.zh).toContain(code);
    await sealing(id, { code: ` ${code.toLowerCase().replaceAll("-", " ")} ` });
    const rows = await world.platform.database.kysely
      .selectFrom("confirmation")
      .select(["kind", "version", "hash"])
      .where("application", "=", id)
      .where("party", "=", world.organizations.university.id)
      .orderBy("kind")
      .execute();
    expect(rows.map((one) => [one.kind, one.version])).toEqual([
      ["ORGANIZATION_COMMITMENT", 1],
      ["SEAL", 1],
    ]);
    expect(rows[0]?.hash).toHaveLength(64);
  });

  it("names a stale code by its version", async () => {
    const { id, pi } = await filed(world);
    const { returnToInvestigator } = await import("../../src/stages/endorsement/decide.ts");
    const { submitApplication } = await import("../../src/stages/application/actions.ts");
    const { saveDraft } = await import("../../src/stages/application/save.ts");
    await sealing(id, {});
    const back = await perform(world.platform, returnToInvestigator, admin, {
      application: id,
      version: (await rowOf(world, id)).version,
      reason: "题目需要改",
    });
    await saveDraft(world.platform, pi, {
      application: id,
      version: 2,
      changes: { titleEn: "Interfaces" },
    });
    await perform(world.platform, submitApplication, pi, {
      application: id,
      version: back.version,
      draftVersion: 3,
    });
    // The old seal is bound to the old version.
    expect((await refusal(approved(world, admin, id))).findings.map((one) => one.rule)).toEqual(["SEAL"]);
    const { reason } = await refusal(sealing(id, {}));
    expect(reason.zh).toBe("盖章件是第 1 版的，现在的申报书是第 2 版。");
    await sealed(world, keeper, id, 2);
    expect((await approved(world, admin, id)).state).toBe("DEPT_REVIEW");
  });

  it("judges the scan by its content and wants the commitment", async () => {
    const { id } = await filed(world);
    const { reason } = await refusal(sealing(id, await scan(world, "MZ not a scan")));
    expect(reason.zh).toContain("只改文件名不起作用");
    await expect(sealing(id, { commitment: false })).rejects.toThrow(/commitment/);
  });
});

it("is one act however often the same key is sent", async () => {
  const { id } = await filed(world);
  await sealed(world, keeper, id);
  const input = { application: id, version: (await rowOf(world, id)).version, checklist: checklist(world) };
  const first = await perform(world.platform, approve, admin, input, { key: "twice" });
  expect(await perform(world.platform, approve, admin, input, { key: "twice" })).toEqual(first);
});
