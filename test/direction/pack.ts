import { readFileSync } from "node:fs";
import { directionFinder } from "../../src/core/direction/finder.ts";
import { directionTexts } from "../../src/core/direction/texts.ts";
import { walk } from "../../src/core/guide/guide.ts";
import { parseGuide } from "../../src/core/guide/parse.ts";
import { programmeSchema } from "../../src/core/policy/programme.ts";
import { synonymsSchema } from "../../src/core/policy/pack.ts";
import { loadWords } from "../../src/platform/words.ts";

const file = (name: string): string =>
  readFileSync(new URL(`../../policies/dalian-2024/${name}`, import.meta.url), "utf8");

/** The pack's directions as the finder reads them. */
export const directions = directionTexts({
  programme: programmeSchema.parse(JSON.parse(file("programme.json"))),
  nodes: new Map([...walk(parseGuide(file("guide.txt")).nodes)].map((node) => [node.id, node])),
  synonyms: synonymsSchema.parse(JSON.parse(file("synonyms.json"))),
});

/** Synonyms and weights were chosen by the `dev` titles; the `held-out` ones decided nothing. */
export type Title = { readonly title: string; readonly code: string; readonly half: "dev" | "held-out" };

export const titles: readonly Title[] = readFileSync(new URL("titles.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Title);

export const words = await loadWords();
export const finder = directionFinder(directions, words);
