import { type UnzipFileInfo, unzipSync } from "fflate";
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { refuse, UnreadableGuide } from "./unreadable.ts";

/** A file of 32 MB may unpack to gigabytes; the longest guides have a twentieth of this. All entries together. */
const MOST_UNPACKED = 64 * 1024 * 1024;
const MOST_PACKED = 2 * 1024 * 1024;
const MOST_ENTRIES = 10_000;
/** Elements within elements, attributes of one element: each costs far more memory than its bytes in the file. */
const MOST_DEPTH = 500;
const MOST_ATTRIBUTES = 500;
const CHUNK = 64 * 1024;

const damaged = (): never =>
  refuse("Word 文件已损坏，无法打开。", "The Word file is damaged and cannot be opened.");

const tooLarge = (): never =>
  refuse(
    "Word 文件解压后过大，请只上传指南正文。",
    "The Word file is too large when unpacked: give the guide itself only.",
  );

/** The named entries of a zip file, unpacked; those it does not have are left out. */
export const unpack = (bytes: Uint8Array, names: readonly string[]): ReadonlyMap<string, Uint8Array> => {
  const missing = new Set(names);
  let entries = 0;
  let packed = 0;
  let unpacked = 0;
  const wanted = (entry: UnzipFileInfo): boolean => {
    // The number of entries is the file's claim too, and may be billions.
    if (++entries > MOST_ENTRIES) damaged();
    // A name that comes again is not unpacked again.
    if (!missing.delete(entry.name)) return false;
    packed += entry.size;
    unpacked += entry.originalSize;
    // What is unpacked is cut off at the size claimed, so a false claim costs no memory, only the time its packed bytes take.
    if (packed > MOST_PACKED || unpacked > MOST_UNPACKED) tooLarge();
    return true;
  };
  try {
    return new Map(Object.entries(unzipSync(bytes, { filter: wanted })));
  } catch (error) {
    if (error instanceof UnreadableGuide) throw error;
    return damaged();
  }
};

export type XmlEvents = {
  readonly open: (tag: SaxesTagPlain) => void;
  readonly close?: (tag: SaxesTagPlain) => void;
  readonly text?: (text: string) => void;
};

/** The tags and texts of an XML file in order. A tag that closes itself is opened and closed. */
export const readXml = (bytes: Uint8Array, { open, close, text }: XmlEvents): void => {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  let depth = 0;
  let attributes = 0;
  parser.on("attribute", () => {
    if (++attributes > MOST_ATTRIBUTES) throw new RangeError("too many attributes");
  });
  parser.on("opentag", (tag) => {
    attributes = 0;
    if (++depth > MOST_DEPTH) throw new RangeError("nested too deeply");
    open(tag);
  });
  parser.on("closetag", (tag) => {
    depth--;
    close?.(tag);
  });
  if (text) {
    parser.on("text", text);
    parser.on("cdata", text);
  }
  const decoder = new TextDecoder();
  try {
    for (let from = 0; from < bytes.length; from += CHUNK)
      parser.write(decoder.decode(bytes.subarray(from, from + CHUNK), { stream: true }));
    parser.write(decoder.decode()).close();
  } catch {
    damaged();
  }
};
