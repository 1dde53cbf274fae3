import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Document, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow } from "docx";
import { strToU8, zipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { parseGuide } from "../../src/core/guide/parse.ts";
import { readGuideFile, UnreadableGuide } from "../../src/platform/guide-files.ts";
import { ids, outline } from "./law.ts";

const folder = mkdtempSync(join(tmpdir(), "guide-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const refusal = async (path: string): Promise<UnreadableGuide> => {
  const error: unknown = await readGuideFile(path).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UnreadableGuide);
  return error as UnreadableGuide;
};

describe("text", () => {
  test("is read whatever the file is called", async () => {
    expect(await readGuideFile(file("guide.pdf", "\ufeff指南\n一、甲\n"))).toContain("一、甲");
  });

  test.each([
    ["an empty file", "", "文件是空的", undefined],
    ["only white space", " \n　\n", "文件是空的", undefined],
    ["a binary file", Uint8Array.of(1, 2, 0, 4), "不是文本文件", "byte 2"],
    ["GBK", Uint8Array.of(0x61, 0xd6, 0xb8, 0xc4, 0xcf), "不是 UTF-8", "byte 3"],
    ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x31, 0x00), "不是 UTF-8", "byte 0"],
    ["a character cut at the end", Uint8Array.of(0x61, 0x62, 0xe6, 0x8c), "不是 UTF-8", "byte 2"],
    ["a line over 1 MB", `指南\n${"科".repeat(1_100_000)}\n`, "第 2 行", "line 2"],
    ["an archive of something else", Buffer.from("PK\u0003\u0004 and nothing more"), "已损坏", undefined],
    ["a broken PDF", "%PDF-1.7 and nothing more", "已损坏", undefined],
  ])("%s is refused", async (name, content, zh, place) => {
    const error = await refusal(file(name, content));
    expect(error.reason.zh).toContain(zh);
    expect(error.reason.en).toMatch(/^[A-Z].*[.]$/);
    expect(error.place).toBe(place);
  });

  test("a missing file, a folder and a file over 32 MB are refused before they are read", async () => {
    expect((await refusal(join(folder, "none.txt"))).reason.en).toContain("There is no file");
    expect((await refusal(folder)).reason.en).toContain("is a folder");
    const large = file("large.txt", "");
    truncateSync(large, 32 * 1024 * 1024 + 1);
    expect((await refusal(large)).reason.en).toContain("larger than 32 MB");
  });
});

describe("Word", () => {
  const levels = [
    { level: 0, format: LevelFormat.CHINESE_COUNTING, text: "%1、" },
    { level: 1, format: LevelFormat.CHINESE_COUNTING, text: "（%2）" },
    { level: 2, format: LevelFormat.DECIMAL, text: "%3." },
  ];
  const numbered = (text: string, level: number): Paragraph =>
    new Paragraph({ text, numbering: { reference: "guide", level } });
  const docx = async (children: (Paragraph | Table)[]): Promise<string> => {
    const document = new Document({
      numbering: { config: [{ reference: "guide", levels }] },
      sections: [{ children }],
    });
    return file("guide.docx", await Packer.toBuffer(document));
  };

  test("numbers that Word writes itself are there", async () => {
    const path = await docx([
      new Paragraph("某市项目申报指南"),
      numbered("总体要求", 0),
      new Paragraph("坚持创新 & 发展 <重点>。"),
      numbered("支持方向", 0),
      numbered("制造", 1),
      numbered("机床", 2),
      numbered("轴承", 2),
      numbered("健康", 1),
      numbered("药物", 2),
    ]);
    expect(outline(parseGuide(await readGuideFile(path)))).toEqual([
      "一 [总体要求] 坚持创新 & 发展 <重点>。",
      "二 [支持方向]",
      "二/（一） [制造]",
      "二/（一）/1 [机床]",
      "二/（一）/2 [轴承]",
      "二/（二） [健康]",
      "二/（二）/1 [药物]",
    ]);
  });

  test("typed numbers and the text of tables are there too", async () => {
    const cell = new TableCell({ children: [new Paragraph("表中文字")] });
    const path = await docx([
      new Paragraph("指南"),
      new Paragraph("第一章 总则"),
      new Paragraph("第一条 制定本办法。"),
      new Table({ rows: [new TableRow({ children: [cell] })] }),
    ]);
    const text = await readGuideFile(path);
    expect(ids(parseGuide(text))).toEqual(["第一章", "第一章/第一条"]);
    expect(text).toContain("表中文字");
  });

  const archive = (document: string | Uint8Array): Uint8Array =>
    zipSync({ "word/document.xml": typeof document === "string" ? strToU8(document) : document });
  const body = (inside: string): string => `<?xml version="1.0"?><w:document>${inside}</w:document>`;
  const zeros = new Uint8Array(80 * 1024 * 1024);

  test("text that a reader of the document does not see stays out", async () => {
    const document = body(
      `<w:p><w:pPr><w:pPrChange><w:numId w:val="1"/></w:pPrChange><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr>
        <w:r><w:t>甲&#20057;</w:t><w:tab/><w:t><![CDATA[<丙>]]></w:t><w:delText>删</w:delText></w:r>
        <w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>
        <mc:Fallback><w:p><w:r><w:t>旧</w:t></w:r></w:p></mc:Fallback></w:p>
      <w:p/><w:p><w:r><w:t>丁</w:t><w:br/><w:t xml:space="preserve"> 戊</w:t></w:r></w:p>`,
    );
    expect(await readGuideFile(file("seen.docx", archive(document)))).toBe("甲乙\t<丙>\n丁\n 戊");
  });

  test.each([
    ["an archive of something else", () => zipSync({ "a.txt": strToU8("甲") }), "not a Word document"],
    ["XML that breaks off", () => archive("<w:document><w:p>"), "damaged"],
    ["an entity of its own", () => archive(body("<w:p><w:t>&lol;</w:t></w:p>")), "damaged"],
    ["elements nested without end", () => archive("<a>".repeat(1_000_000)), "damaged"],
    ["attributes without end", () => archive(`<a ${'b="" '.repeat(1_000_000)}/>`), "damaged"],
    ["a small file that unpacks to 80 MB", () => archive(zeros), "too large when unpacked"],
  ])("%s is refused", async (_, bytes, en) => {
    expect((await refusal(file("bad.docx", bytes()))).reason.en).toContain(en);
  });

  test("an entry is never unpacked beyond the size it claims", async () => {
    const bytes = Buffer.from(archive(zeros));
    bytes.writeUInt32LE(1000, bytes.indexOf(Uint8Array.of(0x50, 0x4b, 1, 2)) + 24);
    const path = file("lie.docx", bytes);
    const before = process.memoryUsage().arrayBuffers;
    expect((await refusal(path)).reason.en).toContain("damaged");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  });
});

describe("PDF", () => {
  test("lines are put together by their place, pages by their numbers", async () => {
    const path = fileURLToPath(new URL("fixtures/two-pages.pdf", import.meta.url));
    const guide = parseGuide(await readGuideFile(path));
    expect(guide.title).toBe("申报指南");
    expect(outline(guide)).toEqual([
      "一 [总则] 支持项目研究，每项不超过3.5万元，按指南申报。支持研究项目，支持项目申报，不超过三项。",
      "二 [申报]",
      "二/（一） [] 单位申报；",
      "二/（二） [] 按项申报。",
    ]);
  });

  test("one without text is refused", async () => {
    const objects = [
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    ];
    const body = objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`);
    const pdf = `%PDF-1.4\n${body.join("")}trailer\n<< /Root 1 0 R /Size 4 >>\n%%EOF\n`;
    expect((await refusal(file("scan.pdf", pdf))).reason.en).toContain("images and no text");
  });
});
