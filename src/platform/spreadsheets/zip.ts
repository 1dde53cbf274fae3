import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createDeflateRaw } from "node:zlib";

/** One file of an archive. */
export type Entry = { readonly name: string; readonly content: AsyncIterable<string> | Iterable<string> };

/**
 * A zip archive as it grows: each file is deflated in the thread pool while the next piece is made, sizes stand behind it
 * (APPNOTE 4.3.9), nothing is held but the list of files. Ending the iteration ends the content's. Files stay below 4 GiB.
 */
export const zip = async function* (
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  at: Date,
): AsyncGenerator<Buffer> {
  const listed: Listed[] = [];
  let offset = 0;
  for await (const { name, content } of entries) {
    const file: Listed = { name: Buffer.from(name), offset, crc: 0, size: 0, packed: 0 };
    listed.push(file);
    const head = Buffer.concat([localHeader(file, at), file.name]);
    offset += head.length;
    yield head;
    for await (const part of deflated(content, file)) {
      file.packed += part.length;
      yield part;
    }
    if (Math.max(file.size, offset + file.packed) > 0xff_ff_ff_ff)
      throw new RangeError("an archive beyond 4 GiB");
    const tail = descriptor(file);
    offset += file.packed + tail.length;
    yield tail;
  }
  const central = listed.map((file) => Buffer.concat([centralHeader(file, at), file.name]));
  yield Buffer.concat([...central, endOf(listed.length, central, offset)]);
};

type Listed = { readonly name: Buffer; readonly offset: number; crc: number; size: number; packed: number };

const pieceSize = 65_536;

const deflated = async function* (content: Entry["content"], file: Listed): AsyncGenerator<Buffer> {
  const measured = async function* () {
    for await (const piece of pieces(content)) {
      file.crc = crc32(piece, file.crc);
      file.size += piece.length;
      yield piece;
    }
  };
  // Fast rather than small: two thirds of the time of the usual level, a tenth more bytes.
  const deflate = createDeflateRaw({ level: 3 });
  const source = Readable.from(measured(), { objectMode: false, highWaterMark: pieceSize });
  const running = pipeline(source, deflate);
  // What goes wrong in the source comes out of the reading below.
  running.catch(() => undefined);
  for await (const part of deflate) yield part as Buffer;
  await running;
};

const pieces = async function* (content: Entry["content"]): AsyncGenerator<Buffer> {
  let text = "";
  for await (const more of content) {
    text += more;
    if (text.length < pieceSize) continue;
    yield Buffer.from(text);
    text = "";
  }
  if (text !== "") yield Buffer.from(text);
};

/** Sizes follow the file; its name is UTF-8. */
const flags = 0x08_08;
const deflateMethod = 8;

/** Of the civil time of the guide, two seconds exact, as the format has it. */
const dosTime = (at: Date): readonly [number, number] => {
  const local = new Date(at.getTime() + 8 * 3_600_000);
  return [
    (local.getUTCHours() << 11) | (local.getUTCMinutes() << 5) | (local.getUTCSeconds() >> 1),
    ((Math.max(local.getUTCFullYear(), 1980) - 1980) << 9) |
      ((local.getUTCMonth() + 1) << 5) |
      local.getUTCDate(),
  ];
};

const localHeader = ({ name }: Listed, at: Date): Buffer => {
  const [time, date] = dosTime(at);
  return fields(
    [4, 0x04_03_4b_50],
    [2, 20],
    [2, flags],
    [2, deflateMethod],
    [2, time],
    [2, date],
    [4, 0],
    [4, 0],
    [4, 0],
    [2, name.length],
    [2, 0],
  );
};

const descriptor = ({ crc, packed, size }: Listed): Buffer =>
  fields([4, 0x08_07_4b_50], [4, crc], [4, packed], [4, size]);

const centralHeader = ({ name, crc, packed, size, offset }: Listed, at: Date): Buffer => {
  const [time, date] = dosTime(at);
  return fields(
    [4, 0x02_01_4b_50],
    [2, 20],
    [2, 20],
    [2, flags],
    [2, deflateMethod],
    [2, time],
    [2, date],
    [4, crc],
    [4, packed],
    [4, size],
    [2, name.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, offset],
  );
};

const endOf = (count: number, central: readonly Buffer[], offset: number): Buffer =>
  fields(
    [4, 0x06_05_4b_50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, central.reduce((sum, { length }) => sum + length, 0)],
    [4, offset],
    [2, 0],
  );

/** Whole numbers, little-endian, each with its width in bytes. */
const fields = (...values: readonly (readonly [2 | 4, number])[]): Buffer => {
  const bytes = Buffer.alloc(values.reduce((sum, [width]) => sum + width, 0));
  let place = 0;
  for (const [width, value] of values)
    place = width === 2 ? bytes.writeUInt16LE(value, place) : bytes.writeUInt32LE(value, place);
  return bytes;
};
