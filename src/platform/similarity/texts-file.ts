import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import { decodeEntry, encodeEntry, type Entry } from "../../core/similarity/document.ts";
import { type Aside, writeAside } from "./aside.ts";
import { Damaged } from "./damaged.ts";

/** Entries one behind the other, each with its length and CRC-32 before it: what everything else of an index can be made from again. */

const frontBytes = 8;
const bufferBytes = 2 ** 22;

export type TextsWriter = {
  /** Returns the place of the entry. */
  readonly add: (entry: Entry) => number;
  readonly addBytes: (bytes: Uint8Array) => number;
  readonly finish: () => void;
  readonly abandon: () => void;
};

export const textsWriter = (file: string): TextsWriter => {
  const aside: Aside = writeAside(file);
  let waiting: Uint8Array[] = [];
  let size = 0;
  let place = 0;
  const put = (bytes: Uint8Array) => {
    waiting.push(bytes);
    size += bytes.length;
    place += bytes.length;
    if (size >= bufferBytes) send();
  };
  const send = () => {
    if (waiting.length > 0) aside.write(Buffer.concat(waiting));
    waiting = [];
    size = 0;
  };
  const addBytes = (bytes: Uint8Array) => {
    const start = place;
    const front = Buffer.alloc(frontBytes);
    front.writeUInt32LE(bytes.length, 0);
    front.writeUInt32LE(crc32(bytes), 4);
    put(front);
    put(bytes);
    return start;
  };
  return {
    add: (entry) => addBytes(encodeEntry(entry)),
    addBytes,
    finish: () => {
      send();
      aside.finish();
    },
    abandon: aside.abandon,
  };
};

export type TextsReader = {
  readonly bytesAt: (place: number) => Uint8Array<ArrayBuffer>;
  readonly entryAt: (place: number) => Entry;
  /** Every place from the first to the end of the file. */
  readonly places: () => readonly number[];
  /** Throws `Damaged` where the file ends before the entry at a place or goes on after it. */
  readonly lengthChecked: (last: number) => void;
  readonly close: () => void;
};

/** Reading verifies: an entry that differs from its checksum throws `Damaged`. */
export const textsReader = (file: string): TextsReader => {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new Damaged(file, "文件缺失", "the file is missing");
    throw error;
  }
  const front = Buffer.alloc(frontBytes);
  const { size } = fstatSync(descriptor);
  const bad = () =>
    new Damaged(
      file,
      "文件不完整或已损坏（校验和不符）",
      "the file is cut short or damaged (its checksum differs)",
    );
  const lengthAt = (place: number): number => {
    if (readSync(descriptor, front, 0, frontBytes, place) < frontBytes) throw bad();
    const length = front.readUInt32LE(0);
    if (place + frontBytes + length > size) throw bad();
    return length;
  };
  const bytesAt = (place: number) => {
    const whole = new Uint8Array(Buffer.allocUnsafeSlow(frontBytes + lengthAt(place)).buffer);
    if (readSync(descriptor, whole, 0, whole.length, place) < whole.length) throw bad();
    const bytes = whole.subarray(frontBytes);
    if (crc32(bytes) !== front.readUInt32LE(4)) throw bad();
    return bytes;
  };
  return {
    bytesAt,
    entryAt: (place) => decodeEntry(bytesAt(place)),
    places: () => {
      const found: number[] = [];
      for (let place = 0; place < size; place += frontBytes + lengthAt(place)) found.push(place);
      return found;
    },
    lengthChecked: (last) => {
      if (last + frontBytes + lengthAt(last) !== size) throw bad();
    },
    close: () => closeSync(descriptor),
  };
};
