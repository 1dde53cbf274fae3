import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { Entry } from "../../core/similarity/document.ts";
import type { Rate } from "../../core/similarity/fingerprints.ts";
import { capOf, type Frequency, frequentOf, leastCap } from "../../core/similarity/frequency.ts";
import type { Known } from "../../core/similarity/known.ts";
import { sampler } from "../../core/similarity/sample.ts";
import { buildSegment, eachPosting, type Postings } from "../../core/similarity/segment.ts";
import { invalid } from "../errors.ts";
import { isUnfinished } from "./aside.ts";
import { type Manifest, readManifest, writeManifest } from "./manifest.ts";
import { entryOf, idOf, type Opened, settled, sizeOf } from "./opened.ts";
import { keysOf, openPart, type Part, postingsOf, removePart, textsFile, writeSegment } from "./part.ts";
import { writeFrequency, writeKnown } from "./sets.ts";
import { textsWriter } from "./texts-file.ts";

/** Parts that may stand side by side before small ones are merged. */
const mostParts = 6;

const nameOf = (number: number): string => `part-${String(number).padStart(6, "0")}`;

/** Takes away what no manifest names: left by a writer that was killed. The lock must be held. */
export const sweep = (folder: string): void => {
  const manifest = readManifest(folder);
  const named = new Set(manifest?.parts.map(({ name }) => name));
  for (const file of readdirSync(folder)) {
    const name = /^(part-\d{6})\.(?:texts|segment)$/.exec(file)?.[1];
    const set = /^(?:known|frequency)-\d{6}$/.test(file);
    const loose =
      name === undefined ? set && file !== manifest?.known && file !== manifest?.frequency : !named.has(name);
    if (loose || isUnfinished(file)) rmSync(path.join(folder, file), { force: true });
  }
};

/** A folder for an index: made, empty, or one that holds an index already. Throws `Invalid` for any other. */
export const folderFor = (folder: string): void => {
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(folder);
  const ours = /^(?:manifest\.json|writer\.lock.*|(?:part|known|frequency)-\d{6}.*)$/;
  const stranger = files.find((file) => !ours.test(file) && !isUnfinished(file));
  if (stranger !== undefined)
    throw invalid(
      folder,
      `文件夹里已有别的文件（${stranger.slice(0, 60)}），请另选空文件夹`,
      `the folder holds other files (${stranger.slice(0, 60)}); choose an empty one`,
    );
};

const nextNumber = (folder: string): number =>
  1 + Math.max(0, ...readdirSync(folder).map((file) => Number(/-(\d{6})/.exec(file)?.[1] ?? 0)));

/** Writes a whole index of the entries and puts it in the place of the one before. The lock must be held. */
export const writeIndex = async (
  folder: string,
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  known: Known,
  rate: Rate,
): Promise<void> => {
  const number = nextNumber(folder);
  const name = nameOf(number);
  const knownName = `known-${String(number).padStart(6, "0")}`;
  const frequencyName = `frequency-${String(number).padStart(6, "0")}`;
  const texts = textsWriter(textsFile(folder, name));
  const [places, ids, groups, rows] = [[] as number[], [] as string[], [] as string[], [] as Uint32Array[]];
  const sample = sampler();
  try {
    for await (const entry of entries) {
      places.push(texts.add(entry));
      ids.push(entry.id);
      groups.push(entry.group);
      rows.push(keysOf(entry.text, known, rate));
      sample.keep(entry.id, entry.text.codes);
    }
    texts.finish();
  } catch (error) {
    texts.abandon();
    throw error;
  }
  const segment = buildSegment(rows.length, postingsOf(rows));
  const frequency: Frequency = { ...frequentOf(sample.texts()), cap: capOf(segment) };
  writeSegment(folder, name, segment, Float64Array.from(places), { ids, groups });
  writeKnown(folder, knownName, known);
  writeFrequency(folder, frequencyName, frequency);
  writeManifest(folder, {
    format: "zhinan similarity 1",
    next: number + 1,
    rate,
    known: knownName,
    frequency: frequencyName,
    countedAt: rows.length,
    parts: rows.length === 0 ? [] : [{ name, documents: rows.length }],
    dead: [],
  });
  sweep(folder);
};

/** Frequencies of the live documents as they are now; `cap` needs one segment of them all. */
export const frequencyOf = (opened: Opened): Frequency => {
  const sample = sampler();
  for (let document = 0; document < sizeOf(opened); document += 1)
    if (opened.dead[document] !== 1 && sample.wants(idOf(opened, document))) {
      const { id, text } = entryOf(opened, document);
      sample.keep(id, text.codes);
    }
  const caps = opened.parts.map(({ part }) => capOf(part.segment));
  return { ...frequentOf(sample.texts()), cap: Math.max(leastCap, ...caps) };
};

/** Makes the delta a part and writes down what was removed. Nothing is lost when this is ended half-way: the manifest comes last. */
export const flush = (folder: string, opened: Opened): void => {
  const { manifest, fresh } = opened;
  const start = settled(opened);
  let { next } = manifest;
  const parts = [...manifest.parts];
  let fresher: Part | undefined;
  if (fresh.length > 0) {
    const name = nameOf(next);
    const texts = textsWriter(textsFile(folder, name));
    try {
      const places = Float64Array.from(fresh, (entry) => texts.add(entry));
      texts.finish();
      const rows = fresh.map(({ text }) => keysOf(text, opened.known, manifest.rate));
      const listed = { ids: fresh.map(({ id }) => id), groups: fresh.map(({ group }) => group) };
      writeSegment(folder, name, buildSegment(rows.length, postingsOf(rows)), places, listed);
    } catch (error) {
      texts.abandon();
      removePart(folder, name);
      throw error;
    }
    next += 1;
    parts.push({ name, documents: fresh.length });
    fresher = openPart(folder, parts.at(-1)!, opened.known, manifest.rate).part;
  }
  const changed: Manifest = { ...manifest, next, parts, dead: deadOf(opened) };
  writeManifest(folder, changed);
  opened.manifest = changed;
  if (fresher !== undefined) opened.parts.push({ part: fresher, first: start });
  opened.fresh = [];
  opened.delta = new Map();
};

const deadOf = (opened: Opened): number[] => {
  const numbers: number[] = [];
  for (let document = 0; document < sizeOf(opened); document += 1)
    if (opened.dead[document] === 1) numbers.push(document);
  return numbers;
};

/** Whether the parts should be merged, and which: the small ones, or all of them when many documents have gone or come. */
export const dueForMerging = (opened: Opened): readonly number[] => {
  const { parts, live, manifest } = opened;
  const all = settled(opened);
  const grown = live >= 2 * Math.max(8, manifest.countedAt) || live * 2 < manifest.countedAt;
  if (parts.length > 0 && (grown || live * 10 < all * 7)) return parts.map((_, index) => index);
  if (parts.length <= mostParts) return [];
  const largest = Math.max(...parts.map(({ part }) => part.ids.length));
  const small = parts.flatMap(({ part }, index) => (part.ids.length === largest ? [] : [index]));
  const smallSize = small.reduce((sum, index) => sum + parts[index]!.part.ids.length, 0);
  return small.length < 2 || smallSize * 2 >= largest ? parts.map((_, index) => index) : small;
};

/**
 * Merges parts into one, without what was removed; when all are merged, frequencies are taken again. Written aside; the
 * manifest's replacement is the moment at which it counts.
 */
export const merge = (folder: string, opened: Opened, which: readonly number[]): Manifest => {
  const { manifest, parts, dead } = opened;
  const whole = which.length === parts.length;
  const name = nameOf(manifest.next);
  const chosen = which.map((index) => parts[index]!);
  const rest = parts.filter((_, index) => !which.includes(index));
  const texts = textsWriter(textsFile(folder, name));
  const frequencyName = `frequency-${String(manifest.next).padStart(6, "0")}`;
  try {
    const [places, ids, groups] = [[] as number[], [] as string[], [] as string[]];
    const renumbered = chosen.map(({ part, first }) => {
      const numbers = new Int32Array(part.ids.length).fill(-1);
      for (const [local, id] of part.ids.entries()) {
        if (dead[first + local] === 1) continue;
        numbers[local] = ids.length;
        places.push(texts.addBytes(part.texts.bytesAt(part.places[local]!)));
        ids.push(id);
        groups.push(part.groups[local]!);
      }
      return { segment: part.segment, numbers };
    });
    texts.finish();
    const each: Postings = (visit) => {
      for (const { segment, numbers } of renumbered)
        eachPosting(segment, (key, document) => {
          if (numbers[document]! >= 0) visit(key, numbers[document]!);
        });
    };
    const segment = buildSegment(ids.length, each);
    writeSegment(folder, name, segment, Float64Array.from(places), { ids, groups });
    if (whole) writeFrequency(folder, frequencyName, { ...frequencyOf(opened), cap: capOf(segment) });
    const kept = ids.length === 0 ? [] : [{ name, documents: ids.length }];
    const listed = [...rest.map(({ part }) => ({ name: part.name, documents: part.ids.length })), ...kept];
    const changed: Manifest = {
      ...manifest,
      next: manifest.next + 1,
      parts: listed,
      dead: movedDead(opened, rest),
      ...(whole ? { frequency: frequencyName, countedAt: ids.length } : {}),
    };
    writeManifest(folder, changed);
    return changed;
  } catch (error) {
    texts.abandon();
    removePart(folder, name);
    rmSync(path.join(folder, frequencyName), { force: true });
    throw error;
  }
};

/** Removed documents of parts that stay, under their new numbers. */
const movedDead = (
  { dead }: Opened,
  rest: readonly { readonly part: Part; readonly first: number }[],
): number[] => {
  const numbers: number[] = [];
  let start = 0;
  for (const { part, first } of rest) {
    for (let local = 0; local < part.ids.length; local += 1)
      if (dead[first + local] === 1) numbers.push(start + local);
    start += part.ids.length;
  }
  return numbers;
};
