import { describe, expect, it } from "vitest";
import { pageRanges } from "../../src/core/document/page-ranges.ts";
import { pageStates } from "../../src/core/document/scan-pages.ts";
import { compareScan, type ScanExpected } from "../../src/core/document/scan-compare.ts";
import { type ScanPage, type ScanReading, scanFaults } from "../../src/core/document/scan.ts";

const expected: ScanExpected = {
  code: "AAAA-BBBB-CCC4",
  name: { zh: "第 4 版", en: "version 4" },
  others: [{ code: "AAAA-BBBB-CCC3", name: { zh: "第 3 版", en: "version 3" } }],
  papers: [
    { kind: "application-form", pages: 10 },
    { kind: "budget-explanation", pages: null },
  ],
};
const right = (page: number, number = page, over: Partial<ScanPage> = {}): ScanPage => ({
  page,
  code: "AAAABBBBCCC4",
  kind: "application-form",
  number,
  of: null,
  by: "square",
  red: 0,
  ...over,
});
const blank = (page: number): ScanPage =>
  right(page, page, { code: null, kind: null, number: null, by: null });
const of = (...pages: ScanPage[]): ScanReading => ({ pages, active: false });
const run = (from: number, to: number, over: Partial<ScanPage> = {}) =>
  Array.from({ length: to - from + 1 }, (_, at) => right(from + at, from + at, over));
const zh = (reading: ScanReading, wanted = expected) =>
  compareScan(reading, wanted).findings.map((one) => `${one.severity} ${one.rule} ${one.message.zh}`);
const verdict = (reading: ScanReading, wanted = expected) => compareScan(reading, wanted).verdict;

describe("a scan compared with what should be on it", () => {
  it("is right when every page is there, in any order", () => {
    expect(compareScan(of(...run(1, 10).toReversed()), expected)).toEqual({
      verdict: "right",
      findings: [],
      read: [10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map((one) => 11 - one).toReversed(),
    });
  });
  it("names a stale print by its version: the code of v3 where the data is v4", () => {
    const reading = of(...run(1, 10, { code: "AAAABBBBCCC3" }));
    expect(verdict(reading)).toBe("wrong");
    expect(zh(reading)).toEqual([
      "error scan-stale 扫描件第 1–10 页是第 3 版的，现在是第 4 版（AAAA-BBBB-CCC4）。请打印第 4 版，盖章后重新扫描。",
    ]);
  });
  it("names single pages of another version among right ones, and what is missing for them", () => {
    const reading = of(...run(1, 6), { ...right(7), code: "AAAABBBBCCC3" }, ...run(8, 10));
    expect(zh(reading).map((one) => one.split(" ")[1])).toEqual(["scan-stale", "scan-missing"]);
    expect(zh(reading)[0]).toContain("扫描件第 7 页是第 3 版的");
  });
  it("names another application's page by its code, and whose it is to nobody", () => {
    const reading = of(...run(1, 10), { ...right(11), code: "FFFF00001111" });
    expect(zh(reading)).toEqual([
      "error scan-foreign 扫描件第 11 页的码是 FFFF-0000-1111，不属于这里，应为 AAAA-BBBB-CCC4。请取出这几页，换上正确的再扫描。",
    ]);
  });
  it("names missing pages", () => {
    expect(zh(of(...run(1, 2), ...run(4, 6), right(10)))).toEqual([
      "error scan-missing 《申报书》共 10 页，缺第 3、7–9 页。请补扫后合成一份上传。",
    ]);
  });
  it("takes the printed number of pages where the paper was not drawn here", () => {
    const unknown: ScanExpected = { ...expected, papers: [{ kind: "application-form", pages: null }] };
    expect(verdict(of(...run(1, 4, { of: 5 })), unknown)).toBe("wrong");
    expect(zh(of(...run(1, 2), right(4)), unknown)[0]).toContain("缺第 3 页");
    expect(verdict(of(...run(1, 4)), unknown)).toBe("right");
  });
  it("asks a person to look where as many could not be read as are missing", () => {
    const reading = of(...run(1, 2), blank(3), ...run(4, 6), blank(7), ...run(8, 10));
    expect(verdict(reading)).toBe("person");
    expect(zh(reading)).toEqual([
      "confirm scan-unread 扫描件第 3、7 页没有读出码，应当是《申报书》第 3、7 页。请对着纸质件核对；看不清的，请重新扫描。",
    ]);
  });
  it("does not let one blurred page stand for four missing ones", () => {
    const reading = of(...run(1, 6), blank(7));
    expect(verdict(reading)).toBe("wrong");
    expect(zh(reading)[0]).toContain("至少缺 3 页");
  });
  it("keeps pages without a code behind a whole set as additional pages", () => {
    expect(zh(of(...run(1, 10), blank(11), blank(12)))).toEqual([
      "info scan-extra 扫描件第 11–12 页没有码，作为附页保存。",
    ]);
    expect(verdict(of(...run(1, 10), blank(11)))).toBe("right");
  });
  it("says which pages stand there twice and takes it", () => {
    const reading = of(...run(1, 10), right(11, 2), right(12, 3));
    expect(verdict(reading)).toBe("right");
    expect(zh(reading)[0]).toContain("warning scan-twice 扫描件第 11–12 页与前面的页重复");
  });
  it("does not take the budget explanation for the form", () => {
    const reading = of(...run(1, 3, { kind: "budget-explanation" }));
    expect(verdict(reading)).toBe("wrong");
    expect(zh(reading)[0]).toContain("这里应是《申报书》，扫描件里只有《预算说明书》");
  });
  it("counts the pages of each paper by themselves", () => {
    const budget = [1, 2].map((number) => right(10 + number, number, { kind: "budget-explanation" }));
    expect(compareScan(of(...run(1, 10), ...budget), expected)).toMatchObject({
      verdict: "right",
      findings: [],
    });
  });
  it("leaves everything to a person where nothing could be read", () => {
    expect(verdict(of(blank(1), blank(2)))).toBe("person");
    expect(compareScan(of(blank(1)), expected).read).toEqual([]);
  });
  it("does not refuse over a letter that a scanner's program mistook", () => {
    const guessed = { ...right(3), code: "AAAABBB8CCC4", by: "recognised" as const };
    expect(verdict(of(...run(1, 2), guessed, ...run(4, 10)))).toBe("person");
    const stale = { ...right(3), code: "AAAABBBBCCC3", by: "recognised" as const };
    expect(verdict(of(...run(1, 2), stale, ...run(4, 10)))).toBe("wrong");
  });
  it("has words with a next step for every fault, and refuses all but the slow", () => {
    for (const fault of scanFaults) {
      const { findings } = compareScan({ fault }, expected);
      expect(findings[0]?.message.zh).toMatch(/请/);
      expect(findings[0]?.message.en.length).toBeGreaterThan(30);
      expect(verdict({ fault })).toBe(fault === "slow" ? "person" : "wrong");
    }
  });
  it("tells of programs inside and lets nobody stop at it", () => {
    const reading: ScanReading = { pages: run(1, 10), active: true };
    expect(verdict(reading)).toBe("right");
    expect(zh(reading)[0]).toContain("info scan-active");
  });
  it("gives each page of the file one state", () => {
    const reading = of(
      ...run(1, 8),
      { ...right(9), code: "AAAABBBBCCC3" },
      right(10, 10, { red: 5 }),
      blank(11),
    );
    const states = pageStates(reading, expected, compareScan(reading, expected));
    expect(states.map((one) => one.state).join(" ")).toBe(
      "right right right right right right right right wrong right unread",
    );
    expect(states.filter((one) => one.seal).map((one) => one.page)).toEqual([10]);
  });
  it("writes ranges of pages", () => {
    expect(pageRanges([9, 3, 7, 8, 3])).toEqual({ zh: "第 3、7–9 页", en: "Pages 3, 7–9" });
    expect(pageRanges([2]).en).toBe("Page 2");
  });
});
