import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform } from "../../src/platform/action.ts";
import { Denied, Missing, type Refused, Stale, Taken } from "../../src/platform/errors.ts";
import { beginAcceptance } from "../../src/stages/acceptance/clock.ts";
import { declineApplication, returnApplication } from "../../src/stages/recommendation/initial.ts";
import { logPaper } from "../../src/stages/recommendation/paper.ts";
import { attachScan, changeBatch, prepareBatch } from "../../src/stages/recommendation/prepare.ts";
import { recallLetter, withdrawRecommended } from "../../src/stages/recommendation/recall.ts";
import { registerOffPlatform, withdrawOffPlatform } from "../../src/stages/recommendation/off-platform.ts";
import { rowOf, scan } from "../endorsement/filed.ts";
import { openWorld, type World } from "../world/world.ts";
import { type Crew, creditOf, crewOf, endorsed, issue, pass, passed, ready, refusal } from "./ahead.ts";

let world: World;
let crew: Crew;
beforeAll(async () => {
  world = await openWorld();
  crew = await crewOf(world);
});
afterAll(() => world?.close());

const on = async (application: string) => ({
  application,
  version: (await rowOf(world, application)).version,
});

describe("initial review", () => {
  it("does not pass before the credit of the unit was looked up, nor with a record, and says by which clause", async () => {
    const { id } = await endorsed(world, crew);
    const reviewer = crew.reviewers.education;
    const unchecked = await refusal<Refused>(pass(world, reviewer, id));
    expect(unchecked.findings.map((one) => [one.rule, one.clause])).toEqual([["credit-check", "G4.16b"]]);
    await creditOf(world, crew, "university", "RECORD");
    expect((await refusal<Refused>(pass(world, reviewer, id))).findings[0]?.message.zh).toContain("行政处罚");
    await creditOf(world, crew);
    expect((await pass(world, reviewer, id)).state).toBe("DEPT_PASSED");
  });

  it("is not there for another department, and declining is for another person than the reviewer", async () => {
    const { id } = await endorsed(world, crew);
    expect(await refusal(pass(world, crew.reviewers.health, id))).toBeInstanceOf(Missing);
    const decline = { ...(await on(id)), reasons: [{ code: "R14", fact: "内容属于软件产品开发。" }] };
    expect(
      await refusal(perform(world.platform, declineApplication, crew.reviewers.education, decline)),
    ).toBeInstanceOf(Denied);
    const done = await perform(world.platform, declineApplication, crew.approvers.education, decline);
    expect(done.state).toBe("DEPT_REJECTED");
  });

  it("returns until 24:00 of the last day to recommend, and not one millisecond later", async () => {
    const [early, late] = [await endorsed(world, crew), await endorsed(world, crew)];
    const input = async (id: string) => ({ ...(await on(id)), reason: "请补充合作单位分工。" });
    await world.at("2024-07-05T23:59:50+08:00");
    const done = await perform(
      world.platform,
      returnApplication,
      crew.reviewers.education,
      await input(early.id),
    );
    expect(done.state).toBe("RETURNED_TO_PI");
    await world.at("2024-07-06T00:00:00+08:00");
    const closed = await refusal<Refused>(
      perform(world.platform, returnApplication, crew.reviewers.education, await input(late.id)),
    );
    expect(closed.findings[0]?.clause).toBe("G7.1b");
    await world.at("2024-06-10T09:00:00+08:00");
  });
});

describe("a letter", () => {
  it("takes both scans, and those of the very list: a change makes them void", async () => {
    const by = crew.approvers.education;
    const applications = [await passed(world, crew), await passed(world, crew)];
    const { batch } = await perform(world.platform, prepareBatch, by, { call: world.call, applications });
    const bare = await refusal<Refused>(issue(world.platform, by, { batch, version: 1 }));
    expect(bare.findings[0]?.rule).toBe("sealed-scans");
    for (const [index, kind] of (["SEALED_LETTER", "SEALED_LIST"] as const).entries())
      await perform(world.platform, attachScan, by, {
        batch,
        version: index + 1,
        kind,
        ...(await scan(world)),
      });
    const changed = await perform(world.platform, changeBatch, by, {
      batch,
      version: 3,
      applications: applications.toReversed(),
    });
    expect(changed.scansRemoved).toBe(2);
    expect(await refusal(issue(world.platform, by, { batch, version: 3 }))).toBeInstanceOf(Stale);
    expect(
      (await refusal<Refused>(issue(world.platform, by, { batch, version: changed.version }))).findings[0]
        ?.rule,
    ).toBe("sealed-scans");
    const lies = { filename: "推荐函.pdf", file: (await scan(world, "只是文字")).file };
    const refused = await refusal<Refused>(
      perform(world.platform, attachScan, by, {
        batch,
        version: changed.version,
        kind: "SEALED_LETTER",
        ...lies,
      }),
    );
    expect(refused.reason.zh).toContain("不是 PDF");
    expect(
      await refusal(perform(world.platform, prepareBatch, by, { call: world.call, applications })),
    ).toBeInstanceOf(Taken);
  });

  it("is not issued by somebody who passed one of its items", async () => {
    const both = await world.someone({
      roles: ["DEPT_REVIEWER", "DEPT_APPROVER"],
      organization: "education",
    });
    const one = await world.actorOf(both);
    const { id } = await endorsed(world, crew);
    await pass(world, one, id);
    const letter = await ready(world, one, [id, await passed(world, crew)]);
    expect(await refusal(issue(world.platform, one, letter))).toBeInstanceOf(Denied);
    expect((await issue(world.platform, crew.approvers.education, letter)).recommended).toBe(2);
    expect((await rowOf(world, id)).quota_group).toBe("DLU");
  });

  it("is issued in the last second, and refused with its clause after it", async () => {
    const by = crew.approvers.education;
    const [one, two] = [
      await ready(world, by, [await passed(world, crew)]),
      await ready(world, by, [await passed(world, crew)]),
    ];
    await world.at("2024-07-05T23:59:45+08:00");
    expect((await issue(world.platform, by, one)).state).toBe("ISSUED");
    await world.at("2024-07-06T00:00:00+08:00");
    expect((await refusal<Refused>(issue(world.platform, by, two))).findings[0]?.clause).toBe("G7.1b");
    await world.at("2024-06-10T09:00:00+08:00");
  });

  it("is recalled whole while nothing is decided: places are free, a new letter stands with the same list", async () => {
    const by = crew.approvers.education;
    const applications = [await passed(world, crew), await passed(world, crew)];
    const letter = await ready(world, by, applications);
    const done = await issue(world.platform, by, letter);
    await beginAcceptance(world.platform, applications[0] ?? "");
    const used = done.places[0]?.used ?? 0;
    const recall = { batch: letter.batch, version: done.version, reason: "清单次序有误" };
    expect(
      await refusal(perform(world.platform, recallLetter, crew.approvers.health, recall)),
    ).toBeInstanceOf(Missing);
    const recalled = await perform(world.platform, recallLetter, by, recall);
    for (const id of applications)
      expect(await rowOf(world, id)).toMatchObject({
        state: "DEPT_PASSED",
        quota_group: null,
        recommended_at: null,
      });
    const { rows } = await sql<{ application: string }>`
      select application from batch_item where batch = ${recalled.prepared} and living order by sequence`.execute(
      world.platform.database.kysely,
    );
    expect(rows.map((one) => one.application)).toEqual(applications);
    const again = await ready(world, by, [await passed(world, crew)]);
    expect((await issue(world.platform, by, again)).places[0]?.used).toBe(used - 1);
  });

  it("is not recalled once one of its items is decided; single ones are withdrawn on request, and free their place", async () => {
    await sql`delete from off_platform`.execute(world.platform.database.kysely);
    const by = crew.approvers.education;
    const id = await passed(world, crew);
    const letter = await ready(world, by, [id]);
    const done = await issue(world.platform, by, letter);
    await sql`update application set corrected = true where id = ${id}`.execute(
      world.platform.database.kysely,
    );
    const input = { batch: letter.batch, version: done.version, reason: "重新排序" };
    expect((await refusal<Refused>(perform(world.platform, recallLetter, by, input))).reason.zh).toContain(
      "不能再撤回",
    );
    const withdraw = { ...(await on(id)), reason: "团队变动" };
    expect(
      (await refusal<Refused>(perform(world.platform, withdrawRecommended, by, withdraw))).reason.zh,
    ).toContain("来函");
    const gone = await perform(world.platform, withdrawRecommended, by, {
      ...withdraw,
      unitRequest: "示例函 3 号",
    });
    expect(gone.state).toBe("WITHDRAWN");
    const paper = await perform(world.platform, logPaper, crew.planner, {
      batch: letter.batch,
      version: done.version,
      receivedOn: "2024-06-10",
      channel: "专人送达",
    });
    expect(paper.late).toBe(false);
  });
});

describe("the register off the platform", () => {
  it("takes a place of a unit that stands alone, refuses the third, and gives it back", async () => {
    const register = (number: string) =>
      perform(world.platform, registerOffPlatform, crew.planner, {
        call: world.call,
        number,
        organization: world.organizations.institute.id,
        receivedOn: "2024-06-01",
      });
    const one = await register("密-1");
    expect(await refusal(register("密-1"))).toBeInstanceOf(Taken);
    expect(await register("密-2")).toMatchObject({ used: 2, limit: 2 });
    const full = await refusal<Taken>(register("密-3"));
    expect(full.findings.map((found) => found.clause)).toEqual(["G4.4e"]);
    await perform(world.platform, withdrawOffPlatform, crew.planner, {
      offPlatform: one.offPlatform,
      reason: "撤回申报",
    });
    expect(await register("密-3")).toMatchObject({ used: 2 });
  });
});
