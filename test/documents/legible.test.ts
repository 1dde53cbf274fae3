import { describe, expect, it } from "vitest";
import { legible, unitsOf } from "../../src/platform/documents/legible.ts";

const shown = (text: string, cannot = "𠮷😀") => {
  const unknown: string[] = [];
  const draws = (unit: string) => !Array.from(cannot).some((one) => unit.includes(one));
  return [legible(text, draws, (one) => unknown.push(`U+${one.toString(16)}`)), unknown.join(" ")] as const;
};

describe("text as a paper can show it", () => {
  it.each([
    ["plain", "plain", ""],
    ["中文，CO₂ ≥ 10⁻⁵", "中文，CO₂ ≥ 10⁻⁵", ""],
    ["丁𠮷光", "丁〔U+20BB7〕光", "U+20bb7"],
    ["ok 😀", "ok 〔U+1F600〕", "U+1f600"],
    // A family of two, joined: the joiner is not seen, so it is not shown either.
    ["😀\u200d😀", "〔U+1F600〕〔U+1F600〕", "U+1f600 U+1f600"],
    // Private use: what it is depends on the machine it was typed on, even where a font draws something.
    ["姓\ue863名", "姓〔U+E863〕名", "U+e863"],
    ["\u{f0000}", "〔U+F0000〕", "U+f0000"],
    ["\ufdd0\uffff", "〔U+FDD0〕〔U+FFFF〕", "U+fdd0 U+ffff"],
    ["half \ud83d and \udc00", "half 〔U+D83D〕 and 〔U+DC00〕", "U+d83d U+dc00"],
    ["a\u0000b\u0007c\u001bd\u007fe\u009ff", "abcdef", ""],
    ["line\r\nline\rline\u2028line\u0085line\ttab", "line\nline\nline\nline\nline\ttab", ""],
    // What reorders is left out: the text stands in the order in which it is stored.
    ["100\u202e002\u202c元 \u2066x\u2069\u200e\u061c", "100002元 x", ""],
    ["zero\u200bwidth\ufeff\u2060\u00ad\u{e0041}", "zerowidth", ""],
    ["葛\u{e0100}飾", "葛飾", ""],
    ["\u0301at the start", "〔U+0301〕at the start", "U+301"],
    ["x\u0304 e\u0301", "x\u0304 e\u0301", ""],
    ["𠮷\u0301", "〔U+20BB7〕〔U+0301〕", "U+20bb7 U+301"],
  ])("%j becomes %j", (text, expected, unknown) => {
    expect(shown(text)).toEqual([expected, unknown]);
  });

  it("keeps the base where only the mark cannot stand on it", () => {
    expect(shown("中\u0485", "\u0485")).toEqual(["中〔U+0485〕", "U+485"]);
  });

  it("names marks in heaps one by one", () => {
    const [text] = shown(`a${"\u0301".repeat(7)}`);
    expect(text).toBe(`a${"\u0301".repeat(4)}${"〔U+0301〕".repeat(3)}`);
  });

  it("asks the fonts about what stands beyond ASCII, once each, and not about what is never drawn", () => {
    expect([...unitsOf("abc\n中中\ue000\u202e\ud800e\u0304 ₂")].sort()).toEqual(
      ["e\u0304", "e", "\u0304", "中", "₂"].sort(),
    );
    expect(unitsOf("only ASCII\n").size).toBe(0);
  });
});
