import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DirectionText, directionFinder } from "../../src/core/direction/finder.ts";
import { COMMON_WORDS, read } from "../../src/core/direction/terms.ts";
import { directions, finder, titles, words } from "./pack.ts";

const PIECES = "海洋 电池 材料 研究 的 与 CO2 中日 药 患者 大连 科普 数据 船舶 ！ ﷺ İ \u{d800}".split(" ");

describe("suggestions", () => {
  test("the same text gets the same answer, whatever was asked before", () => {
    const once = titles.map(({ title }) => finder.suggest(title, 5));
    const again = directionFinder(directions, words);
    expect(titles.toReversed().map(({ title }) => again.suggest(title, 5))).toEqual(once.toReversed());
  });

  test("a reason is a word of the text, never a common one, and at most five are given", () => {
    for (const { title } of titles) {
      for (const { why } of finder.suggest(title, 3)) {
        expect(why.length).toBeGreaterThan(0);
        expect(why.length).toBeLessThanOrEqual(5);
        expect(new Set(why).size).toBe(why.length);
        for (const word of why) {
          expect(read(title).shown).toContain(word);
          expect(word.length).toBeGreaterThan(1);
          expect(COMMON_WORDS).not.toContain(word);
        }
      }
    }
  });

  test("reasons are whole words in the writer's own case", () => {
    expect(finder.suggest("抗HER2纳米抗体与ＣＲＩＳＰＲ筛选", 3).flatMap(({ why }) => why)).toContain(
      "CRISPR",
    );
    expect(finder.suggest("钠离子电池硬碳负极材料的结构调控", 1)[0]?.why).toEqual(["硬碳负极", "钠离子电池"]);
  });

  test("letters match as words: their case and width do not matter, their middle does not count", () => {
    const [small, capital] = ["ｃｆｒｐ制孔", "CFRP制孔"].map((title) => finder.suggest(title, 1)[0]!);
    expect(small).toMatchObject({ code: "AB-21", score: capital!.score, why: ["制孔", "cfrp"] });
    expect(capital).toMatchObject({ code: "AB-21", why: ["制孔", "CFRP"] });
    expect(finder.suggest("xcfrpx", 1)).toEqual([]);
  });

  test.for([
    "",
    " \n\t",
    "关键技术研究",
    "基于新方法的应用",
    "hello world",
    "1234567890",
    "😀😀",
    "\u{d800}",
    "，。！？",
  ])("nothing to go by: %j", (text) => {
    expect(finder.suggest(text, 3)).toEqual([]);
  });

  test("none asked, none given; no directions, none found", () => {
    expect(finder.suggest("锂离子电池", 0)).toEqual([]);
    expect(directionFinder([], words).suggest("锂离子电池", 3)).toEqual([]);
  });

  test("a book instead of a title takes no longer than its beginning", () => {
    const book = "钠离子电池硬碳负极材料，海水淡化装置与合成生物学；CRISPR ".repeat(300_000);
    const start = performance.now();
    expect(finder.suggest(book, 3)).toEqual(finder.suggest(book.slice(0, 4000), 3));
    expect(performance.now() - start).toBeLessThan(1000);
  });

  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.string({ unit: fc.constantFrom(...PIECES), maxLength: 60 }),
  );

  test("scores lie in [0, 1] and fall; codes are distinct; `top` only cuts", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 100 }), (asked, top) => {
        const all = finder.suggest(asked, 89);
        expect(finder.suggest(asked, top)).toEqual(all.slice(0, top));
        expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
        for (const [i, { score, why }] of all.entries()) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(i === 0 ? 1 : all[i - 1]!.score);
          expect(why.every((word) => read(asked).shown.includes(word))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("any list of directions can be built and asked", () => {
    const direction: fc.Arbitrary<DirectionText> = fc.record({
      code: fc.string(),
      title: fc.string({ unit: "binary" }),
      path: fc.array(fc.string({ unit: "binary" }), { maxLength: 3 }),
      body: fc.string({ unit: "binary" }),
      synonyms: fc.array(fc.string({ unit: "binary" }), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(direction, { maxLength: 5 }), text, (list, asked) => {
        const scores = directionFinder(list, words)
          .suggest(asked + (list[0]?.title ?? ""), 5)
          .map(({ score }) => score);
        expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      }),
      { numRuns: 100 },
    );
  });
});
