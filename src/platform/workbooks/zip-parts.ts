import type { WorkbookFault } from "./unreadable.ts";

/** The list of parts of a zip file, read from its directory alone: nothing is unpacked, nothing is written, names lead nowhere. */
export type Part = {
  readonly name: string;
  readonly packed: number;
  readonly unpacked: number;
  readonly deflated: boolean;
  /** Where its packed bytes begin. */
  readonly from: number;
};

export type Listed = { readonly parts: readonly Part[] } | { readonly fault: WorkbookFault };

const mostParts = 2_000;
/** All parts together, by their own claim; reading is cut off there whatever was claimed. */
const mostUnpacked = 256 * 1_048_576;
/** XML of real workbooks packs to a tenth or a fiftieth; only what was made to burst packs to a five hundredth. */
const mostRatio = 300;
const smallPart = 1_048_576;

const directoryEnd = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;
const whole32 = 0xffff_ffff;

class Broken extends Error {}
const broken = (): never => {
  throw new Broken();
};

export const partsOf = (bytes: Buffer): Listed => {
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof Broken || error instanceof RangeError) return { fault: "damaged" };
    throw error;
  }
};

const read = (bytes: Buffer): Listed => {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || bytes.length < end + 22 || bytes.readUInt32LE(end) !== directoryEnd) return broken();
  const count = bytes.readUInt16LE(end + 10);
  if (count > mostParts) return { fault: "tooLarge" };
  const parts: Part[] = [];
  const names = new Set<string>();
  let at = bytes.readUInt32LE(end + 16);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== directoryEntry) return broken();
    const flags = bytes.readUInt16LE(at + 8);
    const method = bytes.readUInt16LE(at + 10);
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const commentLength = bytes.readUInt16LE(at + 32);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength).replaceAll("\\", "/");
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const [unpacked, packed, header] = sizes(
      [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)],
      extra,
    );
    at += 46 + nameLength + extraLength + commentLength;
    if ((flags & 1) !== 0) return { fault: "encrypted" };
    // Two parts of one name are two workbooks in one file; a name that leaves its folder wants to be written somewhere.
    if (names.has(name) || leavesFolder(name)) return broken();
    names.add(name);
    if (method !== 0 && method !== 8) return broken();
    if (header + 30 > bytes.length || bytes.readUInt32LE(header) !== localHeader) return broken();
    const from = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    if (from + packed > end || (method === 0 && packed !== unpacked)) return broken();
    total += unpacked;
    if (total > mostUnpacked || (unpacked > smallPart && unpacked > packed * mostRatio))
      return { fault: "tooLarge" };
    parts.push({ name, packed, unpacked, deflated: method === 8, from });
  }
  const inOrder = parts.toSorted((one, other) => one.from - other.from);
  // Parts that share their bytes unpack to more than the file could hold.
  if (
    inOrder.some(
      (one, index) => one.from < (inOrder[index - 1]?.from ?? 0) + (inOrder[index - 1]?.packed ?? 0),
    )
  )
    return broken();
  return { parts };
};

/** Sizes and offset of an entry; those that do not fit 32 bits stand in a field of their own. */
const sizes = (
  values: readonly [number, number, number],
  extra: Buffer,
): readonly [number, number, number] => {
  if (!values.includes(whole32)) return values;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    const [one, two, three] = values.map((value) => {
      if (value !== whole32) return value;
      const wide = Number(extra.readBigUInt64LE(next));
      next += 8;
      return wide;
    });
    return [one ?? 0, two ?? 0, three ?? 0];
  }
  return broken();
};

const leavesFolder = (name: string): boolean =>
  name.startsWith("/") || name.includes(":") || name.includes("\0") || name.split("/").includes("..");
