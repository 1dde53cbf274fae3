import type { Collection } from "../../core/similarity/candidates.ts";
import type { Entry } from "../../core/similarity/document.ts";
import type { Frequency } from "../../core/similarity/frequency.ts";
import type { Known } from "../../core/similarity/known.ts";
import type { Text } from "../../core/similarity/text.ts";
import { Damaged } from "./damaged.ts";
import type { Manifest } from "./manifest.ts";
import { type Part, keysOf, openPart, writeSegment } from "./part.ts";
import { readFrequency, readKnown } from "./sets.ts";

/** An index in memory: parts from disk, and the delta that no part holds yet. Documents are numbered through. */
export type Opened = {
  manifest: Manifest;
  parts: { readonly part: Part; readonly first: number }[];
  /** Documents of the delta, in the order of their numbers. */
  fresh: Entry[];
  delta: Map<number, number[]>;
  dead: Uint8Array;
  live: number;
  /** Number of the live document of an id. */
  numbers: Map<string, number>;
  readonly known: Known;
  frequency: Frequency;
};

/** Documents in parts: the delta's numbers begin here. */
export const settled = ({ parts }: Opened): number =>
  parts.reduce((sum, { part }) => sum + part.ids.length, 0);

export const sizeOf = (opened: Opened): number => settled(opened) + opened.fresh.length;

const partOf = ({ parts }: Opened, document: number) => {
  const found = parts.findLast(({ first }) => first <= document)!;
  return { part: found.part, local: document - found.first };
};

export const idOf = (opened: Opened, document: number): string => {
  const start = settled(opened);
  if (document >= start) return opened.fresh[document - start]!.id;
  const { part, local } = partOf(opened, document);
  return part.ids[local]!;
};

export const groupOf = (opened: Opened, document: number): string => {
  const start = settled(opened);
  if (document >= start) return opened.fresh[document - start]!.group;
  const { part, local } = partOf(opened, document);
  return part.groups[local]!;
};

export const entryOf = (opened: Opened, document: number): Entry => {
  const start = settled(opened);
  if (document >= start) return opened.fresh[document - start]!;
  const { part, local } = partOf(opened, document);
  return part.texts.entryAt(part.places[local]!);
};

export const textOf = (opened: Opened, document: number): Text => entryOf(opened, document).text;

export const collectionOf = (opened: Opened): Collection => ({
  parts: opened.parts.map(({ part, first }) => ({ segment: part.segment, first })),
  delta: opened.delta,
  size: sizeOf(opened),
  live: opened.live,
  dead: opened.live === sizeOf(opened) ? new Uint8Array(0) : opened.dead,
  cap: opened.frequency.cap,
});

const bury = (opened: Opened, document: number): void => {
  if (opened.dead.length < sizeOf(opened)) {
    const longer = new Uint8Array(sizeOf(opened) * 2);
    longer.set(opened.dead);
    opened.dead = longer;
  }
  opened.dead[document] = 1;
  opened.live -= 1;
};

/** Adds a document or, where its id is there already, changes it. In memory only. */
export const put = (opened: Opened, entry: Entry): void => {
  drop(opened, entry.id);
  const document = sizeOf(opened);
  opened.fresh.push(entry);
  opened.live += 1;
  opened.numbers.set(entry.id, document);
  for (const key of keysOf(entry.text, opened.known, opened.manifest.rate)) {
    const row = opened.delta.get(key);
    if (row === undefined) opened.delta.set(key, [document]);
    else row.push(document);
  }
};

/** Removes a document; false where there is none of that id. In memory only. */
export const drop = (opened: Opened, id: string): boolean => {
  const document = opened.numbers.get(id);
  if (document === undefined) return false;
  bury(opened, document);
  opened.numbers.delete(id);
  return true;
};

/** Reads the files that a manifest names. `repair`: writes a segment that had to be made again. */
export const openFiles = (
  folder: string,
  manifest: Manifest,
  frequencyAgain: (opened: Opened) => Frequency,
  repair: boolean,
): Opened => {
  const known = readKnown(folder, manifest.known);
  const opened: Opened = {
    manifest,
    parts: [],
    fresh: [],
    delta: new Map(),
    dead: new Uint8Array(0),
    live: 0,
    numbers: new Map(),
    known,
    frequency: {
      frequent: { bits: new Uint32Array(1), size: 32 },
      common: { bits: new Uint32Array(1), size: 32 },
      cap: 0,
    },
  };
  try {
    for (const one of manifest.parts) {
      const { part, rebuilt } = openPart(folder, one, known, manifest.rate);
      opened.parts.push({ part, first: settled(opened) });
      if (rebuilt && repair) writeSegment(folder, part.name, part.segment, part.places, part);
    }
    opened.live = settled(opened);
    for (const document of manifest.dead) bury(opened, document);
    for (const { part, first } of opened.parts)
      for (const [local, id] of part.ids.entries())
        if (opened.dead[first + local] !== 1) opened.numbers.set(id, first + local);
    opened.frequency = readFrequencyOr(folder, manifest.frequency, () => frequencyAgain(opened));
    return opened;
  } catch (error) {
    closeAll(opened);
    throw error;
  }
};

const readFrequencyOr = (folder: string, name: string, again: () => Frequency): Frequency => {
  try {
    return readFrequency(folder, name);
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    return again();
  }
};

export const closeAll = (opened: Opened): void => {
  for (const { part } of opened.parts) part.texts.close();
};
