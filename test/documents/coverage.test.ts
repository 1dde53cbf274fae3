import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { coverageOf } from "../../src/platform/documents/coverage.ts";
import { fontFiles, fontPrint } from "../../src/platform/documents/fonts.ts";

const folder = mkdtempSync(path.join(tmpdir(), "zhinan-fonts-"));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;
const fileOf = (bytes: Buffer) => {
  const file = path.join(folder, `${(made += 1)}.ttf`);
  writeFileSync(file, bytes);
  return file;
};

const words = (...values: readonly number[]) => {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, at) => bytes.writeUInt16BE(value & 0xffff, at * 2));
  return bytes;
};
const longs = (...values: readonly number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, at) => bytes.writeUInt32BE(value, at * 4));
  return bytes;
};

/** Two segments: 0x41–0x43 by delta, 0x4e00–0x4e02 by a list of glyphs in which the middle one is missing; and the closing one. */
const segments = () => {
  const body = [
    words(6, 0, 0, 0),
    words(0x43, 0x4e02, 0xffff),
    words(0),
    words(0x41, 0x4e00, 0xffff),
    words(1 - 0x41, 0, 1),
    // From its own place: behind it stands one more offset, then the glyphs.
    words(0, 4, 0),
    words(7, 0, 9),
  ];
  const bytes = Buffer.concat([words(4, 0, 0), ...body]);
  bytes.writeUInt16BE(bytes.length, 2);
  return bytes;
};
const groups = (...of: readonly (readonly [number, number, number])[]) =>
  Buffer.concat([words(12, 0), longs(16 + 12 * of.length, 0, of.length), ...of.map((one) => longs(...one))]);

/** A face whose only table is `cmap`, at `base` of its file. */
const faceOf = (
  base: number,
  ...tables: readonly (readonly [platform: number, encoding: number, Buffer])[]
) => {
  const records: Buffer[] = [];
  let at = 4 + 8 * tables.length;
  for (const [platform, encoding, table] of tables) {
    records.push(words(platform, encoding), longs(at));
    at += table.length;
  }
  const cmap = Buffer.concat([words(0, tables.length), ...records, ...tables.map(([, , table]) => table)]);
  return Buffer.concat([
    longs(0x00010000),
    words(1, 0, 0, 0),
    Buffer.from("cmap"),
    longs(0, base + 28, cmap.length),
    cmap,
  ]);
};

const drawn = (files: readonly string[], candidates: readonly number[]) => {
  const covers = coverageOf(files);
  return candidates.filter(covers);
};

describe("which characters a font file can draw", () => {
  it("reads segments, also through a list of glyphs, without what has no glyph", () => {
    const file = fileOf(faceOf(0, [3, 1, segments()]));
    expect(drawn([file], [0x40, 0x41, 0x43, 0x44, 0x4e00, 0x4e01, 0x4e02, 0x4e03, 0xffff])).toEqual([
      0x41, 0x43, 0x4e00, 0x4e02,
    ]);
  });

  it("reads groups beyond the first plane, and leaves out the glyph that is the box", () => {
    const file = fileOf(faceOf(0, [3, 10, groups([0x20bb7, 0x20bb9, 5], [0x300, 0x301, 0])]));
    expect(drawn([file], [0x20bb6, 0x20bb7, 0x20bb9, 0x20bba, 0x300, 0x301, -1, 0x110000])).toEqual([
      0x20bb7, 0x20bb9, 0x301,
    ]);
  });

  it("reads every face of a collection, and several files together", () => {
    const head = 12 + 8;
    const first = faceOf(head, [0, 4, groups([0x61, 0x61, 1])]);
    const second = faceOf(head + first.length, [3, 10, groups([0x62, 0x62, 1])]);
    const collection = fileOf(
      Buffer.concat([Buffer.from("ttcf"), words(1, 0), longs(2, head, head + first.length), first, second]),
    );
    const other = fileOf(faceOf(0, [3, 1, segments()]));
    expect(drawn([collection, other], [0x61, 0x62, 0x63, 0x41])).toEqual([0x61, 0x62, 0x41]);
  });

  it("takes no symbol table and no variation table for characters", () => {
    expect(drawn([fileOf(faceOf(0, [3, 0, segments()], [0, 5, words(14, 0)]))], [0x41])).toEqual([]);
  });

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["no font", Buffer.from("<html>this is no font at all</html>")],
    ["a font that ends early", faceOf(0, [3, 10, groups([0x61, 0x7a, 1])]).subarray(0, 50)],
    [
      "a collection of faces that are not there",
      Buffer.concat([Buffer.from("ttcf"), words(1, 0), longs(2 ** 31)]),
    ],
    ["groups without end", faceOf(0, [3, 10, Buffer.concat([words(12, 0), longs(16, 0, 2 ** 31)])])],
  ])("finds no character in %s", (_, bytes) => {
    expect(drawn([fileOf(bytes)], [0x61])).toEqual([]);
  });
});

describe("the fonts of this machine", () => {
  const fonts = fontFiles(process.env);

  it.runIf(fonts.length > 0)("draw what every paper needs, and not everything", () => {
    const covers = coverageOf(fonts);
    for (const one of "中国科学基金申报书年月日（盖章）〔〕：，。、①⑩㎡℃αβ≥×")
      expect([one, covers(one.codePointAt(0)!)]).toEqual([one, true]);
    expect(covers(0x1f600)).toBe(false);
    expect(covers(0x10fffd)).toBe(false);
  });

  it("are the bureau's own first; a folder that is not there adds none", () => {
    const own = fileOf(Buffer.alloc(3));
    const files = fontFiles({
      ZHINAN_FONTS: `/not/there${path.delimiter}${folder}`,
      ZHINAN_NOTO_CJK: "/not/there",
    });
    expect(files[0]?.startsWith(folder)).toBe(true);
    expect(fontPrint([own])).toEqual([`${path.basename(own)} 3`]);
  });
});
