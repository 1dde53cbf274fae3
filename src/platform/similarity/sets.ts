import path from "node:path";
import { z } from "zod";
import type { Frequency } from "../../core/similarity/frequency.ts";
import { type Known, knownFrom } from "../../core/similarity/known.ts";
import { readArrays, writeArrays } from "./arrays-file.ts";

/** What an index was built with: text that does not count by itself, and by frequency. */

export const writeKnown = (folder: string, name: string, { grams, stretches }: Known): void =>
  writeArrays(
    path.join(folder, name),
    { size: grams.size },
    { bits: grams.bits, stretches: Uint32Array.from([...stretches].sort((a, b) => a - b)) },
  );

export const readKnown = (folder: string, name: string): Known => {
  const { about, rows } = readArrays(path.join(folder, name));
  const { size } = z.strictObject({ size: z.int() }).parse(about);
  return knownFrom({ bits: rows["bits"] as Uint32Array, size }, new Set(rows["stretches"]));
};

export const writeFrequency = (folder: string, name: string, { frequent, common, cap }: Frequency): void =>
  writeArrays(
    path.join(folder, name),
    { frequent: frequent.size, common: common.size, cap },
    { frequent: frequent.bits, common: common.bits },
  );

export const readFrequency = (folder: string, name: string): Frequency => {
  const { about, rows } = readArrays(path.join(folder, name));
  const { frequent, common, cap } = z
    .strictObject({ frequent: z.int(), common: z.int(), cap: z.int() })
    .parse(about);
  return {
    frequent: { bits: rows["frequent"] as Uint32Array, size: frequent },
    common: { bits: rows["common"] as Uint32Array, size: common },
    cap,
  };
};
