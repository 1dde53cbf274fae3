import type { FastifyInstance } from "fastify";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instantText, jsonText } from "../../src/platform/database/values.ts";
import { siteOf } from "../application/form-visit.ts";
import { openWorld, type World } from "../world/world.ts";
import { draftIn, editDocx, fileOf, reword, saveFrom, sendBack, storedOf } from "./world.ts";

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

const short = { members: [], partners: [], sections: { novelty: "甲乙丙丁", risks: "戊己庚辛" } };
const written = async () => {
  const draft = await draftIn(world, app, short);
  return { draft, bytes: await fileOf(draft, "word") };
};
const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const paragraph = (inside: string, style = "") =>
  `<w:p>${style === "" ? "" : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}${inside}</w:p>`;
/** Puts XML behind the paragraph that says `words`. */
const behind = (xml: string, words: string, inside: string): string => {
  const at = xml.indexOf("</w:p>", xml.indexOf(words)) + 6;
  if (at < 6 || !xml.includes(words)) throw new Error(`the document does not say ${words}`);
  return xml.slice(0, at) + inside + xml.slice(at);
};

describe("headings as people leave them", () => {
  it.each<[string, (xml: string) => string]>([
    ["another number", (xml) => reword(xml, "（七）创新点", "3.2 创新点")],
    ["no number", (xml) => reword(xml, "（七）创新点", "创新点")],
    ["a small edit", (xml) => reword(xml, "（七）创新点", "（七）创新之点")],
    ["a bracket more", (xml) => reword(xml, "（七）创新点", "（七）创新点：")],
    [
      "neither style nor bookmark",
      (xml) =>
        xml
          .replaceAll(/<w:bookmark(?:Start|End)[^>]*\/>/g, "")
          .replaceAll(/<w:pStyle w:val="Heading2"\/>/g, ""),
    ],
    ["no bookmark, styles of its own", (xml) => xml.replaceAll(/<w:bookmark(?:Start|End)[^>]*\/>/g, "")],
  ])("%s: the text below is still the answer", async (_what, edit) => {
    const { draft, bytes } = await written();
    const back = await sendBack(
      draft,
      editDocx(bytes, (xml) => reword(edit(xml), "甲乙丙丁", "甲乙丙丁，再加一句")),
      "正文.docx",
    );
    expect(back.text).not.toContain("没有找到这些标题");
    await saveFrom(draft, back.html);
    const { sections } = (await storedOf(world, draft.id)).content;
    expect([sections["novelty"], sections["risks"]]).toEqual(["甲乙丙丁，再加一句", "戊己庚辛"]);
  });

  it("names a heading that is missing and leaves its answer alone", async () => {
    const { draft, bytes } = await written();
    const back = await sendBack(
      draft,
      editDocx(bytes, (xml) =>
        reword(
          xml.replace(/<w:p>(?:(?!<\/w:p>).)*_zn_risks(?:(?!<\/w:p>).)*<\/w:p>/, ""),
          "甲乙丙丁",
          "甲乙丙",
        ),
      ),
      "正文.docx",
    );
    expect(back.text).toContain("没有找到这些标题，平台上的内容保持不变：风险与对策");
    await saveFrom(draft, back.html, (fields) => {
      fields.delete("take");
      fields.append("take", "sections.novelty");
    });
    const { sections } = (await storedOf(world, draft.id)).content;
    expect([sections["novelty"], sections["risks"]]).toEqual(["甲乙丙", "戊己庚辛"]);
  });

  it("saves nothing where a heading stands twice", async () => {
    const { draft, bytes } = await written();
    const back = await sendBack(
      draft,
      editDocx(bytes, (xml) =>
        behind(xml, "戊己庚辛", paragraph(run("（八）创新点"), "Heading2") + paragraph(run("另一处"))),
      ),
      "正文.docx",
    );
    expect(back.status).toBe(422);
    expect(back.text).toContain("标题“创新点”出现了不止一次");
  });

  it("finds nothing in a document of something else", async () => {
    const { draft, bytes } = await written();
    const back = await sendBack(
      draft,
      editDocx(bytes, (xml) =>
        xml.replace(/<w:body>.*<\/w:body>/s, `<w:body>${paragraph(run("一封信"))}</w:body>`),
      ),
      "信.docx",
    );
    expect(back.text).toContain("没有找到申报书的任何一个标题");
  });

  it("keeps a heading of one's own as text of the answer", async () => {
    const { draft, bytes } = await written();
    const back = await sendBack(
      draft,
      editDocx(bytes, (xml) =>
        behind(
          xml,
          "甲乙丙丁",
          paragraph(run("1.1 与现有方法的差别"), "Heading3") + paragraph(run("差别在此")),
        ),
      ),
      "正文.docx",
    );
    await saveFrom(draft, back.html);
    expect((await storedOf(world, draft.id)).content.sections["novelty"]).toBe(
      "甲乙丙丁\n1.1 与现有方法的差别\n差别在此",
    );
  });
});

it("during a correction takes what the notice opened, and tells of the rest", async () => {
  const { draft, bytes } = await written();
  await world.platform.database.kysely
    .updateTable("application")
    .set({
      state: "CORRECTION",
      correction_fields: jsonText(["sections.novelty"]),
      correction_due_at: instantText(Date.parse("2024-07-20T00:00:00+08:00")),
    })
    .where("id", "=", draft.id)
    .execute();
  const back = await sendBack(
    draft,
    editDocx(bytes, (xml) => reword(reword(xml, "甲乙丙丁", "补正后的创新点"), "戊己庚辛", "不该改的")),
    "全文.docx",
  );
  expect(back.text).toContain("“风险与对策”现在不能修改");
  expect((await saveFrom(draft, back.html)).statusCode).toBe(303);
  const { sections } = (await storedOf(world, draft.id)).content;
  expect([sections["novelty"], sections["risks"]]).toEqual(["补正后的创新点", "戊己庚辛"]);
});

describe("tracked changes", () => {
  const revised = (xml: string) =>
    xml.replace(
      run("甲乙丙丁"),
      `${run("甲乙")}<w:del w:id="9" w:author="某人"><w:r><w:delText>丙</w:delText></w:r></w:del><w:ins w:id="10" w:author="某人">${run("新")}</w:ins>${run("丁")}`,
    );

  it("are named at their place and saved only once the person says so", async () => {
    const { draft, bytes } = await written();
    const back = await sendBack(draft, editDocx(bytes, revised), "修订.docx");
    expect(back.text).toContain("文件里有未接受的修订");
    expect(back.text).toContain("“创新点”：删除 “丙”");
    expect(back.text).toContain("“创新点”：插入 “新”");
    const refused = await saveFrom(draft, back.html);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain("请先确认按接受修订后的文字保存");
    expect((await storedOf(world, draft.id)).content.sections["novelty"]).toBe("甲乙丙丁");
    await saveFrom(draft, refused.body, (fields) => fields.set("accept", "1"));
    expect((await storedOf(world, draft.id)).content.sections["novelty"]).toBe("甲乙新丁");
  });

  it("of a paragraph's end join it to the next", async () => {
    const { draft, bytes } = await written();
    const back = await sendBack(
      draft,
      editDocx(bytes, (xml) => {
        const marked = `<w:p><w:pPr><w:rPr><w:del w:id="9" w:author="x"/></w:rPr></w:pPr>${run("前半")}</w:p>`;
        return behind(xml, "甲乙丙丁", marked + paragraph(run("后半")));
      }),
      "修订.docx",
    );
    await saveFrom(draft, back.html, (fields) => fields.set("accept", "1"));
    expect((await storedOf(world, draft.id)).content.sections["novelty"]).toBe("甲乙丙丁\n前半后半");
  });
});

describe("what is not taken over is told", () => {
  it("tables, pictures, text boxes, formulas, comments, text before the first heading", async () => {
    const { draft, bytes } = await written();
    const table = `<w:tbl><w:tr><w:tc>${paragraph(run("表里的字"))}</w:tc></w:tr></w:tbl>`;
    const picture = `<w:p><w:r><w:drawing><pic/></w:drawing></w:r></w:p>`;
    const box = `<w:p><w:r><mc:AlternateContent xmlns:mc="x"><mc:Choice Requires="wps"><w:drawing><w:txbxContent>${paragraph(run("框里的字"))}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>${paragraph(run("旧版的框"))}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`;
    const rest = `<w:p><m:oMath xmlns:m="x"><m:r><m:t>E=mc</m:t></m:r></m:oMath><w:r><w:commentReference w:id="0"/></w:r></w:p>`;
    const back = await sendBack(
      draft,
      editDocx(bytes, (xml) =>
        behind(
          xml.replace("<w:body>", `<w:body>${paragraph(run("我的封面"))}`),
          "甲乙丙丁",
          table + picture + box + rest,
        ),
      ),
      "图文.docx",
    );
    for (const words of [
      "“创新点”处有 1 处表格，没有取入",
      "“创新点”处有 1 处图片，没有取入",
      "“创新点”处有 1 处文本框，没有取入",
      "“创新点”处有 1 处公式，没有取入",
      "“创新点”处有 1 处批注，没有取入",
      "第一个标题之前有 1 段文字（“我的封面”）",
      "文件里的内容与草稿相同",
    ])
      expect(back.text).toContain(words);
  });

  it("says by how much a text is too long, and saves it all the same", async () => {
    const { draft, bytes } = await written();
    const long = "字".repeat(1_503);
    const back = await sendBack(
      draft,
      editDocx(bytes, (xml) => reword(xml, "甲乙丙丁", long)),
      "长.docx",
    );
    expect(back.text).toContain("“创新点”写了 1503 字，建议不超过 1500 字，超出 3 字");
    await saveFrom(draft, back.html);
    expect((await storedOf(world, draft.id)).content.sections["novelty"]).toBe(long);
  });
});

describe("a document that is none", () => {
  const docx = (xml: string | Uint8Array) =>
    Buffer.from(
      zipSync({
        "[Content_Types].xml": strToU8("<Types/>"),
        "word/document.xml": typeof xml === "string" ? strToU8(xml) : xml,
      }),
    );
  it.each([
    ["not XML", () => docx("<w:document><w:p>"), "内部有问题"],
    ["a bomb", () => docx(new Uint8Array(90 * 1_048_576).fill(32)), "展开后过大"],
    [
      "an entity bomb",
      () =>
        docx(
          `<!DOCTYPE x [<!ENTITY a "${"a".repeat(1_000)}"><!ENTITY b "&a;&a;&a;">]><w:document><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>`,
        ),
      "内部有问题",
    ],
    ["nested without end", () => docx("<w:p>".repeat(5_000) + "</w:p>".repeat(5_000)), "内部有问题"],
  ])("%s", async (_what, bytes, words) => {
    const draft = await draftIn(world, app, short);
    const back = await sendBack(draft, bytes(), "坏.docx");
    expect(back.status).toBe(422);
    expect(back.text).toContain(words);
  });
});
