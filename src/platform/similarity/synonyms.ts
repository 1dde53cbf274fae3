import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { Fold } from "../../core/similarity/fold.ts";
import { normalize } from "../../core/similarity/normalize.ts";
import { type Synonyms, synonymsOf } from "../../core/similarity/synonyms.ts";

const file = path.join(import.meta.dirname, "synonyms.json");

/** Groups of general words that say nearly the same; our own list. */
export const synonymGroups = async (): Promise<readonly (readonly string[])[]> =>
  z
    .array(z.string())
    .parse(JSON.parse(await readFile(file, "utf8")))
    .map((group) => group.split(" "));

export const loadSynonyms = async (fold: Fold): Promise<Synonyms> =>
  synonymsOf(
    (await synonymGroups()).map((group) =>
      group.map((word) => normalize(fold, [{ name: "", text: word }]).codes),
    ),
  );
