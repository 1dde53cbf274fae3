import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOfHex, hexOf, sameBytes, utf8 } from "../../src/core/ledger/bytes.ts";
import { canonicalJson } from "../../src/core/ledger/canonical.ts";

const whole = fc.maxSafeInteger();
const text = fc.string({ unit: "binary" });
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    whole,
    text,
    fc.array(tie("value")),
    fc.dictionary(text, tie("value")),
  ),
})).value;

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, one]) => [key, shuffled(one)]),
  );
};

describe("canonical JSON", () => {
  it("sorts by UTF-16 units as in RFC 8785, section 3.2.3", () => {
    const keys = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u{1f600}": 5, "\u0080": 6, "\u00f6": 7 };
    expect(canonicalJson(keys)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}',
    );
    expect(canonicalJson({ absent: undefined })).toBe("{}");
    expect(canonicalJson({ b: ['\u0000\b\t\n\f\r"\\/', -0], a: {} })).toBe(
      '{"a":{},"b":["\\u0000\\b\\t\\n\\f\\r\\"\\\\/",0]}',
    );
  });

  it("means the same, whatever the order of the keys, and is its own spelling", () => {
    fc.assert(
      fc.property(json, (value) => {
        const spelling = canonicalJson(value);
        expect(JSON.parse(spelling)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(shuffled(value))).toBe(spelling);
        expect(canonicalJson(JSON.parse(spelling))).toBe(spelling);
      }),
    );
  });

  it.each([
    [0.1, "/a/0"],
    [2 ** 53, "/a/0"],
    [Number.NaN, "/a/0"],
    ["\ud800", "/a/0"],
    [undefined, "/a/0"],
    [1n, "/a/0"],
    [new Date(0), "/a/0"],
    [new Map(), "/a/0"],
  ])("refuses %s and says where", (value, place) => {
    expect(() => canonicalJson({ a: [value] })).toThrow(place);
  });

  it("refuses half a surrogate in a key", () => {
    expect(() => canonicalJson({ "\udc00": 1 })).toThrow(TypeError);
  });
});

describe("bytes", () => {
  it("are those of UTF-8", () => {
    fc.assert(fc.property(text, (one) => hexOf(utf8(one)) === Buffer.from(one).toString("hex")));
    expect(hexOf(utf8("指𠮷é\u0000"))).toBe(Buffer.from("指𠮷é\u0000").toString("hex"));
  });

  it("come back from hexadecimal, and from nothing else", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => sameBytes(bytesOfHex(hexOf(bytes))!, bytes)));
    expect([bytesOfHex("A0"), bytesOfHex("0"), bytesOfHex("0g")]).toEqual([null, null, null]);
  });
});
