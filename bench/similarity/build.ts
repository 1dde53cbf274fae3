import { normalize } from "../../src/core/similarity/normalize.ts";
import { capOf, frequentOf } from "../../src/core/similarity/frequency.ts";
import type { Known } from "../../src/core/similarity/known.ts";
import { sampler } from "../../src/core/similarity/sample.ts";
import { buildSegment } from "../../src/core/similarity/segment.ts";
import { keysOf, postingsOf } from "../../src/platform/similarity/part.ts";
import type { Fold } from "../../src/core/similarity/fold.ts";
import { minHashLsh } from "./minhash.ts";
import { sectionsOf, type World } from "./world.ts";

const perSecond = (count: number, run: () => void): number => {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return Math.round(count / ((user + system) / 1e6));
};

/** From normalised text in memory to a searchable segment with its frequencies; CPU of all threads counts, so a collector apart is no gift. */
export const buildRate = (world: World, fold: Fold, known: Known, documents: number) => {
  // Only the texts stay: a million words of the generator in the heap would be the collector's work, not the build's.
  const entries = Array.from({ length: documents }, (_, number) => {
    const draft = world.documentOf(number % world.documents);
    return { id: draft.id, text: normalize(fold, sectionsOf(draft)) };
  });
  const texts = entries.map(({ text }) => text);
  const once = () => {
    const sample = sampler();
    const rows = entries.map(({ id, text }) => {
      sample.keep(id, text.codes);
      return keysOf(text, known, 32);
    });
    const segment = buildSegment(rows.length, postingsOf(rows));
    frequentOf(sample.texts());
    capOf(segment);
  };
  const engine = perSecond(documents, once);
  const some = texts.slice(0, 150).map(({ codes }) => String.fromCharCode(...codes));
  const add = minHashLsh();
  const lsh = perSecond(some.length, () => {
    for (const [at, text] of some.entries()) add(at, text);
  });
  const characters = texts.reduce((sum, { codes }) => sum + codes.length, 0);
  return {
    documents,
    charactersEach: Math.round(characters / documents),
    perSecond: engine,
    minHashLshPerSecond: lsh,
    timesMinHashLsh: Math.round((engine / lsh) * 10) / 10,
  };
};
