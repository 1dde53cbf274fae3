import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { type Fold } from "../../core/similarity/fold.ts";
import { type Known, knownOf } from "../../core/similarity/known.ts";
import { normalize } from "../../core/similarity/normalize.ts";
import { loadPolicy, packFile, policyIds } from "../policies.ts";

const given = z.strictObject({ headings: z.array(z.string()), texts: z.array(z.string()) });

const readGiven = async () =>
  given.parse(JSON.parse(await readFile(path.join(import.meta.dirname, "known.json"), "utf8")));

/**
 * Text that counts for nobody: the guide and the forms of the packs named (all of them unless told), the headings and citations
 * that stand in every application, and `more` given beside them.
 */
export const loadKnown = async (
  fold: Fold,
  policies?: readonly string[],
  more: readonly string[] = [],
): Promise<Known> => {
  const general = await readGiven();
  const texts = [...general.texts, ...more];
  const headings = [...general.headings];
  for (const id of policies ?? (await policyIds())) {
    const { forms } = await loadPolicy(id);
    texts.push(await readFile(packFile(id, "guide.txt"), "utf8"));
    for (const section of forms.flatMap((form) => form.sections)) {
      headings.push(section.title.zh, section.title.en);
      for (const { title, ...rest } of section.questions) {
        headings.push(title.zh, title.en);
        texts.push(...wordsOf(rest));
      }
    }
  }
  const read = (text: string) => normalize(fold, [{ name: "", text }]);
  return knownOf(texts.map(read), headings.map(read));
};

/** Explanations of a question, wherever its kind keeps them. */
const wordsOf = (value: unknown): readonly string[] =>
  typeof value === "object" && value !== null
    ? "zh" in value && typeof value.zh === "string"
      ? [value.zh]
      : Object.values(value).flatMap(wordsOf)
    : [];
