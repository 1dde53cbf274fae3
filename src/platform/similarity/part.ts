import { rmSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { type Entry } from "../../core/similarity/document.ts";
import { fingerprints, type Rate } from "../../core/similarity/fingerprints.ts";
import type { Known } from "../../core/similarity/known.ts";
import { maskKnown } from "../../core/similarity/mask.ts";
import { buildSegment, type Postings, type Segment } from "../../core/similarity/segment.ts";
import type { Text } from "../../core/similarity/text.ts";
import { readArrays, writeArrays } from "./arrays-file.ts";
import { Damaged } from "./damaged.ts";
import { type TextsReader, textsReader } from "./texts-file.ts";

/** An immutable piece of an index: its documents' texts, and beside them the segment that finds them. */
export type Part = {
  readonly name: string;
  readonly segment: Segment;
  readonly places: Float64Array;
  readonly ids: readonly string[];
  readonly groups: readonly string[];
  readonly texts: TextsReader;
};

export type Listed = { readonly ids: readonly string[]; readonly groups: readonly string[] };

export const textsFile = (folder: string, name: string): string => path.join(folder, `${name}.texts`);
export const segmentFile = (folder: string, name: string): string => path.join(folder, `${name}.segment`);

export const removePart = (folder: string, name: string): void => {
  rmSync(segmentFile(folder, name), { force: true });
  rmSync(textsFile(folder, name), { force: true });
};

let room = new Uint8Array(0);

/** The keys by which a document is found. One mask is kept for all: a new one a document makes the collector the slowest part of a build. */
export const keysOf = (text: Text, known: Known, rate: Rate): Uint32Array => {
  const { length } = text.codes;
  if (room.length < length) room = new Uint8Array(length * 2);
  return fingerprints(text.codes, maskKnown(text, known, room.subarray(0, length).fill(0)), rate).keys;
};

export const postingsOf =
  (rows: readonly Uint32Array[]): Postings =>
  (visit) => {
    for (let document = 0; document < rows.length; document += 1)
      for (const key of rows[document]!) visit(key, document);
  };

export const writeSegment = (
  folder: string,
  name: string,
  segment: Segment,
  places: Float64Array,
  { ids, groups }: Listed,
): void => {
  const { documents, documentBits, bucketBits, directory, postings } = segment;
  const own = groups.map((group, index) => (group === ids[index] ? 0 : group));
  const about = { documents, documentBits, bucketBits, ids, groups: own };
  writeArrays(segmentFile(folder, name), about, { directory, postings, places });
};

const aboutSchema = z.strictObject({
  documents: z.int(),
  documentBits: z.int(),
  bucketBits: z.int(),
  ids: z.array(z.string()),
  groups: z.array(z.union([z.string(), z.literal(0)])),
});

const readSegment = (folder: string, name: string) => {
  const { about, rows } = readArrays(segmentFile(folder, name));
  const { ids, groups, ...numbers } = aboutSchema.parse(about);
  return {
    segment: {
      ...numbers,
      directory: rows["directory"] as Uint32Array,
      postings: rows["postings"] as Uint32Array,
    },
    places: rows["places"] as Float64Array,
    ids,
    groups: groups.map((group, index) => (group === 0 ? ids[index]! : group)),
  };
};

/** A segment made again from its texts: they hold everything it is made of. Throws `Damaged` where they are damaged too. */
const rebuild = (texts: TextsReader, documents: number, known: Known, rate: Rate, file: string) => {
  const places = texts.places();
  if (places.length !== documents) throw new Damaged(file, "文件不完整", "the file is cut short");
  const entries: Pick<Entry, "id" | "group">[] = [];
  const rows = places.map((place) => {
    const { id, group, text } = texts.entryAt(place);
    entries.push({ id, group });
    return keysOf(text, known, rate);
  });
  return {
    segment: buildSegment(rows.length, postingsOf(rows)),
    places: Float64Array.from(places),
    ids: entries.map(({ id }) => id),
    groups: entries.map(({ group }) => group),
  };
};

export type Opened = { readonly part: Part; readonly rebuilt: boolean };

/** Opens a part. A damaged segment is made again from the texts; damaged texts throw `Damaged` when they are needed. */
export const openPart = (
  folder: string,
  { name, documents }: { readonly name: string; readonly documents: number },
  known: Known,
  rate: Rate,
): Opened => {
  const file = textsFile(folder, name);
  const texts = textsReader(file);
  try {
    let read: Omit<Part, "name" | "texts">;
    let rebuilt = false;
    try {
      read = readSegment(folder, name);
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      read = rebuild(texts, documents, known, rate, file);
      rebuilt = true;
    }
    const last = read.places.at(-1);
    if (last !== undefined) texts.lengthChecked(last);
    return { part: { name, texts, ...read }, rebuilt };
  } catch (error) {
    texts.close();
    throw error;
  }
};
