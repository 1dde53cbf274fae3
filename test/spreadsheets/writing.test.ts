import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { array, assert, asyncProperty, constantFrom, oneof, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { type Row, type Sheet, workbookName, writeWorkbook } from "../../src/platform/spreadsheets.ts";
import { cellLimit, fitted, isRisky, unguarded } from "../../src/platform/spreadsheets/cell-text.ts";
import { sheetName } from "../../src/platform/spreadsheets/parts.ts";
import { computes, read, valuesOf } from "./reading.ts";

const made = (sheets: readonly Sheet[], rowsPerSheet?: number) =>
  writeWorkbook({
    title: "申报清单",
    author: "officer",
    at: Date.parse("2024-06-30T23:30:00+08:00"),
    language: "zh",
    sheets,
    about: [["筛选：状态", "待推荐"]],
    ...(rowsPerSheet === undefined ? {} : { rowsPerSheet }),
  });

const texts = (name: string, values: readonly string[]): Sheet => ({
  name,
  columns: [{ header: "文字", width: 20, kind: "text" }],
  rows: values.map((value) => [value]),
});

/** What is replaced by name: line ends, control characters, half characters, beyond the limit. */
const kept = (text: string): string => {
  const shown = text
    .replaceAll(/\r\n?/g, "\n")
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\0-\x08\x0b-\x1f]/g, (sign) => String.fromCharCode(0x24_00 + sign.charCodeAt(0)))
    .replaceAll(/[\ufffe\uffff]/g, "\ufffd");
  return shown;
};

const signs = ["=", "+", "-", "@", "\t", "\r", "\0", "\n", "＝", "＋", "－", "＠"];
const dangerous = signs.flatMap((sign) => [
  sign,
  `${sign}1+1`,
  `${sign}cmd|'/c calc'!A0`,
  `${sign}HYPERLINK("http://example.org")`,
  ` ${sign}1`,
  `\u200b${sign}1`,
  `\u202e${sign}1`,
  `\ufeff${sign}1`,
]);

const anyText = oneof(
  string({ unit: "binary", maxLength: 60 }),
  string({
    unit: constantFrom(
      ...signs,
      "_x0041_",
      "_",
      "x",
      "&lt;",
      "<",
      "]]>",
      '"',
      "'",
      "\ud800",
      "\udc00",
      "\ufffe",
      " ",
      "文",
      "𠮷",
    ),
  }),
);

describe("a text in a cell", () => {
  it("is a text again when it is read, whatever it is, and nothing computes", async () => {
    await assert(
      asyncProperty(array(anyText, { minLength: 1, maxLength: 30 }), async (values) => {
        const { book, parts } = await read(made([texts("任意", values)]));
        expect(computes(parts)).toBe(false);
        const rows = valuesOf(book.worksheets[0]).slice(1);
        // A row of nothing but an empty text has no cell.
        const filled = values.filter((value) => value !== "");
        expect(rows.map(([value]) => value)).toEqual(filled.map((value) => fitted(value).text));
        for (const value of filled) expect(unguarded(fitted(value).text)).toBe(kept(value));
      }),
      { numRuns: 60 },
    );
  });

  it("never begins with what a spreadsheet takes for a formula, also once it stands in a CSV", () => {
    for (const text of dangerous) {
      const shown = fitted(text).text;
      expect([text, shown.charCodeAt(0)]).toEqual([text, 0x20_0b]);
      expect(unguarded(shown)).toBe(kept(text));
    }
    for (const text of ["正常的题目", "1-2", "a=b", "（=）", "2024-0001", "", "。=1"]) {
      expect(isRisky(text)).toBe(false);
      expect(fitted(text).text).toBe(text);
    }
  });

  it("is marked as quoted where it begins like a formula, and as text everywhere", async () => {
    const { parts } = await read(made([texts("危险", [...dangerous, "平常"])]));
    const sheet = parts.get("xl/worksheets/sheet1.xml") ?? "";
    const cells = [...sheet.matchAll(/<c r="A(\d+)" s="(\d+)" t="(\w+)">/g)].slice(1);
    expect(cells).toHaveLength(dangerous.length + 1);
    expect(cells.every(([, , , type]) => type === "inlineStr")).toBe(true);
    const formats = [...(parts.get("xl/styles.xml") ?? "").matchAll(/<xf [^>]*>/g)]
      .slice(1)
      .map(([xf]) => xf);
    for (const [, , style] of cells.slice(0, -1)) expect(formats[Number(style)]).toContain('quotePrefix="1"');
    expect(formats[Number(cells.at(-1)?.[2])]).not.toContain("quotePrefix");
  });

  it("is cut at the limit of a cell, whole characters only, with a mark and a count", async () => {
    const long = `${"𠮷".repeat(20_000)}尾`;
    const { book } = await read(made([texts("长", [long, "短", "x".repeat(cellLimit)])]));
    const [, cut, , just] = valuesOf(book.worksheets[0]).map(([value]) => String(value));
    expect(cut?.length).toBeLessThanOrEqual(cellLimit);
    expect(cut).toMatch(/已截断，原文 20001 字/);
    expect(cut?.isWellFormed()).toBe(true);
    expect(just).toHaveLength(cellLimit);
    expect(valuesOf(book.getWorksheet("说明"))).toContainEqual([
      "超过单元格 32,767 字上限而截断的单元格",
      "1",
    ]);
  });
});

describe("a workbook", () => {
  it("holds numbers, money, civil dates and civil times as such", async () => {
    const row: Row = ["0012", 7, 12_345_600, 150, "2024-06-30", Date.parse("2024-06-30T00:05:00+08:00")];
    const kinds = ["text", "number", "money", "yuan", "date", "instant"] as const;
    const columns = kinds.map((kind) => ({ header: kind, width: 12, kind }));
    const { book } = await read(
      made([{ name: "甲", columns, rows: [row, [null, null, null, null, "2024-02-30", null]] }]),
    );
    const [header, values, odd] = valuesOf(book.worksheets[0]);
    expect(header).toEqual([...kinds]);
    // Dates have no zone in a workbook: the reader gives them as UTC.
    expect(values).toEqual([
      "0012",
      7,
      12.3456,
      1.5,
      new Date("2024-06-30T00:00:00Z"),
      new Date("2024-06-30T00:05:00Z"),
    ]);
    expect(odd?.[4]).toBe("2024-02-30");
  });

  it("says when, for whom and by which filters, freezes its header and filters by it", async () => {
    const { book, parts } = await read(made([texts("清单", ["甲", "乙"])]));
    expect([book.title, book.creator]).toEqual(["申报清单", "officer"]);
    const about = valuesOf(book.getWorksheet("说明"));
    for (const line of [
      ["导出时间（北京时间）", "2024-06-30 23:30"],
      ["导出账号", "officer"],
      ["记录数", "2"],
      ["筛选：状态", "待推荐"],
    ])
      expect(about).toContainEqual(line);
    const [sheet] = book.worksheets;
    expect(sheet?.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
    expect(sheet?.autoFilter).toBe("A1:A3");
    expect(sheet?.getCell("A1").font.bold).toBe(true);
    expect(parts.get("xl/workbook.xml")).toContain("'清单'!$A$1:$A$3");
  });

  it("has its header and says so where nothing is found", async () => {
    const { book } = await read(made([texts("空", [])]));
    expect(valuesOf(book.worksheets[0])).toEqual([["文字"], ["没有符合条件的记录"]]);
    expect(valuesOf(book.getWorksheet("说明"))).toContainEqual(["记录数", "0"]);
  });

  it("goes on in a further sheet where one is full, and leaves no row out", async () => {
    const values = Array.from({ length: 7 }, (_one, index) => `第 ${index} 行`);
    const { book } = await read(made([texts("很长", values), texts("另一", ["完"])], 3));
    expect(book.worksheets.map(({ name }) => name)).toEqual(["很长", "很长 (2)", "很长 (3)", "另一", "说明"]);
    const found = book.worksheets.slice(0, 3).flatMap((sheet) => valuesOf(sheet).slice(1).flat());
    expect(found).toEqual(values);
  });

  it("gives its sheets names that are allowed, each once", () => {
    expect(sheetName("[项目]清单:2024/2025*?\\", [])).toBe("项目 清单 2024 2025");
    expect(sheetName("'", ["’"])).toBe("’ (2)");
    expect(sheetName("", [])).toBe("Sheet");
    expect(sheetName("History", [])).toBe("History (2)");
    expect(sheetName("𠮷".repeat(20), [])).toBe("𠮷".repeat(15));
    expect(sheetName("长".repeat(40), ["长".repeat(31)])).toBe(`${"长".repeat(27)} (2)`);
  });

  it("has a file name without paths, direction or control signs", () => {
    expect(workbookName("申报清单 2024-06-30")).toBe("申报清单 2024-06-30.xlsx");
    expect(workbookName("../a\\b\u202egnp.exe\0\n")).toBe(".. a b gnp.exe.xlsx");
    expect(workbookName("\u200b/")).toBe("workbook.xlsx");
  });
});

describe("streaming", () => {
  const endless = (left: { count: number; ended: boolean }): AsyncIterable<Row> => ({
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        left.count += 1;
        return { done: false, value: [`第 ${left.count} 行 ${Math.random()}`.repeat(20)] };
      },
      return: async () => {
        left.ended = true;
        return { done: true, value: undefined };
      },
    }),
  });
  const sheet = (rows: AsyncIterable<Row>): Sheet => ({ ...texts("流", []), rows });
  const settled = async (left: { count: number }) => {
    for (let before = -1; before !== left.count;) {
      before = left.count;
      await new Promise((done) => setTimeout(done, 100));
    }
    return left.count;
  };

  it("asks for no more rows than the reader takes", async () => {
    const left = { count: 0, ended: false };
    const slow = new PassThrough({ highWaterMark: 1_024 });
    const stream = made([sheet(endless(left))]);
    stream.pipe(slow);
    const first = await settled(left);
    expect(first).toBeGreaterThan(0);
    for (let bytes = 0; bytes < 300_000;) {
      const part = slow.read() as Buffer | null;
      if (part === null) await new Promise((done) => slow.once("readable", done));
      else bytes += part.length;
    }
    expect(await settled(left)).toBeGreaterThan(first);
    stream.destroy();
  });

  it("lets the rows go when the reader goes away, or a signal says so", async () => {
    for (const leave of [
      (stream: Readable) => stream.destroy(),
      (_stream: Readable, control: AbortController) => control.abort(),
    ]) {
      const left = { count: 0, ended: false };
      const control = new AbortController();
      const stream = writeWorkbook(
        { title: "t", author: "a", at: 0, language: "en", sheets: [sheet(endless(left))] },
        control.signal,
      );
      stream.on("error", () => undefined);
      stream.resume();
      await new Promise((done) => stream.once("data", done));
      leave(stream, control);
      await settled(left);
      expect(left.ended).toBe(true);
    }
  });

  it("passes on what goes wrong with a row", async () => {
    const rows = async function* (): AsyncGenerator<Row> {
      yield ["甲"];
      throw new Error("the database went away");
    };
    await expect(buffer(made([sheet(rows())]))).rejects.toThrow("the database went away");
  });
});
