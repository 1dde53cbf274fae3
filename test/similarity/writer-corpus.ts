import { sectionsOf, worldOf } from "../../bench/similarity/world.ts";
import { vocabulary } from "../../bench/similarity/vocabulary.ts";
import type { Document } from "../../src/core/similarity/document.ts";

/** A small synthetic world; the same in every suite. */
export const world = worldOf(5, 90, vocabulary());

export const documentOf = (number: number): Document => {
  const { id, title } = world.documentOf(number);
  // A third of the length keeps the suites quick.
  const sections = sectionsOf(world.documentOf(number)).map(({ name, text }) => ({
    name,
    text: text.slice(0, Math.ceil(text.length / 3)),
  }));
  return { id, title, sections };
};

export const documents = (from: number, to: number): readonly Document[] =>
  Array.from({ length: to - from }, (_, at) => documentOf(from + at));
