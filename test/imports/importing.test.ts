import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../src/core/permission/permission.ts";
import { Denied, Invalid, Missing, Refused, Taken } from "../../src/platform/errors.ts";
import { forgetImports, handedOf, keptImport } from "../../src/stages/registration/import/store.ts";
import { sessionOf } from "../../src/stages/registration/sessions.ts";
import { signIn } from "../../src/stages/registration/sign-in.ts";
import { openField } from "../../src/platform/secrets.ts";
import { refusal } from "../registration/people.ts";
import { uscc } from "../world/numbers.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { rowsBook, workbook } from "./books.ts";
import { census, look, peopleHead, personRow, planAgain, residentNumber, run } from "./people.ts";

let world: World;
let university: string;
let administrator: Actor;
let stranger: Actor;
let planner: Actor;
let system: Actor;
let integrity: Actor;
let investigator: Someone;
beforeAll(async () => {
  world = await openWorld();
  university = world.organizations.university.id;
  investigator = await world.someone({ roles: ["PI", "MEMBER"] });
  const actor = async (
    role: "ORG_ADMIN" | "PLANNING_OFFICER" | "SYS_ADMIN" | "INTEGRITY_OFFICER",
    organization: "university" | "institute" | "bureau" = "bureau",
  ) => world.actorOf(await world.someone({ roles: [role], organization }));
  administrator = await actor("ORG_ADMIN", "university");
  stranger = await actor("ORG_ADMIN", "institute");
  planner = await actor("PLANNING_OFFICER");
  system = await actor("SYS_ADMIN");
  integrity = await actor("INTEGRITY_OFFICER");
});
afterAll(() => world.close());

const people = async (rows: readonly (readonly string[])[], head: readonly string[] = peopleHead) =>
  look(world, administrator, "people", await rowsBook([head, ...rows]), university);
const faultsOf = ({ plan }: Awaited<ReturnType<typeof people>>) =>
  plan.faults.map(({ row, column, reason }) => [row, column, reason.zh.slice(0, 12)]);
const db = () => world.platform.database.kysely;

describe("people", () => {
  it("are shown first and nothing is written; then all of them are registered at once", async () => {
    const before = await census(world);
    const looked = await people([personRow(1), personRow(2), personRow(3, { 7: "项目组成员" })]);
    expect(looked.plan.counts).toEqual({ ADD: 3, CHANGE: 0, SAME: 0 });
    expect(await census(world)).toEqual(before);
    expect(before.broken).toEqual([]);

    expect(await run(world, administrator, looked)).toMatchObject({ added: 3, changed: 0 });
    const after = await census(world);
    expect(after.broken).toEqual([]);
    expect(after.counts["person"]).toBe((before.counts["person"] ?? 0) + 3);
    // Two roles for an investigator, one for a member.
    expect(after.counts["role_grant"]).toBe((before.counts["role_grant"] ?? 0) + 5);
    expect(after.counts["ledger_entry"]).toBe((before.counts["ledger_entry"] ?? 0) + 1);
    const person = await db()
      .selectFrom("person")
      .selectAll()
      .where("email", "=", "p1@example.cn")
      .executeTakeFirstOrThrow();
    expect(person).toMatchObject({
      title_level: "ASSOCIATE_SENIOR",
      degree: "DOCTOR",
      organization: university,
    });
    expect(
      openField(world.platform.keys, person.identity_sealed, `person.identity_sealed:${person.id}`),
    ).toBe(residentNumber(1));
  });

  it("get a first password that opens nothing but its own change, for whoever imported them", async () => {
    const looked = await people([personRow(10)]);
    await run(world, administrator, looked);
    const kept = await keptImport(world.platform, db(), administrator, looked.id);
    const [handed] = await handedOf(world.platform, kept);
    expect(kept.reading).toBeNull();
    expect(handed?.identity).toMatch(/^\d{4}\*+/);
    const { token } = await signIn(world.platform, {
      account: handed?.login ?? "",
      password: handed?.password ?? "",
      address: "127.0.0.1",
    });
    const session = await sessionOf(world.platform, token);
    expect(session?.viewer.passwordDue).toBe(true);
    expect(session?.viewer.actor.grants).toEqual([]);
    const account = await db()
      .selectFrom("account")
      .select(["password_due", "standing"])
      .where("login", "=", handed?.login ?? "")
      .executeTakeFirstOrThrow();
    expect(account).toEqual({ password_due: true, standing: "ACTIVE" });
  });

  it("stand in any order of columns, below a title, with other words over them", async () => {
    const looked = await look(
      world,
      administrator,
      "people",
      await workbook((sheet) => {
        sheet.addRow(["示例理工大学人员名单"]);
        sheet.addRow([]);
        sheet.addRow(["备注", "手机号码", "身份证号（必填）", " 姓 名* ", "邮 箱", "职称"]);
        sheet.addRow(["x", 13_800_001_111, residentNumber(20), "人员甲", "p20@example.cn", "正高"]);
      }),
      university,
    );
    expect(looked.plan.faults).toEqual([]);
    expect(looked.plan.rows).toMatchObject([{ number: 4, act: "ADD", name: "人员甲" }]);
    expect(looked.plan.notes.map(({ zh }) => zh)).toEqual([expect.stringContaining("A 列“备注”")]);
  });

  it("are found by their number and changed only where something is filled in", async () => {
    await run(world, administrator, await people([personRow(30), personRow(31)]));
    const looked = await people([personRow(30, { 3: "", 4: "硕士" }), personRow(31)]);
    expect(looked.plan.counts).toEqual({ ADD: 0, CHANGE: 1, SAME: 1 });
    expect(looked.plan.rows[0]?.changes).toEqual([
      {
        title: { zh: "学位", en: "Degree" },
        before: { zh: "博士", en: "Doctor" },
        after: { zh: "硕士", en: "Master" },
      },
    ]);
    await run(world, administrator, looked);
    const person = await db()
      .selectFrom("person")
      .select(["title_level", "degree"])
      .where("email", "=", "p30@example.cn")
      .executeTakeFirstOrThrow();
    expect(person).toEqual({ title_level: "ASSOCIATE_SENIOR", degree: "MASTER" });
  });

  it("with faults are told cell by cell, and no row is written", async () => {
    const before = await census(world);
    const looked = await look(
      world,
      administrator,
      "people",
      await workbook((sheet) => {
        sheet.addRow(peopleHead);
        sheet.addRow(personRow(40, { 2: "110105194912310021" }));
        sheet.addRow(personRow(41, { 5: "没有" }));
        sheet.addRow(personRow(42));
        sheet.addRow(personRow(42));
        sheet.addRow(personRow(43));
        sheet.getCell("C6").value = 210_203_199_001_011_230;
        sheet.addRow(personRow(44));
        sheet.getCell("A7").value = { formula: '"人"&"员"', result: "人员" };
        sheet.addRow(personRow(45, { 3: "教授级" }));
        sheet.addRow(personRow(46));
        sheet.addRow(personRow(47));
        sheet.mergeCells("A9:A10");
        sheet.addRow(personRow(48, { 2: investigator.identityNo, 0: "别人" }));
      }),
      university,
    );
    expect(faultsOf(looked).map(([row, column]) => [row, column])).toEqual([
      [2, 3],
      [3, 6],
      [5, 3],
      [6, 3],
      [7, 1],
      [8, 4],
      [9, 1],
      [10, 1],
      [11, 1],
    ]);
    expect(await refusal(run(world, administrator, looked))).toBeInstanceOf(Refused);
    expect((await census(world)).counts).toEqual(before.counts);
  });

  it("of another institution are not told from those who may not be registered again", async () => {
    const other = await world.someone({ roles: [], organization: "institute" });
    const looked = await people([personRow(50, { 0: other.name, 2: other.identityNo })]);
    expect(looked.plan.faults.map(({ reason }) => reason.zh).join()).not.toContain("研究所");
    expect(looked.plan.faults).toHaveLength(1);
  });

  it("may not lack a column; a workbook without any head is told so", async () => {
    const error = await refusal(people([["人员甲", residentNumber(60)]], ["姓名", "证件号码"]));
    expect((error as Invalid).faults.map(({ reason }) => reason.zh)).toEqual([
      expect.stringContaining("电子邮箱"),
      expect.stringContaining("电话"),
    ]);
    expect(await refusal(people([["甲", "乙"]], ["一", "二"]))).toBeInstanceOf(Invalid);
    expect(await refusal(people([]))).toBeInstanceOf(Invalid);
    expect(await refusal(people([personRow(61)], [...peopleHead.slice(0, 7), "姓名"]))).toBeInstanceOf(
      Invalid,
    );
  });

  it("of five thousand rows are judged and imported in one transaction", async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => personRow(1_000 + index));
    const looked = await people(rows);
    expect(looked.plan.faults).toEqual([]);
    expect(await run(world, administrator, looked)).toMatchObject({ added: 5_000 });
    expect((await people(rows.slice(0, 100))).plan.counts).toEqual({ ADD: 0, CHANGE: 0, SAME: 100 });
  }, 120_000);
});

describe("doing it", () => {
  it("happens once, however often the button is pressed", async () => {
    const looked = await people([personRow(100)]);
    const before = await census(world);
    const twice = await Promise.all([
      run(world, administrator, looked, "one-key"),
      run(world, administrator, looked, "one-key"),
    ]);
    expect(twice[0]).toEqual(twice[1]);
    expect(await refusal(run(world, administrator, looked, "another-key"))).toBeInstanceOf(Taken);
    const after = await census(world);
    expect(after.counts["person"]).toBe((before.counts["person"] ?? 0) + 1);
    expect(after.counts["ledger_entry"]).toBe((before.counts["ledger_entry"] ?? 0) + 1);
  });

  it("is judged again, and refused where the registers have changed since the look", async () => {
    const [first, second] = [await people([personRow(110), personRow(111)]), await people([personRow(111)])];
    await run(world, administrator, second);
    const before = await census(world);
    expect(await refusal(run(world, administrator, first))).toBeInstanceOf(Taken);
    expect((await census(world)).counts).toEqual(before.counts);
    // Whoever looks again may go on.
    const again = { id: first.id, plan: await planAgain(world, administrator, first.id) };
    expect(again.plan.counts).toEqual({ ADD: 1, CHANGE: 0, SAME: 1 });
    expect(await run(world, administrator, again)).toMatchObject({ added: 1 });
  });

  it("of two workbooks with the same rows at once does one", async () => {
    const [first, second] = [await people([personRow(120)]), await people([personRow(120)])];
    const results = await Promise.allSettled([
      run(world, administrator, first),
      run(world, administrator, second),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("is for those whom the matrix names, and what a colleague elsewhere uploaded is not there", async () => {
    const looked = await people([personRow(130)]);
    expect(await refusal(run(world, stranger, looked))).toBeInstanceOf(Missing);
    expect(await refusal(run(world, planner, looked))).toBeInstanceOf(Missing);
    const book = await rowsBook([peopleHead, personRow(131)]);
    expect(await refusal(look(world, stranger, "people", book, university))).toBeInstanceOf(Denied);
    expect(await refusal(look(world, administrator, "projects", book))).toBeInstanceOf(Denied);
  });

  it("is forgotten after a day", async () => {
    const looked = await people([personRow(140)]);
    await world.at("2024-06-11T08:00:00+08:00");
    await forgetImports(world.platform);
    await planAgain(world, administrator, looked.id);
    await world.at("2024-06-11T09:30:00+08:00");
    await forgetImports(world.platform);
    expect(await refusal(run(world, administrator, looked))).toBeInstanceOf(Refused);
    const left = await db()
      .selectFrom("workbook_import")
      .select("id")
      .where((where) =>
        where.or([where("reading_sealed", "is not", null), where("handed_sealed", "is not", null)]),
      )
      .execute();
    expect(left).toEqual([]);
    await world.at("2024-06-10T09:00:00+08:00");
  });
});

describe("organisations and registers of the bureau", () => {
  const organizationHead = [
    "单位名称",
    "统一社会信用代码",
    "单位类型",
    "行政区划代码",
    "归口管理部门",
    "归口依据",
    "名额组",
    "医疗机构执业许可证号",
  ];

  it("adds institutions and places those that are there", async () => {
    const book = await rowsBook([
      organizationHead,
      ["新研究院", uscc(800), "科研院所", "210200", "市教育局", "属地", "", ""],
      [
        "示例研究所",
        world.organizations.institute.uscc,
        "",
        "",
        "市卫生健康委员会",
        "隶属",
        "",
        "ＰＤＹ１２３",
      ],
    ]);
    const looked = await look(world, planner, "organizations", book);
    expect(looked.plan.faults).toEqual([]);
    expect(looked.plan.counts).toEqual({ ADD: 1, CHANGE: 1, SAME: 0 });
    await run(world, planner, looked);
    const rows = await db()
      .selectFrom("organization")
      .select(["name_zh", "standing", "competent_department", "department_basis", "medical_licence"])
      .where("uscc", "in", [uscc(800), world.organizations.institute.uscc])
      .execute();
    expect(new Set(rows)).toEqual(
      new Set([
        {
          name_zh: "新研究院",
          standing: "ACTIVE",
          competent_department: world.organizations.education.id,
          department_basis: "TERRITORIAL",
          medical_licence: null,
        },
        {
          name_zh: "示例研究所",
          standing: "ACTIVE",
          competent_department: world.organizations.health.id,
          department_basis: "AFFILIATION",
          medical_licence: "PDY123",
        },
      ]),
    );
  });

  it("lets the system administrator register, not place", async () => {
    const row = ["另一研究院", uscc(801), "科研院所", "210200", "", "", "", ""];
    expect(
      (await look(world, system, "organizations", await rowsBook([organizationHead, row]))).plan.faults,
    ).toEqual([]);
    const placed = row.with(4, "市教育局").with(5, "属地");
    const looked = await look(world, system, "organizations", await rowsBook([organizationHead, placed]));
    expect(looked.plan.faults).toMatchObject([{ row: 2, column: 5 }]);
  });

  it("checks codes, names of departments, and what a new institution needs", async () => {
    const book = await rowsBook([
      organizationHead,
      ["甲院", "129999990000000011", "科研院所", "210200", "", "", "", ""],
      ["乙院", uscc(802), "", "", "", "", "", ""],
      ["丙院", uscc(803), "科研院所", "大连", "不存在的局", "", "", ""],
      ["丁院", uscc(802), "科研院所", "210200", "", "", "", ""],
    ]);
    const { plan } = await look(world, planner, "organizations", book);
    expect(plan.faults.map(({ row, column }) => [row, column])).toEqual([
      [2, 2],
      [3, 3],
      [3, 4],
      [4, 4],
      [4, 5],
      [5, 2],
    ]);
  });

  it("enters platforms, bases and licences where the judge of applications reads them", async () => {
    const code = world.organizations.university.uscc;
    const head = ["统一社会信用代码", "单位名称"];
    const platforms = await look(
      world,
      planner,
      "platforms",
      await rowsBook([
        [...head, "平台编号"],
        [code, "示例理工大学", "PT-1"],
        [code, "示例理工大学", "PT-2"],
      ]),
    );
    await run(world, planner, platforms);
    const bases = async (level: string) =>
      look(
        world,
        planner,
        "bases",
        await rowsBook([
          [...head, "基地编号", "级别"],
          [code, "", "KP-1", level],
        ]),
      );
    await run(world, planner, await bases("市级"));
    const raised = await bases("省级");
    expect(raised.plan.counts).toEqual({ ADD: 0, CHANGE: 1, SAME: 0 });
    await run(world, planner, raised);
    const row = await db()
      .selectFrom("organization")
      .select(["platforms", "bases", "version"])
      .where("id", "=", university)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      platforms: ["PT-1", "PT-2"],
      bases: [{ id: "KP-1", level: "PROVINCIAL" }],
      version: 4,
    });
    const shifted = await look(
      world,
      planner,
      "licences",
      await rowsBook([
        [...head, "许可证号"],
        [code, "示例研究所", "PDY1"],
        [uscc(950), "", "PDY2"],
      ]),
    );
    expect(shifted.plan.faults.map(({ row, column }) => [row, column])).toEqual([
      [2, 2],
      [3, 1],
    ]);
  });

  it("enters running projects with days in any spelling, and keeps closeouts", async () => {
    const head = ["项目编号", "项目名称", "计划", "负责人姓名", "身份证号", "信用代码", "结束日期", "验收"];
    const code = world.organizations.university.uscc;
    const rows = (closeout: string) => [
      head,
      ["X-1", "项目一", "其他计划", "甲", residentNumber(1), code, "2023年12月1日", closeout],
      ["X-2", "项目二", "本基金", "乙", residentNumber(2), "", new Date(Date.UTC(2023, 10, 30)), ""],
    ];
    await run(world, planner, await look(world, planner, "projects", await rowsBook(rows("未验收"))));
    const passed = await look(world, planner, "projects", await rowsBook(rows("通过")));
    expect(passed.plan.counts).toEqual({ ADD: 0, CHANGE: 1, SAME: 1 });
    await run(world, planner, passed);
    const back = await look(world, planner, "projects", await rowsBook(rows("未验收")));
    expect(back.plan.faults).toMatchObject([{ row: 2, column: 8 }]);
    const kept = await db()
      .selectFrom("known_project")
      .select(["number", "period_end", "closeout", "lead_organization"])
      .where("number", "in", ["X-1", "X-2"])
      .orderBy("number")
      .execute();
    expect(kept).toEqual([
      { number: "X-1", period_end: "2023-12-01", closeout: "PASSED", lead_organization: university },
      { number: "X-2", period_end: "2023-11-30", closeout: "PENDING", lead_organization: null },
    ]);
  });

  it("enters integrity records once and rewrites none", async () => {
    const head = [
      "对象类别",
      "名称或姓名",
      "证件号码或信用代码",
      "记录类别",
      "决定文号",
      "来源",
      "生效日期",
      "结束日期",
    ];
    const company = world.organizations.company.uscc;
    const rows = (to: string) => [
      head,
      ["单位", "示例科技有限公司", company, "社会信用", "试〔2024〕8号", "信用平台", "2024-01-01", to],
      ["个人", "某甲", residentNumber(1), "科研失信", "试〔2024〕9号", "科技部门", "20240101", ""],
    ];
    const book = async (to: string) => look(world, integrity, "records", await rowsBook(rows(to)));
    await run(world, integrity, await book("2026/1/1"));
    const again = await book("2026.1.1");
    expect(again.plan.counts).toEqual({ ADD: 0, CHANGE: 0, SAME: 2 });
    expect(await refusal(run(world, integrity, again))).toBeInstanceOf(Refused);
    expect((await book("2027-01-01")).plan.faults).toMatchObject([{ row: 2, column: 5 }]);
    expect((await book("2023-01-01")).plan.faults).toMatchObject([{ row: 2, column: 8 }]);
    const person = await db()
      .selectFrom("integrity_record")
      .select(["subject_uscc", "subject_hash"])
      .where("decision_number", "=", "试〔2024〕9号")
      .executeTakeFirstOrThrow();
    expect(person.subject_uscc).toBeNull();
    expect(person.subject_hash).toHaveLength(32);
  });
});
