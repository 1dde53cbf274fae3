import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import { writeWhole } from "./aside.ts";
import { Damaged } from "./damaged.ts";

/**
 * Typed arrays and some JSON under one checksum: 16 bytes (magic, length of the JSON, CRC-32 of all that follows), the JSON, the
 * arrays, each part filled up to eight bytes. Little-endian.
 */

const magic = "ZNSIM001";
const kinds = { Uint32Array, Float64Array } as const;
type Kind = keyof typeof kinds;
export type Row = Uint32Array | Float64Array;

type Head = { readonly about: unknown; readonly rows: readonly (readonly [string, Kind, number])[] };

const padded = (length: number) => Math.ceil(length / 8) * 8;
const largestRead = 2 ** 26;

const kindOf = (row: Row): Kind => (row instanceof Float64Array ? "Float64Array" : "Uint32Array");

export const writeArrays = (file: string, about: unknown, rows: Readonly<Record<string, Row>>): void => {
  const head: Head = {
    about,
    rows: Object.entries(rows).map(([name, row]) => [name, kindOf(row), row.length]),
  };
  const words = Buffer.from(JSON.stringify(head));
  const text = Buffer.alloc(padded(words.length), " ");
  words.copy(text);
  const parts: Uint8Array[] = [text];
  for (const row of Object.values(rows)) {
    parts.push(new Uint8Array(row.buffer, row.byteOffset, row.byteLength));
    if (row.byteLength % 8 !== 0) parts.push(new Uint8Array(8 - (row.byteLength % 8)));
  }
  const front = Buffer.alloc(16);
  front.write(magic, "latin1");
  front.writeUInt32LE(text.length, 8);
  let sum = 0;
  for (const part of parts)
    for (let at = 0; at < part.length; at += largestRead)
      sum = crc32(part.subarray(at, at + largestRead), sum);
  front.writeUInt32LE(sum, 12);
  writeWhole(file, [front, ...parts]);
};

/** Throws `Damaged` where the file is cut short or differs from its checksum. */
export const readArrays = (
  file: string,
): { readonly about: unknown; readonly rows: Readonly<Record<string, Row>> } => {
  const bytes = readBytes(file);
  const front = Buffer.from(bytes.buffer, 0, Math.min(16, bytes.length));
  if (bytes.length < 16 || front.toString("latin1", 0, 8) !== magic) throw damaged(file);
  let sum = 0;
  for (let at = 16; at < bytes.length; at += largestRead)
    sum = crc32(bytes.subarray(at, Math.min(bytes.length, at + largestRead)), sum);
  if (sum !== front.readUInt32LE(12)) throw damaged(file);
  const length = front.readUInt32LE(8);
  const head = JSON.parse(Buffer.from(bytes.buffer, 16, length).toString()) as Head;
  let at = 16 + length;
  const rows: Record<string, Row> = {};
  for (const [name, kind, count] of head.rows) {
    const row = new kinds[kind](bytes.buffer, at, count);
    rows[name] = row;
    at += padded(row.byteLength);
  }
  return { about: head.about, rows };
};

const damaged = (file: string) =>
  new Damaged(
    file,
    "文件不完整或已损坏（校验和不符）",
    "the file is cut short or damaged (its checksum differs)",
  );

const readBytes = (file: string): Uint8Array<ArrayBuffer> => {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new Damaged(file, "文件缺失", "the file is missing");
    throw error;
  }
  try {
    const { size } = fstatSync(descriptor);
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size;) {
      const count = readSync(descriptor, bytes, at, Math.min(size - at, largestRead), at);
      if (count === 0) break;
      at += count;
    }
    return bytes;
  } finally {
    closeSync(descriptor);
  }
};
