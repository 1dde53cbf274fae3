import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../src/core/permission/permission.ts";
import { perform } from "../../src/platform/action.ts";
import { jsonText } from "../../src/platform/database/values.ts";
import { Denied, type Refused } from "../../src/platform/errors.ts";
import {
  acceptApplication,
  refuseApplication,
  requestCorrection,
} from "../../src/stages/acceptance/actions.ts";
import { advise } from "../../src/stages/acceptance/advise.ts";
import { openWorld, type World } from "../world/world.ts";
import { atTheDesk, recommended, rowOf, versionOf } from "./forward.ts";

let world: World;
let officer: Actor;
beforeAll(async () => {
  world = await openWorld();
  officer = await world.actorOf(
    await world.someone({ roles: ["ACCEPTANCE_OFFICER"], organization: "bureau" }),
  );
});
afterAll(() => world.close());

const refusal = (promise: Promise<unknown>): Promise<Refused> =>
  promise.then(
    () => {
      throw new Error("it was not refused");
    },
    (error: unknown) => error as Refused,
  );
const accept = async (id: string, rest: object = {}) =>
  perform(world.platform, acceptApplication, officer, {
    application: id,
    version: await versionOf(world, id),
    ...rest,
  });

describe("accepting", () => {
  it("gives a number of the category's series, and tells the unit and the investigator", async () => {
    const admin = await world.someone({ roles: ["ORG_ADMIN"] });
    const one = await atTheDesk(world);
    const other = await atTheDesk(world);
    const first = await accept(one.id);
    const second = await accept(other.id);
    expect(first.detail?.number).toMatch(/^2024-AB-\d{4}$/);
    expect(Number(second.detail?.number.slice(-4))).toBe(Number(first.detail?.number.slice(-4)) + 1);
    const told = await world.platform.database.kysely
      .selectFrom("mail")
      .select("account")
      .where("application", "=", one.id)
      .where("template", "=", "accepted")
      .execute();
    expect(told.map((row) => row.account).toSorted()).toEqual([admin.account, one.who.account].toSorted());
    expect((await rowOf(world, one.id)).decided_at).not.toBeNull();
  });

  it("is about the frozen version, whatever the draft says now", async () => {
    const one = await atTheDesk(world);
    await sql`update draft set content = content || '{"requestedGrant": 99000000000}'::jsonb where application = ${one.id}`.execute(
      world.platform.database.kysely,
    );
    expect((await accept(one.id)).state).toBe("ACCEPTED");
    const two = await atTheDesk(world);
    await sql`update application_version set content = content || '{"requestedGrant": 99000000000}'::jsonb
      where application = ${two.id}`.execute(world.platform.database.kysely);
    const refused = await refusal(accept(two.id));
    expect(refused.findings.map((ground) => ground.rule)).toContain("grant-ceiling");
    expect((await rowOf(world, two.id)).state).toBe("ACCEPTANCE");
  });

  it("is stopped by what a register learnt meanwhile", async () => {
    const one = await atTheDesk(world, { organization: "institute" });
    const { funder, database } = world.platform;
    const { id } = await database.kysely
      .insertInto("integrity_record")
      .values({
        funder,
        subject_kind: "ORGANIZATION",
        subject_uscc: world.organizations.institute.uscc,
        subject_name: "示例研究所",
        kind: "MISCONDUCT",
        decision_number: "示例 1 号",
        source: "示例",
        valid_from: "2024-01-01",
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const refused = await refusal(accept(one.id));
    expect(refused.findings.map((ground) => ground.clause)).toContain("G4.16a");
    await database.kysely.deleteFrom("integrity_record").where("id", "=", id).execute();
    expect((await accept(one.id)).state).toBe("ACCEPTED");
  });

  it("asks for a decision with a remark on each finding that a person decides", async () => {
    const declarations = {
      nonClassified: true,
      intellectualPropertyClear: true,
      ethics: ["HUMAN" as const],
      commitment: true,
    };
    const one = await atTheDesk(world, { content: { declarations } });
    const refused = await refusal(accept(one.id));
    const asked = refused.findings.filter((ground) => ground.severity === "confirm");
    expect(asked.map((ground) => ground.rule)).toEqual(["ethics-approval"]);
    await refusal(
      accept(one.id, { confirmations: asked.map(({ rule, path }) => ({ rule, path, remark: "  " })) }),
    );
    const done = await accept(one.id, {
      confirmations: asked.map(({ rule, path }) => ({ rule, path, remark: "理由充分。" })),
    });
    expect(done.state).toBe("ACCEPTED");
  });

  it("needs a letter that was in time", async () => {
    const one = await atTheDesk(world);
    await sql`update application set recommended_at = '2024-07-06T00:00:00+08:00' where id = ${one.id}`.execute(
      world.platform.database.kysely,
    );
    // The officer may decide after the windows have closed; what counts is when the letter was issued.
    await world.at("2024-07-08T10:00:00+08:00");
    expect((await refusal(accept(one.id))).reason.en).toContain("after the time to recommend");
    await sql`update application set recommended_at = '2024-07-05T23:59:59+08:00' where id = ${one.id}`.execute(
      world.platform.database.kysely,
    );
    expect((await accept(one.id)).state).toBe("ACCEPTED");
    await world.at("2024-06-10T09:00:00+08:00");
  });

  it("is not for the investigator who happens to be an officer", async () => {
    const one = await atTheDesk(world);
    const own: Actor = { ...officer, account: one.who.account };
    await expect(
      perform(world.platform, acceptApplication, own, {
        application: one.id,
        version: await versionOf(world, one.id),
      }),
    ).rejects.toBeInstanceOf(Denied);
  });

  it("waits until it has come to the desk", async () => {
    const one = await recommended(world);
    expect((await refusal(accept(one.id))).reason.zh).toContain("受理审查中");
  });
});

describe("asking for a correction", () => {
  const ask = async (id: string, defects: readonly object[]) =>
    perform(world.platform, requestCorrection, officer, {
      application: id,
      version: await versionOf(world, id),
      defects,
    });

  it("opens what it names, until so many working days later, and only once", async () => {
    const one = await atTheDesk(world);
    const done = await ask(one.id, [
      { code: "R16", fact: "协议缺外方签署页。", fields: ["attachments"] },
      { code: "R23", fact: "第二条指标没有写验证方法。", fields: ["indicators", "sections.results"] },
    ]);
    const row = await rowOf(world, one.id);
    expect(row.correction_fields).toEqual(["attachments", "indicators", "sections.results"]);
    // Monday 10 June, five working days: to the end of Monday 17 June.
    expect(done.detail?.due).toBe(Date.parse("2024-06-18T00:00:00+08:00"));
    await sql`update application set state = 'ACCEPTANCE' where id = ${one.id}`.execute(
      world.platform.database.kysely,
    );
    const again = await refusal(ask(one.id, [{ code: "R16", fact: "还缺。", fields: ["attachments"] }]));
    expect(again.reason.en).toContain("only once");
  });

  it("refuses codes that cannot be corrected, fields that cannot be opened, and facts left out", async () => {
    const one = await atTheDesk(world);
    const cannot = await refusal(ask(one.id, [{ code: "R07", fact: "超额。", fields: ["attachments"] }]));
    expect(cannot.reason.en).toContain("cannot be corrected");
    const closed = await refusal(ask(one.id, [{ code: "R13", fact: "超额。", fields: ["category"] }]));
    expect(closed.reason.en).toContain("category");
    await refusal(ask(one.id, [{ code: "R13", fact: " ", fields: ["budget"] }]));
    await refusal(ask(one.id, [{ code: "R13", fact: "超额。", fields: [] }]));
    await refusal(ask(one.id, []));
    await refusal(ask(one.id, [{ code: "R99", fact: "超额。", fields: ["budget"] }]));
    expect((await rowOf(world, one.id)).state).toBe("ACCEPTANCE");
  });
});

describe("refusing", () => {
  it("needs a code of the list and the fact, and opens the window of appeal", async () => {
    const one = await atTheDesk(world);
    const version = await versionOf(world, one.id);
    const refuse = (reasons: readonly object[]) =>
      perform(world.platform, refuseApplication, officer, { application: one.id, version, reasons });
    await refusal(refuse([]));
    await refusal(refuse([{ code: "R03", fact: "" }]));
    await refusal(refuse([{ code: "R99", fact: "不在本市。" }]));
    await refusal(
      refuse([
        { code: "R03", fact: "一" },
        { code: "R03", fact: "二" },
      ]),
    );
    const done = await refuse([{ code: "R03", fact: "登记地址不在本市。" }]);
    expect(done.state).toBe("NOT_ACCEPTED");
    expect(done.detail?.appealDue).toBe(Date.parse("2024-06-18T00:00:00+08:00"));
    const decision = await world.platform.database.kysely
      .selectFrom("decision")
      .select(["codes", "checklist"])
      .where("application", "=", one.id)
      .where("action", "=", "acceptance.refuse")
      .executeTakeFirstOrThrow();
    expect(decision.codes).toEqual(["R03"]);
    expect(decision.checklist).toEqual([{ id: "R03", met: false, remark: "登记地址不在本市。" }]);
  });
});

describe("the division", () => {
  it("leaves its opinion on its own applications only, and moves nothing", async () => {
    const one = await atTheDesk(world);
    const { division } = await rowOf(world, one.id);
    const theirs = await world.actorOf(
      await world.someone({
        roles: ["DIVISION_OFFICER"],
        organization: "bureau",
        division: division ?? "",
      }),
    );
    const others = await world.actorOf(
      await world.someone({ roles: ["DIVISION_OFFICER"], organization: "bureau", division: "ELSEWHERE" }),
    );
    const said = { application: one.id, fits: true, text: "内容与方向相符。" };
    await expect(perform(world.platform, advise, others, said)).rejects.toMatchObject({ name: "Missing" });
    await perform(world.platform, advise, theirs, said);
    expect((await rowOf(world, one.id)).state).toBe("ACCEPTANCE");
  });

  it("is the one that the pack names for category and field", async () => {
    const one = await atTheDesk(world);
    const programme = world.platform.policies[0]?.programme;
    const field = programme?.categories
      .find((category) => category.code === "APPLIED_BASIC")
      ?.fields.find((found) => found.code === "CLEAN_ENERGY");
    expect((await rowOf(world, one.id)).division).toBe(field?.division);
    expect(jsonText(field?.division)).not.toBe("null");
  });
});
