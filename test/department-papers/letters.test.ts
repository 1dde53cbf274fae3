import ExcelJS from "exceljs";
import type { FastifyInstance } from "fastify";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildServer } from "../../src/app/web.ts";
import { pageCodeText, readPageCode } from "../../src/core/document/page-code.ts";
import { perform } from "../../src/platform/action.ts";
import { changeBatch, prepareBatch } from "../../src/stages/recommendation/prepare.ts";
import { recallLetter } from "../../src/stages/recommendation/recall.ts";
import { type Crew, creditOf, crewOf, issue, passed, ready } from "../recommendation/ahead.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { enter, pagesOf, withoutTags } from "./reading.ts";

let world: World;
let crew: Crew;
let app: FastifyInstance;
let planner: Someone;
let first: string;
let second: string;

/** Two budgets whose sum no binary fraction holds: 10.000001 and 20.1 in 万元. */
const grant = (fen: number, title: string) => ({
  title,
  requestedGrant: fen,
  budget: {
    lines: [
      {
        key: "b1",
        subject: "OPERATING" as const,
        source: "CITY" as const,
        amount: fen,
        explanation: "按三年测算。",
      },
    ],
  },
});

beforeAll(async () => {
  world = await openWorld();
  crew = await crewOf(world);
  planner = await world.someone({ roles: ["PLANNING_OFFICER"], organization: "bureau" });
  await creditOf(world, crew);
  first = await passed(world, crew, { over: grant(10_000_001, "=HYPERLINK(甲)研究") });
  second = await passed(world, crew, { over: grant(20_100_000, "乙<w:p>研究") });
  app = await buildServer({ platform: world.platform, clock: Date.now });
}, 120_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
});

const approver = () => crew.approvers.education;
const codeOf = async (id: string) =>
  world.platform.database.kysely
    .selectFrom("batch")
    .select(["code", "version"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
const get = async (who: Someone, url: string) => (await enter(app, world, who)).get(url);

describe("papers of a recommendation letter", () => {
  let batch: string;
  let code: string;
  beforeAll(async () => {
    ({ batch } = await perform(world.platform, prepareBatch, approver(), {
      call: world.call,
      applications: [second, first],
    }));
    ({ code } = await codeOf(batch));
  });

  it("have a code that the squares on their pages can hold", () => {
    const text = pageCodeText({ code, kind: "recommendation-letter", page: 2 });
    expect(readPageCode(text)).toEqual({
      code: code.replaceAll("-", ""),
      kind: "recommendation-letter",
      page: 2,
    });
  });

  it("say projects, sums to the fen, the credit looked up, and leave number and date to the hand", async () => {
    const who = crew.reviewerAccounts.education;
    const letter = await pagesOf((await get(who, `/batches/${batch}/papers/letter.pdf`)).rawPayload);
    const text = letter.join("");
    expect(text).toContain("推荐项目2项，申请经费合计30.100001万元");
    expect(text).toContain("合计230.100001");
    expect(text).toContain("示例理工大学信用大连2024年6月9日没有信用记录");
    expect(text).toContain("市教育局（印章）年月日");
    for (const page of letter) expect(page).toContain(`推荐函编号${code}`);
    const list = await pagesOf((await get(who, `/batches/${batch}/papers/list.pdf`)).rawPayload);
    expect(list.join("")).toMatch(/1乙<w:p>研究.*20\.10.*2=HYPERLINK\(甲\)研究.*10\.000001/);
    expect(list.join("")).toContain("科技成果转化促进处");
    for (const page of list) expect(page).toContain(`推荐函编号${code}`);
    const shown = withoutTags((await get(who, `/batches/${batch}/papers`)).body);
    expect(shown).toContain("申请经费合计30.100001万元");
    expect(shown).toContain("乙&lt;w:p>研究");
  });

  it("are the same in Word and Excel", async () => {
    const who = crew.approverAccounts.education;
    const word = await get(who, `/batches/${batch}/papers/letter.docx`);
    const parts = unzipSync(new Uint8Array(word.rawPayload));
    const body = strFromU8(parts["word/document.xml"] ?? new Uint8Array());
    expect(withoutTags(body)).toContain("申请经费合计30.100001万元");
    expect(body).toContain("仿宋_GB2312");
    expect(body).toContain("方正小标宋简体");
    const foot = Object.entries(parts).find(([name]) => /word\/footer\d*\.xml/.test(name));
    expect(strFromU8(foot?.[1] ?? new Uint8Array())).toContain(code);
    expect(strFromU8(foot?.[1] ?? new Uint8Array())).toContain("PAGE");
    const sheet = await get(who, `/batches/${batch}/papers/list.xlsx`);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Buffer.from(sheet.rawPayload) as never);
    const [list] = book.worksheets;
    // A text, and none that a spreadsheet would take for a formula when it is typed again.
    expect(list?.getRow(3).getCell(3).value).toBe("\u200b=HYPERLINK(甲)研究");
    expect(list?.getRow(2).getCell(9).value).toBe(20.1);
    expect(list?.getRow(3).getCell(9).value).toBe(10.000001);
    expect(list?.getRow(2).getCell(11).value).toBe(code);
  });

  it("are not there for another department, nor for the bureau before the letter is issued", async () => {
    for (const name of ["", "/letter.pdf", "/letter.docx", "/list.pdf", "/list.xlsx"])
      for (const who of [crew.reviewerAccounts.health, crew.approverAccounts.health, planner])
        expect((await get(who, `/batches/${batch}/papers${name}`)).statusCode).toBe(404);
    expect((await get(crew.reviewerAccounts.education, `/batches/${batch}/papers/x.pdf`)).statusCode).toBe(
      404,
    );
  });

  it("say the number and the day once they are given", async () => {
    const { version } = await codeOf(batch);
    await perform(world.platform, changeBatch, approver(), {
      batch,
      version,
      letterNumber: "示例函〔2024〕88号",
      issuedOn: "2024-06-10",
      statement: "第一行。\n第二行。",
    });
    const bytes = (await get(crew.reviewerAccounts.education, `/batches/${batch}/papers/letter.pdf`))
      .rawPayload;
    const text = (await pagesOf(bytes)).join("");
    expect(text).toContain("示例函〔2024〕88号");
    expect(text).toContain("（印章）2024年6月10日");
    expect(text).toContain("第一行。第二行。");
    await perform(world.platform, changeBatch, approver(), {
      batch,
      version: version + 1,
      applications: [],
    });
    expect((await get(crew.reviewerAccounts.education, `/batches/${batch}/papers`)).statusCode).toBe(404);
    expect((await get(crew.reviewerAccounts.education, `/batches/${batch}`)).body).toContain("清单是空的");
  });

  it("of a recalled letter are read and not taken away; the next one says whose place it takes", async () => {
    const letter = await ready(world, approver(), [first, second]);
    const { version } = await issue(world.platform, approver(), letter);
    const old = await codeOf(letter.batch);
    const who = crew.approverAccounts.education;
    expect((await get(planner, `/batches/${letter.batch}/papers`)).statusCode).toBe(200);
    expect((await get(planner, `/batches/${letter.batch}/papers/letter.pdf`)).statusCode).toBe(404);
    expect((await get(who, `/batches/${letter.batch}/papers/letter.pdf`)).statusCode).toBe(200);
    const { prepared } = await perform(world.platform, recallLetter, approver(), {
      batch: letter.batch,
      version,
      reason: "清单有误",
    });
    for (const name of ["letter.pdf", "letter.docx", "list.pdf", "list.xlsx"])
      expect((await get(who, `/batches/${letter.batch}/papers/${name}`)).statusCode).toBe(404);
    const read = await get(who, `/batches/${letter.batch}/papers`);
    expect(read.body).toContain("已撤回，不能再盖章使用");
    expect(read.body).not.toContain("letter.pdf");
    const next = await codeOf(prepared);
    expect(next.code).not.toBe(old.code);
    const text = (await pagesOf((await get(who, `/batches/${prepared}/papers/letter.pdf`)).rawPayload)).join(
      "",
    );
    expect(text).toContain(`推荐函编号${next.code}`);
    expect(text).toMatch(new RegExp(`本函代替已撤回的推荐函${old.code}（示例函〔2024〕\\d+号）`));
  });

  it("of an issued letter keep what was sealed when an application is corrected afterwards", async () => {
    const only = await passed(world, crew, { over: grant(15_000_000, "丙研究") });
    const letter = await ready(world, approver(), [only]);
    await issue(world.platform, approver(), letter);
    const { kysely } = world.platform.database;
    const version = await kysely
      .selectFrom("application_version")
      .selectAll()
      .where("application", "=", only)
      .executeTakeFirstOrThrow();
    const { hash: _hash, code: _code, ...rest } = version;
    await kysely
      .insertInto("application_version")
      .values({
        ...rest,
        number: version.number + 1,
        content: JSON.stringify({ ...(version.content as object), requestedGrant: 1_000_000 }),
        worded: JSON.stringify(version.worded),
        hash: "0".repeat(64),
        code: "0000-0000-0000",
        frozen_at: "2024-06-11T00:00:00+08:00",
      })
      .execute();
    await kysely
      .updateTable("application")
      .set({ frozen_version: version.number + 1 })
      .where("id", "=", only)
      .execute();
    const bytes = (await get(crew.approverAccounts.education, `/batches/${letter.batch}/papers/letter.pdf`))
      .rawPayload;
    expect((await pagesOf(bytes)).join("")).toContain("合计15.00万元");
  });
});
