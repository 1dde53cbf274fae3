import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Flat, flatten, targets } from "./targets.ts";

/** `npm run bench [rules|direction|site|assignment|similarity|platform|documents|documents-load|spreadsheets [--large] [--quick]]`: measures, prints, and keeps the figures in bench/results.json. */

const benches = [
  "rules",
  "direction",
  "site",
  "assignment",
  "similarity",
  "platform",
  "documents",
  "documents-load",
  "spreadsheets",
] as const;
const kept = path.join(import.meta.dirname, "results.json");

const machine = () => ({
  cores: availableParallelism(),
  processor: cpus()[0]?.model.trim() ?? "",
  node: process.version,
  /** Of the last minute; above the number of cores the figures are worth little. */
  load: Math.round(loadavg()[0]! * 100) / 100,
});

const tableOf = (result: Flat) => Object.fromEntries([...result].map(([name, value]) => [name, { value }]));

const judgedOf = (bench: string, result: Flat) =>
  targets
    .filter((one) => one.bench === bench && result.has(one.figure))
    .map(({ claim, figure, least, most }) => {
      const measured = Number(result.get(figure));
      const hit = measured >= (least ?? -Infinity) && measured <= (most ?? Infinity);
      return { claim, measured, target: least === undefined ? `at most ${most}` : `at least ${least}`, hit };
    });

const known = new Set(["--large", "--quick", "--no-peer"]);
const flags = process.argv.slice(2).filter((word) => known.has(word));
const wanted = process.argv.slice(2).filter((word) => !known.has(word));
const unknown = wanted.filter((name) => !benches.some((bench) => bench === name));
if (unknown.length > 0) {
  process.stderr.write(`no such benchmark: ${unknown.join(", ")}; there are ${benches.join(", ")}\n`);
  process.exit(2);
}

const fileOf = (bench: string) => path.join(import.meta.dirname, `${bench}.ts`);
const chosen = benches.filter((one) => (wanted.length > 0 ? wanted.includes(one) : existsSync(fileOf(one))));

const measure = async (bench: string) => {
  const before = machine();
  console.log(
    `\n${bench} (${before.cores} cores, ${before.processor}, Node ${before.node}, load ${before.load})`,
  );
  const { run } = (await import(pathToFileURL(fileOf(bench)).href)) as { run: () => Promise<object> };
  const result = await run();
  const flat = flatten(result);
  console.table(tableOf(flat));
  const verdicts = judgedOf(bench, flat);
  console.table(verdicts);
  // A quick look is no measurement.
  if (flags.includes("--quick")) return;
  const load = { before: before.load, after: machine().load };
  const results = existsSync(kept) ? (JSON.parse(readFileSync(kept, "utf8")) as Record<string, unknown>) : {};
  results[bench] = { machine: { ...before, load }, result, targets: verdicts };
  writeFileSync(kept, `${JSON.stringify(results, null, 2)}\n`);
};

if (chosen.length === 1) await measure(chosen[0]!);
// Each in a process of its own: none inherits another's compiled code, heap or loaded dictionary.
else
  for (const bench of chosen) {
    const { status } = spawnSync(
      process.execPath,
      [...process.execArgv, import.meta.filename, bench, ...flags],
      {
        stdio: "inherit",
      },
    );
    if (status !== 0) process.exitCode = 1;
  }
