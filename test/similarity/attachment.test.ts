import { readFileSync } from "node:fs";
import { Document, Packer, Paragraph } from "docx";
import { describe, expect, it } from "vitest";
import { attachmentText } from "../../src/platform/similarity/attachment.ts";

const words = "近海底栖生物群落的长期观测与退化机理";

describe("the text of an attachment", () => {
  it("comes from Word, PDF and plain text", async () => {
    const word = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph(words)] }] }));
    expect(await attachmentText("a.docx", word)).toEqual({
      section: { name: "a.docx", text: expect.stringContaining(words) },
    });
    expect(await attachmentText("a.txt", Buffer.from(words))).toEqual({
      section: { name: "a.txt", text: words },
    });
    const pdf = readFileSync(new URL("../guide/fixtures/two-pages.pdf", import.meta.url));
    const read = await attachmentText("a.pdf", pdf);
    expect("section" in read && read.section.text.length).toBeGreaterThan(20);
  });

  it("is reported where there is none: images only, empty, damaged", async () => {
    const scan = Buffer.from(
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>endobj\ntrailer<</Root 1 0 R>>",
    );
    expect(await attachmentText("scan.pdf", scan)).toMatchObject({
      unreadable: { en: expect.stringContaining("images and no text") },
    });
    expect(await attachmentText("empty.txt", Buffer.from(" \n"))).toMatchObject({ unreadable: {} });
    expect(await attachmentText("broken.docx", Buffer.from("PK\u0003\u0004 nothing"))).toMatchObject({
      unreadable: {},
    });
  });
});
