import type { FastifyInstance } from "fastify";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform } from "../../src/platform/action.ts";
import { instantText, jsonText } from "../../src/platform/database/values.ts";
import { Refused, Taken } from "../../src/platform/errors.ts";
import { createApplication, submitApplication } from "../../src/stages/application/actions.ts";
import { saveDraft } from "../../src/stages/application/save.ts";
import { completeContent } from "../world/content.ts";
import { identityNumber } from "../world/numbers.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { fieldsOfForm, plain, siteOf, type Visitor, visitor } from "./form-visit.ts";

let world: World;
let app: FastifyInstance;
beforeAll(async () => {
  world = await openWorld({ at: "2024-06-20T16:02:33+08:00" });
  app = await siteOf(world);
});
afterAll(async () => {
  await app?.close();
  await world?.close();
});

type Draft = { readonly id: string; readonly base: string; readonly pi: Someone; readonly at: Visitor };
const draft = async (over: Parameters<typeof completeContent>[0] | null = {}): Promise<Draft> => {
  const pi = await world.someone({ roles: ["PI"] });
  const actor = await world.actorOf(pi);
  const { application } = await perform(world.platform, createApplication, actor, { call: world.call });
  if (over !== null)
    await saveDraft(world.platform, actor, { application, version: 1, changes: completeContent(over) });
  return { id: application, base: `/applications/${application}`, pi, at: await visitor(app, world, pi) };
};
const contentOf = async (id: string) => {
  const row = await world.platform.database.kysely
    .selectFrom("draft")
    .select(["content", "version"])
    .where("application", "=", id)
    .executeTakeFirstOrThrow();
  return { version: row.version, content: row.content as Record<string, never> } as {
    version: number;
    content: Record<string, unknown>;
  };
};
const set = (id: string, values: Record<string, unknown>) =>
  world.platform.database.kysely.updateTable("application").set(values).where("id", "=", id).execute();
const messageOf = async (act: Promise<unknown>) => {
  const error = await act.then(
    () => null,
    (one: unknown) => one,
  );
  return error instanceof Refused || error instanceof Taken ? error : null;
};

describe("saving a section", () => {
  it("keeps what cannot be read, shows it with its error at the field, and forgets it once corrected", async () => {
    const { base, at, id } = await draft();
    const saved = await at.post(`${base}/form/basic`, `${base}/form/basic`, {
      requestedGrant: "大概三十万",
      periodEnd: "2027-02-30",
      act: "next",
    });
    expect(saved.headers.location).toBe(`${base}/form/basic?saved=1`);
    const page = plain((await at.get(`${base}/form/basic?saved=1`)).body);
    expect(page).toContain('id="f-requestedGrant-error"');
    expect(page).toContain("“大概三十万”未能识别为金额");
    expect(page).toContain('value="2027-02-30"');
    await at.post(`${base}/form/basic`, `${base}/form/basic`, {
      requestedGrant: "300,000元",
      periodEnd: "2027年12月31日",
    });
    const { content } = await contentOf(id);
    expect([content["unread"], content["requestedGrant"], content["periodEnd"]]).toEqual([
      {},
      30_000_000,
      "2027-12-31",
    ]);
  });

  it.each([
    ["empty", ""],
    ["another script", "مشروع تجريبي ทดสอบ"],
    ["emoji", "👨‍👩‍👧 电池 🔋"],
    ["a formula", '=HYPERLINK("http://x","y")'],
    ["markup", "<script>alert(1)</script><b>粗</b>"],
    ["quotes", `"'\`&amp;`],
  ])("takes %s as it is, in a line and in a text", async (_what, typed) => {
    const { base, at, id } = await draft();
    await at.post(`${base}/form/basic`, `${base}/form/basic`, { title: typed, abstract: typed });
    const { content } = await contentOf(id);
    expect([content["title"], content["abstract"]]).toEqual([typed, typed]);
    const page = await at.get(`${base}/form/basic`);
    expect(page.body).not.toContain("<script>alert");
    expect(fieldsOfForm(page.body, `${base}/form/basic`).get("abstract")).toBe(typed);
  });

  it("takes control characters out and never stumbles over them", async () => {
    const { base, at, id } = await draft();
    const saved = await at.post(`${base}/form/basic`, `${base}/form/basic`, {
      title: "电\u0000池\u001b[31m",
      abstract: "一\u0007\r\n二",
    });
    expect(saved.statusCode).toBe(303);
    const { content } = await contentOf(id);
    expect([content["title"], content["abstract"]]).toEqual(["电池[31m", "一\n二"]);
  });

  it("says at the field that something is too long, and gives all of it back", async () => {
    const { base, at, id } = await draft();
    const before = await contentOf(id);
    const long = "长".repeat(1_200);
    const fields = fieldsOfForm((await at.get(`${base}/form/team`)).body, `${base}/form/team`);
    const [key = ""] = fields.getAll("members.row");
    fields.set(`members.${key}.name`, long);
    const refused = await at.raw(`${base}/form/team`, fields);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain(`id="f-members-${key}-name-error"`);
    expect(fieldsOfForm(refused.body, `${base}/form/team`).get(`members.${key}.name`)).toBe(long);
    expect(await contentOf(id)).toEqual(before);
  });

  it("shows both texts when somebody saved meanwhile, and saves what the writer chooses", async () => {
    const { base, at, id, pi } = await draft();
    const fields = fieldsOfForm((await at.get(`${base}/form/content`)).body, `${base}/form/content`);
    await saveDraft(world.platform, await world.actorOf(pi), {
      application: id,
      version: 2,
      changes: { sections: { rationale: "另一个窗口写的依据", state: "另一个窗口写的现状" } },
    });
    fields.set("sections.rationale", "这个窗口写的依据");
    fields.set("sections.state", "这个窗口写的现状");
    const conflict = await at.raw(`${base}/form/content`, fields);
    expect(conflict.statusCode).toBe(409);
    for (const text of ["另一个窗口写的依据", "这个窗口写的依据", "另一个窗口写的现状", "这个窗口写的现状"])
      expect(conflict.body).toContain(text);
    const choice = fieldsOfForm(conflict.body, `${base}/form/content`);
    choice.set("choose.sections.state", "stored");
    expect((await at.raw(`${base}/form/content`, choice)).statusCode).toBe(303);
    expect((await contentOf(id)).content["sections"]).toMatchObject({
      rationale: "这个窗口写的依据",
      state: "另一个窗口写的现状",
    });
  });

  it("is one save where a button was clicked twice", async () => {
    const { base, at } = await draft();
    const fields = fieldsOfForm((await at.get(`${base}/form/content`)).body, `${base}/form/content`);
    fields.set("sections.rationale", "写了一遍");
    const answers = [
      await at.raw(`${base}/form/content`, fields),
      await at.raw(`${base}/form/content`, fields),
    ];
    expect(answers.map((one) => one.statusCode)).toEqual([303, 303]);
  });

  it("is told about, not lost, when the application was submitted meanwhile", async () => {
    const { base, at, id } = await draft();
    const fields = fieldsOfForm((await at.get(`${base}/form/content`)).body, `${base}/form/content`);
    await set(id, { state: "ORG_REVIEW" });
    fields.set("sections.rationale", "来不及保存的一段");
    const refused = await at.raw(`${base}/form/content`, fields);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain("已经提交");
    expect(refused.body).toContain("来不及保存的一段");
  });

  it("belongs to the investigator alone", async () => {
    const { base } = await draft();
    const stranger = await visitor(app, world, await world.someone({ roles: ["PI"] }));
    expect((await stranger.get(`${base}/form/basic`)).statusCode).toBe(404);
    const admin = await visitor(app, world, await world.someone({ roles: ["ORG_ADMIN"] }));
    expect((await admin.get(`${base}/form/basic`)).headers.location).toBe(base);
  });
});

describe("a sheet", () => {
  it("grows, shrinks and masks numbers, every button being a save", async () => {
    const { base, at, id } = await draft();
    const url = `${base}/form/team`;
    const first = fieldsOfForm((await at.get(url)).body, url);
    const keys = first.getAll("members.row");
    expect(keys).toHaveLength(3);
    first.set(`members.${keys[0]}.name`, "甲");
    first.set(`members.${keys[0]}.identityNo`, identityNumber(301));
    first.set(`members.${keys[0]}.organization`, "示例研究所");
    first.set(`members.${keys[2]}.name`, "丙");
    first.set(`members.${keys[2]}.monthsPerYear`, "十三个月");
    first.set("act", "add:members:5");
    const grown = await at.raw(url, first);
    expect(grown.headers.location).toContain("add=members:6");
    const page = await at.get(String(grown.headers.location));
    expect(page.body).not.toContain(identityNumber(301));
    const second = fieldsOfForm(page.body, url);
    expect(second.getAll("members.row").slice(0, 2)).toEqual([keys[0], keys[2]]);
    expect(second.getAll("members.row")).toHaveLength(8);
    expect(second.get(`members.${keys[0]}.organization`)).toBe("示例研究所");
    expect(second.get(`members.${keys[2]}.monthsPerYear`)).toBe("十三个月");
    second.set("act", `remove:members:${keys[2]}`);
    await at.raw(url, second);
    const { content } = await contentOf(id);
    expect(content["unread"]).toEqual({});
    expect(content["members"]).toMatchObject([
      {
        key: keys[0],
        name: "甲",
        organization: world.organizations.institute.uscc,
        identity: { mask: expect.stringContaining("****") },
      },
    ]);
  });

  it("says which units a name could mean, and keeps what was typed", async () => {
    const { base, at } = await draft();
    const url = `${base}/form/team`;
    const fields = fieldsOfForm((await at.get(url)).body, url);
    const [key = ""] = fields.getAll("members.row");
    fields.set(`members.${key}.name`, "甲");
    fields.set(`members.${key}.organization`, "示例");
    await at.raw(url, fields);
    const page = plain((await at.get(`${url}?saved=1`)).body);
    expect(page).toMatch(/有 4 个单位的名称含有“示例”/);
    expect(page).toContain('value="示例"');
  });

  it("takes what the register knows of a partner from there", async () => {
    const { base, at, id } = await draft();
    const url = `${base}/form/partners`;
    const fields = fieldsOfForm((await at.get(url)).body, url);
    const [key = ""] = fields.getAll("partners.row");
    fields.set(`partners.${key}.uscc`, world.organizations.company.uscc.toLowerCase());
    await at.raw(url, fields);
    expect((await contentOf(id)).content["partners"]).toMatchObject([
      {
        name: "示例科技有限公司",
        type: "ENTERPRISE",
        region: "210200",
        uscc: world.organizations.company.uscc,
      },
    ]);
  });
});

const pdf = Buffer.from("%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");
const zip = (...names: readonly string[]) =>
  Buffer.from(zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array(400).fill(65)]))));
const docx = zip("[Content_Types].xml", "word/document.xml");

describe("a file", () => {
  it("is kept under the name it came with, whatever is in it, and can be removed", async () => {
    const { base, at } = await draft();
    const fields = Object.fromEntries(
      fieldsOfForm((await at.get(`${base}/form/files`)).body, `${base}/files`),
    );
    const filename = "合作协议 =1+1 <b>（盖章）.pdf";
    const done = await at.upload(
      `${base}/files`,
      { ...fields, type: "COOPERATION_AGREEMENT" },
      { filename, bytes: pdf },
    );
    expect(done.statusCode).toBe(303);
    const page = await at.get(String(done.headers.location));
    expect(plain(page.body)).toContain(`已上传“${filename}”`);
    expect(page.body).not.toContain("<b>（盖章）");
    const row = await world.platform.database.kysely
      .selectFrom("attachment")
      .select(["id", "filename"])
      .where("filename", "=", filename)
      .executeTakeFirstOrThrow();
    const removed = await at.post(`${base}/form/files`, `${base}/files/${row.id}/remove`);
    expect(removed.statusCode).toBe(303);
    expect(plain((await at.get(`${base}/form/files`)).body)).not.toContain(filename);
  });

  it.each([
    ["empty", "空.pdf", Buffer.alloc(0), "0 字节"],
    ["half a PDF", "半.pdf", pdf.subarray(0, 20), "不完整"],
    ["half a document", "半.docx", docx.subarray(0, docx.length - 30), "不完整"],
    ["half a picture", "半.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]), "不完整"],
    ["a page that calls itself a PDF", "骗.pdf", Buffer.from("<html><script>1</script></html>"), "不是 PDF"],
    ["a program", "程序.docx", Buffer.from("MZ\u0090\u0000"), "不是 PDF"],
    ["a drawing", "图.svg", Buffer.from("<svg onload='x'/>"), "不是 PDF"],
    ["a PDF that calls itself a picture", "图.png", pdf, "内容却是PDF"],
    ["a plain archive", "包.docx", zip("a.txt"), "不是 PDF"],
    [
      "a document with macros",
      "宏.docx",
      zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
      "含有宏",
    ],
    ["an old document", "旧.doc", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), "旧版"],
  ])("that is %s is refused in words at its place", async (_what, filename, bytes, words) => {
    const { base, at } = await draft();
    const fields = Object.fromEntries(
      fieldsOfForm((await at.get(`${base}/form/files`)).body, `${base}/files`),
    );
    const refused = await at.upload(`${base}/files`, { ...fields, note: "请保留" }, { filename, bytes });
    expect(refused.statusCode).toBe(422);
    const error = /id="attachments-file-error"[^>]*>([^<]*)/.exec(refused.body)?.[1] ?? "";
    expect(plain(error)).toContain(words);
    expect(plain(error)).toContain(filename);
    expect(refused.body).toContain('value="请保留"');
    const { count } = await world.platform.database.kysely
      .selectFrom("attachment")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("application", "=", base.split("/").at(-1) ?? "")
      .executeTakeFirstOrThrow();
    expect(count).toBe(0);
  });

  it("over 20 MB is refused at its place, and documents and workbooks are taken", async () => {
    const { base, at } = await draft();
    const fields = Object.fromEntries(
      fieldsOfForm((await at.get(`${base}/form/files`)).body, `${base}/files`),
    );
    const large = await at.upload(`${base}/files`, fields, {
      filename: "大.pdf",
      bytes: Buffer.concat([pdf, Buffer.alloc(20 * 1_048_576), pdf]),
    });
    expect([large.statusCode, /超过 20 MB/.test(large.body)]).toEqual([422, true]);
    for (const [filename, bytes] of [
      ["书.docx", docx],
      ["表.xlsx", zip("[Content_Types].xml", "xl/workbook.xml")],
      ["没有后缀", pdf],
    ] as const) {
      const again = { ...fields, key: crypto.randomUUID() };
      expect([filename, (await at.upload(`${base}/files`, again, { filename, bytes })).statusCode]).toEqual([
        filename,
        303,
      ]);
    }
    const none = await at.upload(`${base}/files`, fields, null);
    expect([none.statusCode, none.body.includes("请先选择一个文件")]).toEqual([422, true]);
  });
});

it("a post that ends half way is refused as unreadable, and nothing is attached", async () => {
  const { base, at, id } = await draft();
  const answer = await app.inject({
    method: "POST",
    url: `${base}/files`,
    headers: { cookie: `zn-session=${at.token}`, "content-type": "multipart/form-data; boundary=edge" },
    payload:
      '--edge\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7 and then nothing',
  });
  expect(answer.statusCode).toBe(400);
  const rows = await world.platform.database.kysely
    .selectFrom("attachment")
    .select("id")
    .where("application", "=", id)
    .execute();
  expect(rows).toEqual([]);
});

describe("a correction", () => {
  it("opens what the notice lists and nothing else", async () => {
    const { base, at, id } = await draft();
    await set(id, {
      state: "CORRECTION",
      correction_fields: jsonText(["budget", "sections.route"]),
      correction_due_at: instantText(Date.parse("2024-07-12T00:00:00+08:00")),
    });
    const tasks = plain((await at.get(`${base}/form`)).body);
    expect(tasks).toContain("不在补正范围");
    const section = (await at.get(`${base}/form/content`)).body;
    expect(section).toContain('name="sections.route"');
    expect(section).not.toContain('name="sections.state"');
    const fields = fieldsOfForm(section, `${base}/form/content`);
    fields.set("sections.route", "改过的路线");
    fields.set("sections.state", "不该改的现状");
    await at.raw(`${base}/form/content`, fields);
    const { content } = await contentOf(id);
    expect(content["sections"]).toMatchObject({ route: "改过的路线" });
    expect(JSON.stringify(content)).not.toContain("不该改的现状");
    expect((await at.get(`${base}/form/files`)).body).not.toContain('type="file"');
    expect(
      (
        await at.upload(
          `${base}/files`,
          { csrf: fields.get("csrf") ?? "", section: "files", question: "attachments", type: "OTHER" },
          { filename: "a.pdf", bytes: pdf },
        )
      ).statusCode,
    ).toBe(422);
  });
});

describe("submitting", () => {
  it("goes through the check page to a page that says what was filed and what comes next", async () => {
    const { base, at } = await draft();
    const done = await at.post(`${base}/check`, `${base}/submit`);
    expect(done.headers.location).toBe(`${base}/submitted`);
    const page = plain((await at.get(`${base}/submitted`)).body);
    expect(page).toMatch(/2024-\d{4}/);
    expect(page).toMatch(/[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}/);
    expect(page).toContain("示例理工大学的科研管理员审核");
  });

  it("names every fault with its clause and leads to its field", async () => {
    const { base, at } = await draft({ requestedGrant: 32_000_000 });
    const page = (await at.get(`${base}/check`)).body;
    expect(page).toContain(`${base}/form/basic?from=check#q-grant`);
    const refused = await at.post(`${base}/check`, `${base}/submit`);
    expect(refused.statusCode).toBe(422);
    expect(plain(refused.body)).toContain("暂不能提交");
  });

  it("of two drafts of one investigator at once lets one through; the other is told the clause", async () => {
    const { id, pi } = await draft();
    const actor = await world.actorOf(pi);
    const other = await perform(world.platform, createApplication, actor, { call: world.call });
    await saveDraft(world.platform, actor, {
      application: other.application,
      version: 1,
      changes: completeContent(),
    });
    const outcomes = await Promise.allSettled(
      [id, other.application].map((application) =>
        perform(world.platform, submitApplication, actor, { application, version: 1, draftVersion: 2 }),
      ),
    );
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    const lost = outcomes.find((one) => one.status === "rejected")?.reason as Taken;
    expect(lost.findings.map((one) => one.clause)).toContain("G4.6");
  });

  it("counts by the database's stamp, up to the last moment, and an extension is for drafts begun before it", async () => {
    const early = await draft();
    const late = await draft();
    const submit = async ({ id, pi }: Draft) =>
      messageOf(
        perform(world.platform, submitApplication, await world.actorOf(pi), {
          application: id,
          version: 1,
          draftVersion: 2,
        }),
      );
    const { kysely } = world.platform.database;
    const begun = Date.parse("2024-06-21T00:00:00+08:00");
    try {
      await set(late.id, { created_at: instantText(begun) });
      await world.at("2024-06-30T23:59:58.000+08:00");
      expect(await submit(early)).toBeNull();
      await world.at("2024-07-01T00:00:00.000+08:00");
      expect((await submit(late))?.reason.zh).toContain("提交时间已过");
      await kysely
        .updateTable("call")
        .set({ apply_close_on: "2024-07-02", begun_before: instantText(begun), version: 2 })
        .where("id", "=", world.call)
        .execute();
      expect((await submit(late))?.reason.zh).toContain("延长只适用于");
      await set(late.id, { created_at: instantText(begun - 1) });
      expect(await submit(late)).toBeNull();
    } finally {
      await kysely
        .updateTable("call")
        .set({ apply_close_on: "2024-06-30", begun_before: null, version: 3 } as never)
        .where("id", "=", world.call)
        .execute();
      await world.at("2024-06-20T16:02:33+08:00");
    }
  });
});

describe("around the form", () => {
  it("an exception is asked for where the guide says 一般, once, and nowhere else", async () => {
    const { base, at, id } = await draft({ periodEnd: "2028-12-31" });
    const rule = /name="rule" value="([^"]+)"/.exec((await at.get(`${base}/check`)).body)?.[1] ?? "";
    const asked = await at.post(`${base}/check`, `${base}/exceptions`, { reason: "临床试验周期较长" });
    expect(asked.statusCode).toBe(303);
    expect(plain((await at.get(`${base}/check`)).body)).toContain("已申请例外");
    const row = await world.platform.database.kysely
      .selectFrom("exception")
      .select(["rule", "clause", "reason"])
      .where("application", "=", id)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ rule, clause: "G4.2.1b", reason: "临床试验周期较长" });
    const csrf = fieldsOfForm((await at.get(`${base}/check`)).body, `${base}/submit`).get("csrf") ?? "";
    for (const another of [rule, "grant-ceiling"])
      expect(
        (await at.raw(`${base}/exceptions`, new URLSearchParams({ csrf, rule: another, reason: "再来" })))
          .statusCode,
      ).toBeGreaterThan(408);
  });

  it("an ended application is copied without its statements; one under way is not", async () => {
    const { base, at, id } = await draft({ title: "要复制的题目" });
    const csrf = fieldsOfForm((await at.get(`${base}/copy`)).body, `${base}/copy`);
    expect((await at.raw(`${base}/copy`, csrf)).statusCode).toBe(422);
    await set(id, { state: "WITHDRAWN" });
    csrf.set("key", crypto.randomUUID());
    const done = await at.raw(`${base}/copy`, csrf);
    const copy = String(done.headers.location).split("/")[2] ?? "";
    expect((await contentOf(copy)).content).toMatchObject({
      title: "要复制的题目",
      direction: "AB-31",
      declarations: { nonClassified: null, commitment: false },
    });
  });

  it("a draft is abandoned, and what was submitted is asked back once", async () => {
    const one = await draft();
    await one.at.post(`${one.base}/withdraw`, `${one.base}/withdraw`);
    expect((await one.at.get(`${one.base}/form`)).headers.location).toBe(one.base);
    const two = await draft();
    await two.at.post(`${two.base}/check`, `${two.base}/submit`);
    const asked = await two.at.post(`${two.base}/withdraw`, `${two.base}/withdraw`, { reason: "题目调整" });
    expect(asked.statusCode).toBe(303);
    expect(plain((await two.at.get(`${two.base}/withdraw`)).body)).toContain("已经申请撤回");
  });

  it("a new application begins with a direction found by its title, or without one", async () => {
    const pi = await world.someone({ roles: ["PI"] });
    const at = await visitor(app, world, pi);
    const found = await at.get(`/applications/new?q=${encodeURIComponent("锂硫电池储能")}`);
    const value = /id="near-0"[^>]*value="([^"]+)"/.exec(found.body)?.[1] ?? "";
    const form = fieldsOfForm(found.body, "/applications/new");
    expect((await at.raw("/applications/new", form)).statusCode).toBe(422);
    form.set("direction", value);
    const done = await at.raw("/applications/new", form);
    const id = String(done.headers.location).split("/")[2] ?? "";
    const { content } = await contentOf(id);
    expect([content["category"], content["field"], content["direction"]].join("/")).toBe(value);
    expect(content["title"]).toBe("锂硫电池储能");
    form.set("direction", "APPLIED_BASIC/AGRI/AB-31");
    expect((await at.raw("/applications/new", form)).statusCode).toBe(422);
    form.set("direction", "later");
    form.set("key", crypto.randomUUID());
    const bare = await at.raw("/applications/new", form);
    expect(plain((await at.get(String(bare.headers.location))).body)).toContain("先选定类别和方向");
  });
});
