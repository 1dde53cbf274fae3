import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform } from "../../src/platform/action.ts";
import { submitApplication } from "../../src/stages/application/actions.ts";
import { saveDraft } from "../../src/stages/application/save.ts";
import { fieldsOfForm, siteOf, visitor } from "../application/form-visit.ts";
import { openWorld, type World } from "../world/world.ts";
import {
  type Book,
  cellOf,
  type Draft,
  draftIn,
  editWorkbook,
  fileOf,
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

const edited = async (draft: Draft, edit: (book: Book) => void) =>
  sendBack(draft, await editWorkbook(await fileOf(draft, "workbook"), edit), "工作簿.xlsx");

describe("a workbook that was filled in as people do", () => {
  it.each<[string, (book: Book) => void, string]>([
    [
      "a formula",
      (book) => {
        cellOf(sheetOf(book, "预算明细"), "金额（万元）", 1).value = { formula: "2*5", result: 10 } as never;
      },
      "预算明细 C5 这一格是公式",
    ],
    [
      "merged cells",
      (book) => sheetOf(book, "预算明细").mergeCells("A5:A6"),
      "预算明细 A5 这一格属于合并的单元格",
    ],
    [
      "a word that is not on the list",
      (book) => {
        cellOf(sheetOf(book, "预算明细"), "科目", 2).value = "交通费";
      },
      "预算明细 A6 “交通费”不在下拉列表里",
    ],
    [
      "an amount that cannot be read",
      (book) => {
        cellOf(sheetOf(book, "基本信息"), "申请市财政资金", "beside").value = "三十万左右";
      },
      "“三十万左右”未能识别为金额",
    ],
    [
      "a day that is not in the calendar",
      (book) => {
        cellOf(sheetOf(book, "基本信息"), "执行期", "beside").value = "2027-02-30";
      },
      "“2027-02-30”未能识别为日期",
    ],
    [
      "a direction of another field",
      (book) => {
        const basic = sheetOf(book, "基本信息");
        const field = world.platform.policies[0]?.programme.categories
          .find((one) => one.code === "APPLIED_BASIC")
          ?.fields.find((one) => one.code !== "CLEAN_ENERGY");
        cellOf(basic, "领域", "beside").value = field?.title.zh ?? "";
      },
      "里的方向。请从列表里重新选择",
    ],
    [
      "a number behind its mask beside another person",
      (book) => {
        const members = sheetOf(book, "项目组成员");
        cellOf(members, "证件号码", 2).value = cellOf(members, "证件号码", 1).text;
      },
      "请填写完整的证件号码",
    ],
    [
      "a number that the spreadsheet took for a value",
      (book) => {
        cellOf(sheetOf(book, "项目组成员"), "证件号码", 2).value = 210203199001011000;
      },
      "末几位可能已经丢失",
    ],
    [
      "a column that is gone",
      (book) => {
        cellOf(sheetOf(book, "预算明细"), "来源", 0).value = null;
      },
      "缺少列“来源”",
    ],
    [
      "a head that stands twice",
      (book) => {
        cellOf(sheetOf(book, "预算明细"), "来源", 0).value = "科目";
      },
      "列“科目”有两个",
    ],
  ])("tells of %s at its cell, and saves nothing", async (_what, edit, words) => {
    const draft = await draftIn(world, app);
    const before = await storedOf(world, draft.id);
    const back = await edited(draft, edit);
    expect(back.text.replaceAll(/\s+/g, " ")).toContain(words);
    expect(back.status).toBe(422);
    expect(back.html).not.toContain(`${draft.base}/offline/save"`);
    expect(await storedOf(world, draft.id)).toEqual(before);
  });

  it("reads columns wherever they stand, and tells of those that it does not know", async () => {
    const draft = await draftIn(world, app);
    const back = await edited(draft, (book) => {
      sheetOf(book, "预算明细").spliceColumns(1, 0, ["", "", "", "序号", 1, 2]);
      sheetOf(book, "预算明细").spliceRows(1, 0, ["我加的一行"], []);
    });
    expect(back.text).toContain("文件里的内容与草稿相同");
    expect(back.text).toContain("不认识的列没有取入：“序号”");
  });

  it("comes back with its problems marked, in the cells where they are", async () => {
    const draft = await draftIn(world, app);
    const back = await edited(draft, (book) => {
      cellOf(sheetOf(book, "预算明细"), "科目", 1).value = "交通费";
      cellOf(sheetOf(book, "项目组成员"), "姓名", 3).value = "新来的";
    });
    const answer = await draft.at.raw(
      `${draft.base}/offline/marked`,
      fieldsOfForm(back.html, `${draft.base}/offline/marked`),
    );
    expect(answer.headers["content-type"]).toContain("spreadsheetml");
    const marked = await editWorkbook(answer.rawPayload, (book) => {
      const cell = cellOf(sheetOf(book, "预算明细"), "科目", 1);
      expect(cell.text).toBe("交通费");
      expect(JSON.stringify(cell.note)).toContain("不在下拉列表里");
      expect(cellOf(sheetOf(book, "项目组成员"), "姓名", 3).text).toBe("新来的");
      expect(sheetOf(book, "问题清单").getCell("A2").text).toBe("预算明细 A5");
      cell.value = "劳务费";
    });
    const corrected = await sendBack(draft, marked, "改好.xlsx");
    expect(corrected.status).toBe(200);
    await saveFrom(draft, corrected.html);
    const { content } = await storedOf(world, draft.id);
    expect(content.budget.lines[0]?.subject).toBe("LABOR");
    expect(content.members.map((one) => one.name)).toEqual(["成员甲", "成员乙", "新来的"]);
  });

  it("removes a row that was emptied, and keeps the numbers of the others", async () => {
    const draft = await draftIn(world, app);
    const before = await storedOf(world, draft.id);
    const back = await edited(draft, (book) => {
      const members = sheetOf(book, "项目组成员");
      for (let column = 1; column <= 11; column += 1) members.getCell(5, column).value = null;
    });
    expect(back.text).toContain("删去第 1 行");
    await saveFrom(draft, back.html);
    expect((await storedOf(world, draft.id)).content.members).toEqual(before.content.members.slice(1));
  });
});

describe("a workbook and the draft go different ways", () => {
  it("keeps what was changed on the platform, takes what was changed in the file, and names what both changed", async () => {
    const draft = await draftIn(world, app);
    const bytes = await editWorkbook(await fileOf(draft, "workbook"), (book) => {
      const basic = sheetOf(book, "基本信息");
      cellOf(basic, "项目名称", "beside").value = "文件里的名称";
      cellOf(basic, "申请市财政资金", "beside").value = 25;
    });
    await saveDraft(world.platform, await world.actorOf(draft.pi), {
      application: draft.id,
      version: 2,
      changes: { title: "平台上的名称", keywords: ["平台上的关键词"] },
    });
    const back = await sendBack(draft, bytes, "旧.xlsx");
    expect(back.text).toContain("保留平台上的：关键词");
    expect(back.text).toContain("下载之后，这一项在平台上也改过");
    const saved = await saveFrom(draft, back.html, (fields) => {
      fields.delete("take");
      fields.append("take", "requestedGrant");
    });
    expect(saved.statusCode).toBe(303);
    const { content } = await storedOf(world, draft.id);
    expect([content.title, content.keywords, content.requestedGrant]).toEqual([
      "平台上的名称",
      ["平台上的关键词"],
      25_000_000,
    ]);
  });

  it("compares anew where the draft was saved while somebody looked, and loses nothing", async () => {
    const draft = await draftIn(world, app);
    const back = await edited(draft, (book) => {
      cellOf(sheetOf(book, "基本信息"), "项目名称", "beside").value = "文件里的名称";
    });
    await saveDraft(world.platform, await world.actorOf(draft.pi), {
      application: draft.id,
      version: 2,
      changes: { title: "又改了一次" },
    });
    const refused = await saveFrom(draft, back.html);
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain("又改了一次");
    expect((await storedOf(world, draft.id)).content.title).toBe("又改了一次");
    expect((await saveFrom(draft, refused.body)).statusCode).toBe(303);
    expect((await storedOf(world, draft.id)).content.title).toBe("文件里的名称");
  });
});

describe("a workbook of somewhere else", () => {
  it("is told: of another application, of another category, of nobody", async () => {
    const [one, other] = [await draftIn(world, app), await draftIn(world, app)];
    expect((await sendBack(other, await fileOf(one, "workbook"), "别人的.xlsx")).text).toContain(
      "这个文件是为另一项申报下载的",
    );
    const bytes = await fileOf(one, "workbook");
    await saveDraft(world.platform, await world.actorOf(one.pi), {
      application: one.id,
      version: 2,
      changes: { category: "MAJOR_BASIC", field: null, direction: null },
    });
    expect((await sendBack(one, bytes, "旧类别.xlsx")).text).toContain("重新下载，再把内容粘贴过去");
    const bare = await edited(other, (book) => {
      for (const sheet of book.worksheets.filter((each) => each.name.startsWith("zhinan")))
        book.removeWorksheet(sheet.id);
    });
    expect(bare.text).toContain("这不是从这一页下载的工作簿");
    const pack = await edited(other, (book) => {
      const stamp = sheetOf(book, "zhinan");
      stamp.eachRow((row) => {
        if (row.getCell(1).text === "zhinan.pack") row.getCell(2).value = "elsewhere-2025";
      });
    });
    expect(pack.text).toContain("另一份指南");
    const older = await edited(other, (book) => {
      const stamp = sheetOf(book, "zhinan");
      stamp.eachRow((row) => {
        if (row.getCell(1).text === "zhinan.packHash") row.getCell(2).value = "0".repeat(64);
      });
      cellOf(sheetOf(book, "基本信息"), "项目名称", "beside").value = "改过";
    });
    expect(older.text).toContain("下载之后，平台上的这份指南更正过");
    expect(older.status).toBe(200);
  });

  it.each([
    ["空.xlsx", Buffer.alloc(0), "0 字节"],
    ["文字.docx", Buffer.from("只是文字"), "内容不是"],
    ["旧.xls", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "旧版 Word / Excel"],
    ["扫描.pdf", Buffer.from("%PDF-1.4\n%%EOF"), "请传这一页下载的"],
    ["半个.xlsx", Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]), "后半部分缺失"],
  ])("%s is refused in words", async (name, bytes, words) => {
    const draft = await draftIn(world, app);
    const back = await sendBack(draft, bytes, name);
    expect(back.status).toBe(422);
    expect(back.text).toContain(words);
  });

  it("keeps no uploaded file, and lets nobody else in", async () => {
    const draft = await draftIn(world, app);
    const stranger = await visitor(app, world, await world.someone({ roles: ["PI"] }));
    const bytes = await fileOf(draft, "workbook");
    await sendBack(draft, bytes, "工作簿.xlsx");
    const { createHash } = await import("node:crypto");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await expect(
      (async () => {
        for await (const _chunk of world.platform.files.read(sha256)) return;
      })(),
    ).rejects.toThrow("ENOENT");
    for (const path of ["", "/word", "/workbook", "/paste"])
      expect((await stranger.get(`${draft.base}/offline${path}`)).statusCode).toBe(404);
  });

  it("is no way around a submission", async () => {
    const draft = await draftIn(world, app, { members: [], partners: [] });
    const back = await edited(draft, (book) => {
      cellOf(sheetOf(book, "基本信息"), "项目名称", "beside").value = "提交之后的名称";
    });
    await perform(world.platform, submitApplication, await world.actorOf(draft.pi), {
      application: draft.id,
      version: 1,
      draftVersion: 2,
    });
    expect((await saveFrom(draft, back.html)).headers.location).toBe(draft.base);
    expect((await storedOf(world, draft.id)).content.title).not.toBe("提交之后的名称");
  });
});

describe("a draft without a category", () => {
  it("takes it from the workbook that it is saved from", async () => {
    const draft = await draftIn(world, app, null);
    const page = await draft.at.get(`${draft.base}/offline`);
    expect(page.body).not.toContain(`${draft.base}/offline/workbook`);
    const bytes = await editWorkbook(
      await fileOf(draft, "workbook", "", "?category=APPLIED_BASIC"),
      (book) => {
        const basic = sheetOf(book, "基本信息");
        cellOf(basic, "项目名称", "beside").value = "从工作簿开始";
        cellOf(basic, "领域", "beside").value = "洁净能源";
        cellOf(basic, "方向", "beside").value = "储能关键技术及系统";
      },
    );
    const back = await sendBack(draft, bytes, "新.xlsx");
    await saveFrom(draft, back.html);
    const { content } = await storedOf(world, draft.id);
    expect([content.title, content.category, content.field, content.direction]).toEqual([
      "从工作簿开始",
      "APPLIED_BASIC",
      "CLEAN_ENERGY",
      "AB-31",
    ]);
  });
});
