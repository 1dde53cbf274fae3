import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Document } from "../../src/core/similarity/document.ts";

export { documentOf, documents, world } from "./writer-corpus.ts";

/** A folder of one's own, gone after the test. */
export const folder = (): string => {
  const made = mkdtempSync(path.join(tmpdir(), "similarity-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

export const textOf = (document: Document, section: string): string =>
  document.sections.find(({ name }) => name === section)!.text;
