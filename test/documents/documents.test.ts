import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Failed } from "../../src/platform/apart.ts";
import { coverageOf } from "../../src/platform/documents/coverage.ts";
import { fontFiles } from "../../src/platform/documents/fonts.ts";
import { type DocumentOptions, type DocumentOrder, openDocuments } from "../../src/platform/documents.ts";
import { Refused } from "../../src/platform/errors.ts";
import { openWorld, type World } from "../world/world.ts";
import { seenIn } from "./pdf.ts";

// Without the bureau's own: what they are called, a test cannot know.
const fonts = fontFiles({ ...process.env, ZHINAN_FONTS: "" });
/** Controls, and what reorders text. */
const unseen = /[\p{Cc}\p{Bidi_Control}\ufeff]/u;
const root = path.resolve(import.meta.dirname, "../..");
let world: World;
let workspace: string;
const opened: { readonly close: () => Promise<void> }[] = [];

const open = (over: Partial<DocumentOptions> = {}) => {
  const documents = openDocuments(world.platform, { fonts, workspace, ...over });
  opened.push(documents);
  return documents;
};
/** As who edits a template: what is read of it is read anew. */
const template = (kind: string, source: string) =>
  writeFileSync(path.join(workspace, "pack", "documents", `${kind}.typ`), source);

const orderOf = (over: Partial<DocumentOrder> = {}): DocumentOrder => ({
  policy: "pack",
  kind: "receipt",
  code: "3F2A-7C01-99AB",
  data: { title: "锂硫电池研究", text: "正文" },
  at: Date.parse("2024-06-10T09:00:00+08:00"),
  application: null,
  ...over,
});

beforeAll(async () => {
  world = await openWorld();
  workspace = mkdtempSync(path.join(tmpdir(), "zhinan-packs-"));
  cpSync(path.join(root, "policies", "_documents"), path.join(workspace, "_documents"), { recursive: true });
  mkdirSync(path.join(workspace, "pack", "documents"), { recursive: true });
  template(
    "receipt",
    `#import "/_documents/paper.typ": *
#show: paper.with(title: data.title, code: if not data.at("plain", default: false) { "3F2A-7C01-99AB" })
= 标题
#data.text

*粗体* #for n in range(data.at("pages", default: 1) - 1) { pagebreak(); [第 #(n + 2) 张] }`,
  );
}, 60_000);
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await world?.close();
  rmSync(workspace, { recursive: true });
});

describe.runIf(fonts.length > 0)("papers", () => {
  it("are PDF/A-2a, tagged, with title and language, and bring along their fonts, which are ours and not the machine's", async () => {
    const { bytes, pages } = await open().drawn(orderOf({ data: { title: "锂硫电池研究", text: "甲 α ₂" } }));
    const seen = await seenIn(bytes);
    expect(seen).toMatchObject({ archivable: "2a", tagged: true, title: "锂硫电池研究" });
    expect(seen.language.toLowerCase()).toMatch(/^zh(-cn)?$/);
    expect(seen.pages).toHaveLength(pages);
    expect(seen.fonts.length).toBeGreaterThan(1);
    expect(seen.fonts.filter((one) => !one.embedded)).toEqual([]);
    // Noto, and what Typst carries within: nothing that happens to be installed.
    const ours = /Noto(Serif|Sans)(CJK|SC)|LibertinusSerif|NewCM|DejaVuSansMono/;
    expect(seen.fonts.filter((one) => !ours.test(one.name))).toEqual([]);
  });

  it("are the same bytes from another process, and other bytes for other words", async () => {
    const [one, same, other] = await Promise.all([
      open().drawn(orderOf()),
      open().drawn(orderOf()),
      open().drawn(orderOf({ data: { title: "锂硫电池研究", text: "另一段" } })),
    ]);
    expect(Buffer.compare(Buffer.from(one.bytes), Buffer.from(same.bytes))).toBe(0);
    expect(Buffer.compare(Buffer.from(one.bytes), Buffer.from(other.bytes))).not.toBe(0);
  });

  it("have a square on every page, however many there are", async () => {
    const { pages } = await open().drawn(orderOf({ data: { title: "长", text: "文", pages: 65 } }));
    expect(pages).toBe(65);
  });

  it("draw rare characters, or write their numbers, and are not disturbed by what cannot be seen", async () => {
    const covers = coverageOf(fonts);
    const rare = "𠮷𬭎㛃龦";
    const expected = Array.from(rare, (one) =>
      covers(one.codePointAt(0)!) ? one : `〔U+${one.codePointAt(0)!.toString(16).toUpperCase()}〕`,
    ).join("");
    const documents = open();
    const data = {
      title: "罕见\u202e字\ud83d",
      text: `姓名：${rare}。\u0378\ue000\u{e0fff}😀👨\u200d👩\ud800CO₂☐ x̄中\u0485\u0000\u0007\u202e反\u202c\ufeff完`,
    };
    const { bytes } = await documents.drawn(orderOf({ data }));
    const seen = await seenIn(bytes);
    const text = seen.pages.join("").replaceAll(/\s/g, "");
    expect(text).toContain(
      `姓名：${expected}。〔U+0378〕〔U+E000〕〔U+1F600〕〔U+1F468〕〔U+1F469〕〔U+D800〕CO₂☐`,
    );
    expect(text).toContain("中〔U+0485〕反完");
    expect(text).not.toMatch(unseen);
    expect(seen.title).toBe("罕见字〔U+D83D〕");
    const html = await documents.preview(orderOf({ data }));
    expect(html).toContain("〔U+1F600〕");
    expect(html.replaceAll("\n", "")).not.toMatch(unseen);
  });

  it("take nothing in the data for markup", async () => {
    const text = '#panic("x") *not bold* = no $ heading <script>alert(1)</script> \\ // @ref';
    const documents = open();
    const seen = await seenIn((await documents.drawn(orderOf({ data: { title: "t", text } }))).bytes);
    expect(seen.pages[0]).toContain('#panic("x") *not bold*');
    const html = await documents.preview(orderOf({ data: { title: "t", text } }));
    expect(html).not.toContain("<script>");
    expect(html).toContain("&lt;script>alert(1)&lt;/script>");
  });

  it("say where the template is wrong: file, line, column, and who called", async () => {
    writeFileSync(path.join(workspace, "_documents", "wrong.typ"), "#let deep(x) = {\n  x.nothing\n}\n");
    template("notice-refused", '#import "/_documents/wrong.typ": deep\n\n正文 #deep((:))\n');
    template("notice-accepted", "= 标题\n#let x = (\n");
    template(
      "notice-correction",
      "#set document(title: \"t\")\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\"))",
    );
    const documents = open();
    const failure = (kind: DocumentOrder["kind"], as: "drawn" | "preview" = "drawn") =>
      documents[as](orderOf({ kind })).then(
        () => "no error",
        (error: unknown) => (error instanceof Failed ? error.message : String(error)),
      );
    const deep =
      '_documents/wrong.typ:2:5 dictionary does not contain key "nothing"\n  pack/documents/notice-refused.typ:3:5 while calling deep';
    expect(await failure("notice-refused")).toBe(deep);
    expect(await failure("notice-refused", "preview")).toBe(deep);
    expect(await failure("notice-accepted")).toBe(
      "pack/documents/notice-accepted.typ:2:10 unclosed delimiter",
    );
    expect(await failure("notice-correction")).toMatch(
      /^pack\/documents\/notice-correction\.typ PDF\/A-2a error: missing alt text/,
    );
    expect(await failure("self-check-summary")).toMatch(
      /file not found.*pack\/documents\/self-check-summary\.typ/,
    );
    // The process is none the worse for it.
    expect((await documents.drawn(orderOf())).pages).toBe(1);
  });
});

it("are refused in words where there is no font at all", async () => {
  await expect(open({ fonts: [] }).make(orderOf())).rejects.toThrow(Refused);
});

describe.runIf(fonts.length > 0)("the cache", () => {
  const rows = () =>
    world.platform.database.kysely
      .selectFrom("document")
      .innerJoin("stored_file", "stored_file.sha256", "document.file")
      .select(["document.key", "document.file", "document.made_at", "stored_file.mime"])
      .orderBy("document.made_at")
      .execute();

  it("gives the same file to everybody who asks for the same, at once or later, and in another process", async () => {
    const documents = open();
    const [one, two] = await Promise.all([documents.make(orderOf()), documents.make(orderOf())]);
    expect(two).toEqual(one);
    expect(await rows()).toHaveLength(1);
    expect(await open().make(orderOf())).toEqual(one);
    expect(await rows()).toMatchObject([{ file: one.sha256, mime: "application/pdf" }]);
    const kept = await buffer(world.platform.files.read(one.sha256));
    expect(kept.length).toBe(one.size);
    expect((await seenIn(kept)).pages).toHaveLength(one.pages);
  });

  it("makes it anew where the template, the words or the instant is another", async () => {
    const before = await rows();
    const documents = open();
    await documents.make(orderOf({ code: null, data: { ...(orderOf().data as object), plain: true } }));
    await documents.make(orderOf({ at: 0 }));
    await documents.make(orderOf({ data: { title: "另", text: "" } }));
    expect(await rows()).toHaveLength(before.length + 3);
    writeFileSync(path.join(workspace, "_documents", "other.typ"), "// a change\n");
    // Read once by a running server; a new one sees the change.
    await documents.make(orderOf());
    expect(await rows()).toHaveLength(before.length + 3);
    await open().make(orderOf());
    expect(await rows()).toHaveLength(before.length + 4);
  });

  it("makes it again where the file is gone from the disk", async () => {
    const documents = open();
    const order = orderOf({ data: { title: "丢", text: "失" } });
    const { sha256 } = await documents.make(order);
    const before = await rows();
    await world.platform.files.remove(sha256);
    expect((await documents.make(order)).sha256).toBe(sha256);
    expect(await world.platform.files.has(sha256)).toBe(true);
    expect(await rows()).toEqual(before);
  });
});
