import { describe, expect, it } from "vitest";
import type { Cell, CellKind, Sheet } from "../../src/core/workbook/sheet.ts";
import { columnName, placeOfAddress } from "../../src/core/workbook/sheet.ts";
import { type Column, readTable } from "../../src/core/workbook/table.ts";
import { choiceFrom, dateFrom, numberFrom, textFrom } from "../../src/core/workbook/values.ts";

const cell = (text: string, kind: CellKind = "text", column = 1): Cell => ({
  address: `${columnName(column)}1`,
  column,
  text,
  kind,
  isMerged: false,
});
const value = (read: ReturnType<typeof textFrom>) => ("value" in read ? read.value : null);

describe("numbers", () => {
  it.each([
    ["1234.50", "1234.5"],
    ["1,234.50", "1234.5"],
    ["１２３", "123"],
    ["１，２３４", "1234"],
    ["12.5万", "125000"],
    ["12.5 万元", "125000"],
    ["0.07万", "700"],
    ["1.23456万", "12345.6"],
    ["3亿", "300000000"],
    ["¥ 20元", "20"],
    ["-3.10", "-3.1"],
    ["0.1", "0.1"],
    ["007", "7"],
    ["\u200b=", null],
    ["1,23", null],
    ["12.5%", null],
    ["1e3", null],
    ["十", null],
    ["", ""],
  ])("%s is %s", (text, expected) => expect(value(numberFrom(cell(text)))).toBe(expected));

  it("are not days, and not what a formula says", () => {
    expect(value(numberFrom(cell("2024-01-01", "date")))).toBeNull();
    expect(numberFrom(cell("5", "formula"))).toMatchObject({
      fault: { zh: expect.stringContaining("数值") },
    });
    expect(value(textFrom(cell("#N/A", "error")))).toBeNull();
  });
});

describe("days", () => {
  it.each([
    ["2024-06-20", "2024-06-20"],
    ["2024/6/2", "2024-06-02"],
    ["2024.6.20", "2024-06-20"],
    ["２０２４年６月２０日", "2024-06-20"],
    ["20240620", "2024-06-20"],
    ["2024-06-20 00:00:00", "2024-06-20"],
    ["2024年6月", null],
    ["24/6/20", null],
    ["2023-02-29", null],
    ["1900-02-29", null],
    ["", ""],
  ])("%s is %s", (text, expected) => expect(value(dateFrom(cell(text)))).toBe(expected));

  it("may carry an hour where Excel has one, and are no bare numbers", () => {
    expect(value(dateFrom(cell("2024-06-20 14:30:00", "date")))).toBe("2024-06-20");
    expect(dateFrom(cell("45463", "number"))).toMatchObject({
      fault: { zh: expect.stringContaining("数字 45463") },
    });
  });
});

describe("words", () => {
  it("of long numbers are not believed: their last digits are gone", () => {
    expect(value(textFrom(cell("210203199001011230", "number")))).toBeNull();
    expect(value(textFrom(cell("13800001111", "number")))).toBe("13800001111");
    expect(value(textFrom(cell("210203199001011230", "text")))).toBe("210203199001011230");
  });

  it("of a list are found in either language, by code, and however they are spaced", () => {
    const choices = [{ value: "DOCTOR", words: ["博士", "Doctor", "博士学位"] }];
    for (const text of ["博士", " 博 士 ", "doctor", "DOCTOR", "博士学位"])
      expect(value(choiceFrom(cell(text), choices))).toBe("DOCTOR");
    expect(choiceFrom(cell("博士后"), choices)).toMatchObject({
      fault: { zh: expect.stringContaining("博士。") },
    });
  });
});

describe("a table", () => {
  const columns: Column<"name" | "sum">[] = [
    { key: "name", title: { zh: "名称", en: "Name" }, kind: "text", needed: true },
    { key: "sum", title: { zh: "金额（元）", en: "Amount" }, kind: "number", needed: true },
  ];
  const sheet = (rows: readonly (readonly string[])[], merged: Sheet["merged"] = []): Sheet => ({
    name: "一",
    isHidden: false,
    hiddenColumns: [],
    merged,
    rows: rows.map((texts, index) => ({
      number: index + 1,
      isHidden: false,
      cells: texts.flatMap((text, at) => (text === "" ? [] : [cell(text, "text", at + 1)])),
    })),
  });

  it("fills merged cells where it is told to", () => {
    const merged = [{ top: 2, left: 1, bottom: 3, right: 1 }];
    const rows = [
      ["名称", "金额"],
      ["甲", "1"],
      ["", "2"],
    ];
    const filled = readTable([sheet(rows, merged)], columns, { merged: "fill" });
    expect("table" in filled && filled.table.rows.map(({ values }) => values)).toEqual([
      { name: "甲", sum: "1" },
      { name: "甲", sum: "2" },
    ]);
    const refused = readTable([sheet(rows, merged)], columns, { merged: "fault" });
    expect("table" in refused && refused.table.faults.map(({ row, column }) => [row, column])).toEqual([
      [2, 1],
      [3, 1],
    ]);
  });

  it("is found in the sheet that names most of its columns, within ten rows", () => {
    const other = { ...sheet([["名称"], ["说明"]]), name: "说明" };
    const far = [...Array.from({ length: 9 }, () => [" "]), ["金额 (元)*", "名 称"], ["5", "乙"]];
    const read = readTable([other, sheet(far)], columns, { merged: "fault" });
    expect("table" in read && [read.table.head, read.table.rows[0]?.values]).toEqual([
      10,
      { name: "乙", sum: "5" },
    ]);
    const beyond = readTable([sheet([[" "], ...far])], columns, { merged: "fault" });
    expect("problems" in beyond).toBe(true);
  });
});

it("addresses and columns are each other's inverse", () => {
  for (const column of [1, 26, 27, 52, 702, 703, 16_384])
    expect(placeOfAddress(`${columnName(column)}7`)).toEqual([7, column]);
  for (const no of ["", "7", "A", "A0", "AAAA1", "XFE1", "A1048577"]) expect(placeOfAddress(no)).toBeNull();
});
