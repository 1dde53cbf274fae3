import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FileStore, openFiles } from "../../src/platform/files.ts";
import { openWorkbooks, type Workbooks } from "../../src/platform/workbooks.ts";
import { UnreadableWorkbook } from "../../src/platform/workbooks/unreadable.ts";
import { claiming, compoundFile, type Draw, rawBook, rowsBook, stored, workbook } from "./books.ts";

let files: FileStore;
let workbooks: Workbooks;
beforeAll(async () => {
  files = await openFiles(await mkdtemp(path.join(tmpdir(), "zhinan-books-")));
  workbooks = openWorkbooks(files);
});
afterAll(() => workbooks.close());

const read = async (bytes: Uint8Array) => workbooks.read(await stored(files, bytes));
const cellsOf = async (bytes: Uint8Array) =>
  (await read(bytes))[0]?.rows.flatMap((row) =>
    row.cells.map(({ address, kind, text }) => [address, kind, text]),
  );
const drawn = async (draw: Draw) => cellsOf(await workbook(draw));
const faultOf = (bytes: Uint8Array) =>
  read(bytes).then(
    () => "read",
    (error: unknown) => (error instanceof UnreadableWorkbook ? error.fault : error),
  );

describe("cells", () => {
  it("come with their kind and a text that says what stands there", async () => {
    const found = await drawn((sheet) => {
      sheet.getCell("A1").value = "  姓名 ";
      sheet.getCell("B1").value = 1234.5;
      sheet.getCell("C1").value = 210_203_199_001_011_230;
      sheet.getCell("D1").value = true;
      sheet.getCell("E1").value = { error: "#N/A" };
      sheet.getCell("F1").value = { formula: "B1*2", result: 2469 };
      sheet.getCell("A3").value = new Date(Date.UTC(2024, 5, 20));
      sheet.getCell("B3").value = new Date(Date.UTC(2024, 5, 20, 14, 30));
      sheet.getCell("C3").value = 45_463;
      sheet.getCell("C3").numFmt = 'yyyy"年"m"月"d"日"';
      sheet.getCell("D3").value = 45_463;
      sheet.getCell("D3").numFmt = '0"day"';
      sheet.getCell("E3").value = { richText: [{ text: "甲" }, { text: "乙" }] };
      sheet.getCell("F3").value = 1e-7;
      sheet.getCell("G3").value = { text: "邮箱", hyperlink: "mailto:a@example.invalid" };
    });
    expect(found).toEqual([
      ["A1", "text", "  姓名 "],
      ["B1", "number", "1234.5"],
      ["C1", "number", "210203199001011230"],
      ["D1", "boolean", "TRUE"],
      ["E1", "error", "#N/A"],
      ["F1", "formula", "2469"],
      ["A3", "date", "2024-06-20"],
      ["B3", "date", "2024-06-20 14:30:00"],
      ["C3", "date", "2024-06-20"],
      ["D3", "number", "45463"],
      ["E3", "text", "甲乙"],
      ["F3", "number", "0.0000001"],
      ["G3", "text", "邮箱"],
    ]);
  });

  it("tell the formula itself, shared ones too", async () => {
    const [sheet] = await read(
      await workbook((one) => {
        one.getCell("A1").value = { formula: 'HYPERLINK("x")', result: "点" };
        one.getCell("A2").value = { formula: "B2", result: 1 };
        one.fillFormula("C1:C3", "A1+1", [1, 2, 3]);
      }),
    );
    const cells = sheet?.rows.flatMap((row) => row.cells) ?? [];
    expect(cells.every(({ kind }) => kind === "formula")).toBe(true);
    expect(cells.find(({ address }) => address === "A1")?.formula).toBe('HYPERLINK("x")');
    expect(cells).toHaveLength(5);
  });

  it("count days from 1900 with the day that never was, or from 1904", async () => {
    const days = (book1904: boolean) =>
      drawn((sheet, book) => {
        if (book1904) book.properties.date1904 = true;
        for (const [index, serial] of [1, 59, 60, 61, 45_463].entries()) {
          const cell = sheet.getCell(1, index + 1);
          cell.value = serial;
          cell.numFmt = "yyyy-mm-dd";
        }
      });
    expect((await days(false))?.map(([, , text]) => text)).toEqual([
      "1900-01-01",
      "1900-02-28",
      "1900-02-29",
      "1900-03-01",
      "2024-06-20",
    ]);
    expect((await days(true))?.map(([, , text]) => text)).toEqual([
      "1904-01-02",
      "1904-02-29",
      "1904-03-01",
      "1904-03-02",
      "2028-06-21",
    ]);
  });

  it("tell merged areas and hidden rows, columns and sheets", async () => {
    const sheets = await read(
      await workbook((sheet, book) => {
        sheet.mergeCells("A1:B2");
        sheet.getCell("A1").value = "合并";
        sheet.getCell("C2").value = "单";
        sheet.getRow(2).hidden = true;
        sheet.getColumn(3).hidden = true;
        book.addWorksheet("另", { state: "veryHidden" }).getCell("A1").value = 1;
      }),
    );
    const [first, second] = sheets;
    expect(first?.merged).toEqual([{ top: 1, left: 1, bottom: 2, right: 2 }]);
    expect(first?.rows.map(({ number, isHidden }) => [number, isHidden])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(first?.rows[0]?.cells[0]).toMatchObject({ text: "合并", isMerged: true });
    expect(first?.rows[1]?.cells.find(({ address }) => address === "C2")?.isMerged).toBe(false);
    expect(first?.hiddenColumns).toEqual([3]);
    expect([second?.name, second?.isHidden]).toEqual(["另", true]);
  });

  it("need no addresses and may have prefixes, as other programs write", async () => {
    const sheet =
      '<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c><x:c><x:v>2</x:v></x:c></x:row><x:row><x:c t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    expect(
      await cellsOf(rawBook({ sheet, shared: "<sst><si><t>_x4E59_</t><rPh><t>yi</t></rPh></si></sst>" })),
    ).toEqual([
      ["A1", "text", "甲"],
      ["B1", "number", "2"],
      ["A2", "text", "乙"],
    ]);
  });

  it("of a blank tail cost nothing", async () => {
    const [sheet] = await read(
      await workbook((one) => {
        one.addRow(["甲"]);
        for (let row = 2; row < 30_000; row += 1) one.getCell(row, 1).style = { font: { bold: true } };
        one.getCell("A30000").value = " ";
      }),
    );
    expect(sheet?.rows).toHaveLength(1);
  });

  it("come by the thousand", async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => [`甲${index}`, index, "2024-06-20", "x", "y"]);
    const [sheet] = await read(await rowsBook(rows));
    expect(sheet?.rows).toHaveLength(5_000);
    expect(sheet?.rows.at(-1)?.cells[1]?.text).toBe("4999");
  });
});

describe("what is no readable workbook", () => {
  const zeros = (size: number) => new Uint8Array(size).fill(0x20);

  it.each([
    ["nothing", "empty", () => Buffer.alloc(0)],
    ["three bytes", "notWorkbook", () => Buffer.from([0x50, 0x4b, 0x03])],
    ["a password", "encrypted", () => compoundFile("EncryptedPackage")],
    ["the old kind", "oldFormat", () => compoundFile("Workbook")],
    ["CSV", "plainText", () => Buffer.from("姓名,证件号\n甲,1\n")],
    ["a picture", "notWorkbook", () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0])],
    ["macros", "macros", () => rawBook({ more: { "xl/vbaProject.bin": zeros(10) } })],
    ["old macros", "macros", () => rawBook({ more: { "xl/macrosheets/sheet1.xml": zeros(10) } })],
    ["a binary workbook", "otherFormat", () => rawBook({ more: { "xl/workbook.bin": zeros(10) } })],
    ["a name that leaves its folder", "damaged", () => rawBook({ more: { "../../evil.xml": zeros(10) } })],
    ["a name from the root", "damaged", () => rawBook({ more: { "/etc/evil.xml": zeros(10) } })],
    ["a name with backslashes", "damaged", () => rawBook({ more: { "..\\evil.xml": zeros(10) } })],
    ["10 MB of nothing in the sheet", "tooLarge", () => rawBook({ sheet: zeros(10 * 1_048_576) })],
    ["10 MB of nothing in its texts", "tooLarge", () => rawBook({ shared: zeros(10 * 1_048_576) })],
    ["a claim of 1 GB", "tooLarge", () => claiming(rawBook({}), "xl/worksheets/sheet1.xml", 1_073_741_824)],
    [
      "more than was claimed",
      "damaged",
      () => claiming(rawBook({ sheet: zeros(10 * 1_048_576) }), "xl/worksheets/sheet1.xml", 1_000),
    ],
    ["a thousand parts too many", "tooLarge", () => rawBook({ more: manyParts() })],
    [
      "an entity of its own",
      "damaged",
      () => rawBook({ sheet: '<!DOCTYPE a [<!ENTITY b "cc">]><worksheet>&b;</worksheet>' }),
    ],
    ["elements without end", "damaged", () => rawBook({ sheet: "<a>".repeat(5_000) })],
    ["no XML", "damaged", () => rawBook({ sheet: "<worksheet><row" })],
    [
      "one place twice",
      "damaged",
      () =>
        rawBook({
          sheet:
            '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row></sheetData></worksheet>',
        }),
    ],
    [
      "a column too far",
      "tooManyColumns",
      () =>
        rawBook({
          sheet: '<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>',
        }),
    ],
    [
      "rows without end",
      "tooManyRows",
      () =>
        rawBook({
          sheet: `<worksheet><sheetData>${Array.from({ length: 21_000 }, (_, index) => `<row><c><v>${index}</v></c></row>`).join("")}</sheetData></worksheet>`,
        }),
    ],
  ])("%s: %s", async (_name, fault, make) => {
    expect(await faultOf(make())).toBe(fault);
  });

  it("may end at any byte", async () => {
    const whole = await rowsBook([["姓名"], ["甲"]]);
    for (let size = 4; size < whole.length; size += 211)
      expect(["damaged", "notWorkbook"]).toContain(await faultOf(whole.subarray(0, size)));
  });

  it("has texts that would not fit the memory", async () => {
    // A different kind of bomb: it packs like honest text, and is cut off where the texts together become too much.
    const line = `<si><t>${Array.from({ length: 400 }, (_, index) => ((index * 7919) % 9973).toString(36)).join("")}</t></si>`;
    const shared = `<sst>${Array.from({ length: 60_000 }, (_, index) => line.replace("<t>", `<t>${index}`)).join("")}</sst>`;
    expect(await faultOf(rawBook({ shared }))).toBe("tooLarge");
  }, 30_000);

  it("leaves the reader whole for the next", async () => {
    expect(await faultOf(rawBook({ sheet: "<worksheet><row" }))).toBe("damaged");
    expect(await cellsOf(await rowsBook([["甲"]]))).toEqual([["A1", "text", "甲"]]);
  });
});

const manyParts = () =>
  Object.fromEntries(
    Array.from({ length: 2_500 }, (_, index) => [`xl/media/${index}.xml`, new Uint8Array(1)] as const),
  );
