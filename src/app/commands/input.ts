import { once } from "node:events";
import { createReadStream, statSync } from "node:fs";
import process from "node:process";
import type { Readable } from "node:stream";
import { TextDecoder } from "node:util";
import { invalid } from "../../platform/errors.ts";

export const megabyte = 1024 * 1024;

/** Opens a file, or standard input for `-`. Throws `Invalid` where it is missing, no file, or larger than `most` bytes. */
export const open = (file: string, most: number): Readable => {
  if (file === "-") return process.stdin;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw invalid(file, "文件不存在", "there is no such file");
  if (found.isDirectory()) throw invalid(file, "这是文件夹，不是文件", "this is a folder, not a file");
  if (found.size > most) throw tooLarge(file, most);
  return createReadStream(file);
};

const tooLarge = (place: string, most: number) =>
  invalid(place, `超过 ${most / megabyte} MB`, `larger than ${most / megabyte} MB`);

/** The whole text of a file, at most `most` bytes of UTF-8. */
export const readText = async (file: string, most: number): Promise<string> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of open(file, most) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > most) throw tooLarge(file, most);
    parts.push(part);
  }
  return decode(Buffer.concat(parts), file);
};

const decode = (bytes: Buffer, place: string): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalid(place, "不是 UTF-8 文本", "not UTF-8 text");
  }
};

export type Line = { readonly number: number } & (
  | { readonly text: string }
  | { readonly tooLong: true }
  | { readonly notText: true }
);

const newline = 0x0a;

/** Lines of a stream, one at a time and never more than `most` bytes of one in memory; a longer line is named and passed over. */
export const lines = async function* (file: string, most: number): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let size = 0;
  let number = 1;
  const finish = (): Line => {
    if (size > most) return { number, tooLong: true };
    try {
      return { number, text: decode(Buffer.concat(parts), file).replace(/\r$/, "") };
    } catch {
      return { number, notText: true };
    }
  };
  const keep = (piece: Buffer) => {
    size += piece.length;
    if (size <= most) parts.push(piece);
    else parts = [];
  };
  for await (const chunk of open(file, Number.POSITIVE_INFINITY) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
      keep(chunk.subarray(from, to));
      yield finish();
      parts = [];
      size = 0;
      number += 1;
      from = to + 1;
    }
    keep(chunk.subarray(from));
  }
  if (size > 0) yield finish();
};

/** Writes and waits where the reader is slower. */
export const write = async (words: string): Promise<void> => {
  if (!process.stdout.write(words)) await once(process.stdout, "drain");
};
