import type { FastifyInstance } from "fastify";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sessionCookie } from "../../src/app/desk.ts";
import { buildServer } from "../../src/app/web.ts";
import { csrfOf } from "../../src/stages/registration/sessions.ts";
import { signIn } from "../../src/stages/registration/sign-in.ts";
import { withPassword } from "../registration/people.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { rowsBook, workbook } from "./books.ts";
import { census, peopleHead, personRow, residentNumber } from "./people.ts";

let world: World;
let app: FastifyInstance;
let administrator: Visit;
beforeAll(async () => {
  world = await openWorld();
  app = await buildServer({
    platform: world.platform,
    clock: () => Date.parse("2024-06-10T09:00:00+08:00"),
    policies: ["dalian-2024"],
    demo: true,
  });
  administrator = await visit(await world.someone({ roles: ["ORG_ADMIN"] }));
}, 120_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
});

type Visit = { readonly cookies: Record<string, string>; readonly csrf: string };
let visits = 0;
const visit = async (who: Someone): Promise<Visit> => {
  const { token, session } = await signIn(world.platform, {
    ...(await withPassword(world, who)),
    address: `192.0.2.${(visits += 1)}`,
  });
  return { cookies: { [sessionCookie]: token }, csrf: csrfOf(world.platform, session) };
};

const get = (url: string, { cookies } = administrator) => app.inject({ url, cookies });
const post = (url: string, fields: Readonly<Record<string, string>>, { cookies, csrf } = administrator) =>
  app.inject({
    method: "POST",
    url,
    cookies,
    payload: new URLSearchParams({ csrf, ...fields }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
const upload = (
  kind: string,
  bytes: Uint8Array | null,
  { cookies, csrf } = administrator,
  { home = "", filename = "人员.xlsx" } = {},
) => {
  const edge = "edge-of-a-part";
  const field = (name: string, value: string) =>
    Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  const file = Buffer.from(
    `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${bytes === null ? "" : filename}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
  );
  return app.inject({
    method: "POST",
    url: `${home}/imports`,
    cookies,
    payload: Buffer.concat([
      field("csrf", csrf),
      field("kind", kind),
      file,
      bytes ?? Buffer.alloc(0),
      Buffer.from(`\r\n--${edge}--\r\n`),
    ]),
    headers: { "content-type": `multipart/form-data; boundary=${edge}` },
  });
};
const hidden = (body: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? "";
const opened = async (bytes: Buffer): Promise<ExcelJS.Workbook> => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as never);
  return book;
};

describe("the way of a workbook", () => {
  it("leads from the upload to the look, from the look to the result, and the file is not kept", async () => {
    const bytes = await rowsBook([peopleHead, personRow(1), personRow(2)]);
    const before = await census(world);
    const answer = await upload("people", bytes);
    expect(answer.statusCode).toBe(303);
    const url = answer.headers.location ?? "";
    const look = await get(url);
    expect(look.body).toContain("导入 2 人");
    expect((await census(world)).counts).toEqual(before.counts);
    const kept = await world.platform.database.kysely
      .selectFrom("workbook_import")
      .select(["file", "reading_sealed"])
      .executeTakeFirstOrThrow();
    await expect(world.platform.files.read(kept.file).toArray()).rejects.toThrow("ENOENT");
    expect(kept.reading_sealed?.includes(Buffer.from(residentNumber(1)))).toBe(false);

    const fields = { key: hidden(look.body, "key"), seen: hidden(look.body, "seen") };
    const [once, twice] = await Promise.all([post(`${url}/run`, fields), post(`${url}/run`, fields)]);
    expect([once.statusCode, twice.statusCode]).toEqual([303, 303]);
    const result = await get(url);
    expect(result.body).toContain("新增 2 人");
    expect((await census(world)).counts["person"]).toBe((before.counts["person"] ?? 0) + 2);

    const accounts = await get(`${url}/accounts`);
    const sheet = (await opened(accounts.rawPayload)).worksheets[0];
    expect(sheet?.getCell("D2").text).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/);
    const colleague = await visit(await world.someone({ roles: ["ORG_ADMIN"] }));
    expect((await get(`${url}/accounts`, colleague)).statusCode).toBe(404);
    expect((await get(url, colleague)).body).not.toContain(`${url}/accounts`);
  });

  it("leads back with words where the file is none, or no file", async () => {
    const csv = await upload("people", Buffer.from("姓名,证件号\n"));
    expect(csv.statusCode).toBe(422);
    expect(csv.body).toContain("CSV");
    expect((await upload("people", null)).body).toContain("请选择要上传的工作簿");
    const english = await upload("people", Buffer.from("name"), administrator, { home: "/en" });
    expect(english.body).toContain("Save it as xlsx");
  });

  it("tells hundreds of faults by column and page by page, and marks exactly the faulty cells", async () => {
    const rows = Array.from({ length: 120 }, (_, index) =>
      personRow(200 + index, index % 2 === 0 ? { 5: "没有邮箱", 3: index < 10 ? "教授级" : "中级" } : {}),
    );
    const url = (await upload("people", await rowsBook([peopleHead, ...rows]))).headers.location ?? "";
    const look = await get(url);
    expect(look.body).toContain("有 65 处要改");
    expect(look.body).toContain("60 处");
    expect(look.body.match(/zn-importfound/g)).toHaveLength(50);
    expect((await get(`${url}?fault=2`)).body.match(/zn-importfound/g)).toHaveLength(15);
    expect((await get(`${url}?column=4`)).body.match(/zn-importfound/g)).toHaveLength(5);
    expect(hidden(look.body, "seen")).toBe("");
    expect((await post(`${url}/run`, { seen: "" })).statusCode).toBe(422);

    const marked = await get(`${url}/marked`);
    expect(marked.headers["content-disposition"]).toContain(encodeURIComponent("问题.xlsx"));
    const sheet = (await opened(marked.rawPayload)).worksheets[0];
    const found: string[] = [];
    sheet?.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.note !== undefined) found.push(cell.address);
      }),
    );
    const expected = rows.flatMap((_, index) =>
      index % 2 === 1 ? [] : [...(index < 10 ? [`D${index + 2}`] : []), `F${index + 2}`],
    );
    expect(found).toEqual(expected);
    expect(sheet?.getCell("I1").text).toBe("问题");
    expect(sheet?.getCell("I2").text).toContain("电子邮箱：");
    expect(sheet?.getCell("I3").text).toBe("");
    expect(sheet?.getCell("C3").text).toBe(residentNumber(201));
    // Corrected and sent again it is read; the column of remarks is left out.
    for (const [index] of rows.entries()) {
      if (sheet === undefined) break;
      sheet.getCell(`F${index + 2}`).value = `p${index}@example.cn`;
      sheet.getCell(`D${index + 2}`).value = "中级";
    }
    const again = await upload("people", Buffer.from((await sheet?.workbook.xlsx.writeBuffer()) as never));
    expect((await get(again.headers.location ?? "")).body).toContain("导入 120 人");
  });

  it("never gives a formula back", async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow(peopleHead);
      sheet.addRow(personRow(400));
      sheet.getCell("A2").value = { formula: 'HYPERLINK("http://example.invalid","x")', result: "=1+1" };
    });
    const url = (await upload("people", bytes)).headers.location ?? "";
    const sheet = (await opened((await get(`${url}/marked`)).rawPayload)).worksheets[0];
    expect(sheet?.getCell("A2").formula).toBeUndefined();
    expect(sheet?.getCell("A2").value).toBe("=1+1");
  });

  it("can be thrown away", async () => {
    const url = (await upload("people", await rowsBook([peopleHead, personRow(410)]))).headers.location ?? "";
    expect((await post(`${url}/discard`, {})).headers.location).toBe("/imports?done=discarded");
    expect((await get(url)).body).toContain("内容已不保存");
    expect((await get("/imports?done=discarded")).body).toContain("已放弃");
  });

  it("is nobody's who may not import", async () => {
    const other = await visit(await world.someone({ roles: ["ORG_ADMIN"], organization: "institute" }));
    const investigator = await visit(await world.someone({ roles: ["PI"] }));
    const bytes = await rowsBook([peopleHead, personRow(420)]);
    const url = (await upload("people", bytes)).headers.location ?? "";
    for (const who of [other, investigator]) {
      expect((await get(url, who)).statusCode).toBe(404);
      expect((await get(`${url}/marked`, who)).statusCode).toBe(404);
      expect((await post(`${url}/run`, { seen: "" }, who)).statusCode).toBe(404);
    }
    expect((await get("/imports", investigator)).statusCode).toBe(404);
    expect((await get("/imports/templates/people", investigator)).statusCode).toBe(404);
    expect((await upload("projects", bytes)).statusCode).toBe(403);
  });

  it("leaves alone what somebody else has attached", async () => {
    const bytes = await rowsBook([peopleHead, personRow(430)]);
    const { Readable } = await import("node:stream");
    const stored = await world.platform.files.put(Readable.from([bytes]), 1_048_576);
    await world.platform.database.kysely
      .insertInto("stored_file")
      .values({ funder: world.platform.funder, ...stored })
      .execute();
    await upload("people", bytes);
    expect((await world.platform.files.read(stored.sha256).toArray()).length).toBeGreaterThan(0);
  });
});

describe("blank templates", () => {
  const kinds = ["people", "organizations", "platforms", "bases", "licences", "projects", "records"];

  it.each(["", "/en"])(
    "of every kind open with drop-downs and an example that is not read (%s)",
    async (home) => {
      const who = await visit(
        await world.someone({
          roles: ["ORG_ADMIN", "PLANNING_OFFICER", "INTEGRITY_OFFICER"],
          organization: "university",
        }),
      );
      for (const kind of kinds) {
        const answer = await get(`${home}/imports/templates/${kind}`, who);
        expect(answer.statusCode).toBe(200);
        const book = await opened(answer.rawPayload);
        const [sheet, , choices] = book.worksheets;
        expect(book.worksheets).toHaveLength(3);
        expect(sheet?.getCell("A2").text).toBe(home === "" ? "示例" : "Example");
        const columns = sheet?.getRow(1).cellCount ?? 0;
        expect(sheet?.getRow(2).cellCount).toBeLessThanOrEqual(columns);
        for (let column = 1; column <= (choices?.columnCount ?? 0); column += 1)
          expect(choices?.getCell(2, column).text).not.toBe("");
        // As it comes it holds no row; the head is understood.
        const again = await upload(kind, answer.rawPayload, who, { home });
        expect(again.statusCode).toBe(422);
        expect(again.body).toContain(home === "" ? "表头下面没有内容" : "nothing under the head");
      }
    },
  );
});
