import { readFileSync } from "node:fs";
import { directionFinder } from "../src/core/direction/finder.ts";
import { directionTexts } from "../src/core/direction/texts.ts";
import { walk } from "../src/core/guide/guide.ts";
import { parseGuide } from "../src/core/guide/parse.ts";
import { synonymsSchema } from "../src/core/policy/pack.ts";
import { programmeSchema } from "../src/core/policy/programme.ts";
import { loadWords } from "../src/platform/words.ts";

/** Claim: after loading, one core suggests directions for at least 2,000 titles a second. */

const RUNS = 7;
const QUERIES = 5_000;
const ABSTRACT = 300;

const pack = (name: string) =>
  readFileSync(new URL(`../policies/dalian-2024/${name}`, import.meta.url), "utf8");
const since = (start: number) => Math.round((performance.now() - start) * 10) / 10;
const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;

export const run = async () => {
  const loading = performance.now();
  const words = await loadWords();
  const wordsMs = since(loading);
  const directions = directionTexts({
    programme: programmeSchema.parse(JSON.parse(pack("programme.json"))),
    nodes: new Map([...walk(parseGuide(pack("guide.txt")).nodes)].map((node) => [node.id, node])),
    synonyms: synonymsSchema.parse(JSON.parse(pack("synonyms.json"))),
  });
  const building = performance.now();
  const finder = directionFinder(directions, words);
  const indexMs = since(building);

  const asked = readFileSync(new URL("../test/direction/titles.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { title: string; code: string; half: string });
  const titles = asked.map(({ title }) => title);
  const abstracts = asked.map(({ title }, i) =>
    `${title}。${directions[(i * 7) % directions.length]!.body}${titles.join("；")}`.slice(0, ABSTRACT),
  );
  const perSecond = (texts: readonly string[]) => {
    const rates: number[] = [];
    // The first run warms up and is not counted.
    for (let turn = 0; turn <= RUNS; turn++) {
      const start = performance.now();
      for (let i = 0; i < QUERIES; i++) finder.suggest(texts[i % texts.length]!, 3);
      if (turn > 0) rates.push((QUERIES * 1000) / (performance.now() - start));
    }
    return Math.round(median(rates));
  };
  const right = (half: string, places: number) => {
    const of = asked.filter((title) => title.half === half);
    const found = of.filter(({ title, code }) => finder.suggest(title, places).some((s) => s.code === code));
    return Math.round((found.length * 1000) / of.length) / 10;
  };
  return {
    name: "direction",
    directions: directions.length,
    load: { wordsMs, indexMs },
    perSecond: { titles: perSecond(titles), abstracts: perSecond(abstracts) },
    percent: {
      dev: { first: right("dev", 1), three: right("dev", 3) },
      heldOut: { first: right("held-out", 1), three: right("held-out", 3) },
    },
  };
};

if (import.meta.main) {
  const result = await run();
  console.table({
    "words loaded, ms": result.load.wordsMs,
    "index built, ms": result.load.indexMs,
    "titles a second": result.perSecond.titles,
    [`abstracts of ${ABSTRACT} a second`]: result.perSecond.abstracts,
    "held-out first, %": result.percent.heldOut.first,
    "held-out in three, %": result.percent.heldOut.three,
  });
  console.log(JSON.stringify(result));
}
