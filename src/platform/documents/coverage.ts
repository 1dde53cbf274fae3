import { closeSync, openSync, readSync } from "node:fs";

/** Whether a font file can draw a character. Read from the `cmap` tables: OpenType 1.9, formats 4 and 12, which every Unicode font has. */
export type Coverage = (codePoint: number) => boolean;

type Bytes = { readonly at: (offset: number, length: number) => Buffer };

const last = 0x10ffff;

/** Of all faces of all files together: Typst falls back from any to any. Files that are no fonts add nothing. */
export const coverageOf = (files: readonly string[]): Coverage => {
  const bits = new Uint32Array((last + 1) / 32);
  const add = (codePoint: number) => {
    if (codePoint <= last) bits[codePoint >>> 5]! |= 1 << (codePoint & 31);
  };
  for (const file of files) {
    const handle = openSync(file, "r");
    try {
      readFont(bytesOf(handle), add);
    } catch (error) {
      // A damaged font draws nothing; Typst leaves it out too.
      if (!(error instanceof RangeError)) throw error;
    } finally {
      closeSync(handle);
    }
  }
  return (codePoint) => codePoint <= last && ((bits[codePoint >>> 5]! >>> (codePoint & 31)) & 1) === 1;
};

const bytesOf = (handle: number): Bytes => ({
  at: (offset, length) => {
    const bytes = Buffer.alloc(length);
    if (readSync(handle, bytes, 0, length, offset) < length) throw new RangeError("the font ends early");
    return bytes;
  },
});

const readFont = (file: Bytes, add: (codePoint: number) => void) => {
  const head = file.at(0, 12);
  const faces =
    head.toString("latin1", 0, 4) === "ttcf"
      ? Array.from({ length: head.readUInt32BE(8) }, (_, face) => file.at(12 + 4 * face, 4).readUInt32BE(0))
      : [0];
  // Faces of a collection share their tables.
  const read = new Set<number>();
  for (const face of faces)
    for (const table of cmapsOf(file, face)) {
      if (read.has(table)) continue;
      read.add(table);
      readTable(file, table, add);
    }
};

/** Offsets of a face's Unicode tables. */
const cmapsOf = (file: Bytes, face: number): readonly number[] => {
  const tables = file.at(face + 4, 2).readUInt16BE(0);
  const directory = file.at(face + 12, 16 * tables);
  for (let at = 0; at < directory.length; at += 16) {
    if (directory.toString("latin1", at, at + 4) !== "cmap") continue;
    const cmap = directory.readUInt32BE(at + 8);
    const count = file.at(cmap + 2, 2).readUInt16BE(0);
    const records = file.at(cmap + 4, 8 * count);
    return Array.from({ length: count }, (_, record) => record * 8)
      .filter((record) => {
        const platform = records.readUInt16BE(record);
        return platform === 0 || (platform === 3 && [1, 10].includes(records.readUInt16BE(record + 2)));
      })
      .map((record) => cmap + records.readUInt32BE(record + 4));
  }
  return [];
};

const readTable = (file: Bytes, table: number, add: (codePoint: number) => void) => {
  const format = file.at(table, 2).readUInt16BE(0);
  if (format === 4) readSegments(file.at(table, file.at(table + 2, 2).readUInt16BE(0)), add);
  if (format === 12) readGroups(file.at(table + 16, 12 * file.at(table + 12, 4).readUInt32BE(0)), add);
};

const readSegments = (table: Buffer, add: (codePoint: number) => void) => {
  const twice = table.readUInt16BE(6);
  for (let segment = 0; segment < twice; segment += 2) {
    const end = table.readUInt16BE(14 + segment);
    const start = table.readUInt16BE(16 + twice + segment);
    const delta = table.readUInt16BE(16 + 2 * twice + segment);
    const range = 16 + 3 * twice + segment;
    const offset = table.readUInt16BE(range);
    for (let codePoint = start; codePoint <= end && codePoint < 0xffff; codePoint += 1) {
      const at = range + offset + 2 * (codePoint - start);
      // Some fonts end with a segment that points behind the table.
      const glyph = offset === 0 ? codePoint : at + 2 <= table.length ? table.readUInt16BE(at) : 0;
      if (offset === 0 ? ((glyph + delta) & 0xffff) !== 0 : glyph !== 0) add(codePoint);
    }
  }
};

const readGroups = (groups: Buffer, add: (codePoint: number) => void) => {
  for (let at = 0; at < groups.length; at += 12) {
    const start = groups.readUInt32BE(at);
    const end = Math.min(groups.readUInt32BE(at + 4), last);
    const glyph = groups.readUInt32BE(at + 8);
    for (let codePoint = start; codePoint <= end; codePoint += 1)
      if (glyph + codePoint - start !== 0) add(codePoint);
  }
};
