import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../world/world.ts";
import { siteOf } from "../application/form-visit.ts";
import {
  cellOf,
  draftIn,
  editDocx,
  editWorkbook,
  fileOf,
  reword,
  saveFrom,
  sendBack,
  sheetOf,
  storedOf,
} from "./world.ts";

let world: World;
let app: FastifyInstance;
beforeAll(async () => {
  world = await openWorld({ at: "2024-06-20T16:02:33+08:00" });
  app = await siteOf(world);
}, 120_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
});

const nothing = "文件里的内容与草稿相同";

describe("a file that goes out and comes back untouched", () => {
  it.each([
    ["word", "正文.docx", ""],
    ["workbook", "工作簿.xlsx", ""],
    ["word", "body.docx", "/en"],
    ["workbook", "book.xlsx", "/en"],
  ] as const)("changes nothing: %s %s", async (kind, name, language) => {
    const draft = await draftIn(world, app);
    const back = await sendBack(draft, await fileOf(draft, kind, language), name);
    expect(back.text).toContain(nothing);
    expect(back.status).toBe(200);
    expect(back.html).not.toContain(`${draft.base}/offline/save`);
  });
});

describe("edits come back", () => {
  it("of the workbook: shown first, then saved, with identity numbers sealed", async () => {
    const draft = await draftIn(world, app);
    const before = await storedOf(world, draft.id);
    const bytes = await editWorkbook(await fileOf(draft, "workbook"), (book) => {
      const basic = sheetOf(book, "基本信息");
      cellOf(basic, "项目名称", "beside").value = "离线改过的名称";
      const budget = sheetOf(book, "预算明细");
      cellOf(budget, "金额（万元）", 1).value = 12.5;
      cellOf(budget, "科目", 3).value = "劳务费";
      cellOf(budget, "来源", 3).value = "自筹";
      cellOf(budget, "金额（万元）", 3).value = 3;
      cellOf(budget, "测算说明", 3).value = "研究生助研";
      const members = sheetOf(book, "项目组成员");
      cellOf(members, "姓名", 3).value = "成员丙";
      cellOf(members, "证件号码", 3).value = "210203199001011000";
      cellOf(members, "角色", 3).value = "骨干";
    });
    const back = await sendBack(draft, bytes, "改.xlsx");
    expect(back.text).toContain("离线改过的名称");
    expect(back.text).toContain("加第 3 行");
    expect(back.html).not.toContain("210203199001011000");
    expect(await storedOf(world, draft.id)).toEqual(before);
    const saved = await saveFrom(draft, back.html);
    expect(saved.headers.location).toBe(`${draft.base}/offline?saved=title,members,budget`);
    const { content } = await storedOf(world, draft.id);
    expect(content.title).toBe("离线改过的名称");
    expect(content.budget.lines.map((one) => [one.subject, one.source, one.amount])).toEqual([
      ["EQUIPMENT", "CITY", 12_500_000],
      ["OPERATING", "CITY", 20_000_000],
      ["LABOR", "SELF", 3_000_000],
    ]);
    expect(content.members.map((one) => [one.name, one.role])).toEqual([
      ["成员甲", "KEY_MEMBER"],
      ["成员乙", "STUDENT"],
      ["成员丙", "KEY_MEMBER"],
    ]);
    expect(content.members.slice(0, 2)).toEqual(before.content.members);
    expect(content.members[2]?.identity?.mask).toContain("*");
    expect(JSON.stringify(content)).not.toContain("210203199001011000");
    // Nothing of the uploaded file is kept: it held the number in clear.
    expect((await sendBack(draft, bytes, "改.xlsx")).text).toContain(nothing);
  });

  it("of the document: only what was rewritten", async () => {
    const draft = await draftIn(world, app);
    const before = await storedOf(world, draft.id);
    const old = before.content.sections["novelty"] ?? "";
    const bytes = editDocx(await fileOf(draft, "word"), (xml) => {
      const at = xml.indexOf("_zn_novelty");
      return xml.slice(0, at) + reword(xml.slice(at), old, `${old}另有一处创新。`);
    });
    const back = await sendBack(draft, bytes, "正文.docx");
    expect(back.text).toContain("另有一处创新");
    const saved = await saveFrom(draft, back.html);
    expect(saved.headers.location).toBe(`${draft.base}/offline?saved=novelty`);
    const after = await storedOf(world, draft.id);
    expect(after.content).toEqual({
      ...before.content,
      sections: { ...before.content.sections, novelty: `${old}另有一处创新。` },
    });
  });
});
