import { agreeWithHighs } from "./assignment/agree.ts";
import { contendersOf, type InstanceSpec, specsOf } from "./assignment/instances.ts";
import { lemonProgram } from "./assignment/lemon.ts";
import { folder, instanceFile, measure, type Measured, script } from "./assignment/measure.ts";
import { gapOf, printTable, type Row } from "./assignment/table.ts";

/**
 * Claim: optimal panels for 7,400 reviews in half a second, for 111,000 in three, for a nation's 1.5 million in forty, each
 * with a proof. Every contender has a process of its own; exact ones must find the same to the millionth.
 */

const exact = ["highs", "lemon-ns", "lemon-cs"];

const raceOf = (spec: InstanceSpec, lemon: string | undefined): readonly Row[] => {
  const instance = `${spec.size} ${spec.kind}`;
  return contendersOf(spec).flatMap((contender) => {
    if (contender.startsWith("lemon-") && lemon === undefined) return [];
    const row = { instance, contender, measured: measure(spec, contender, lemon) };
    const took = "failed" in row.measured ? row.measured.failed : `${row.measured.cpu.toFixed(2)} s`;
    process.stderr.write(`${instance}, ${contender}: ${took}\n`);
    return [row];
  });
};

/** Speed counts among equals only. */
const agree = (instance: string, engine: Measured, others: ReadonlyMap<string, Measured>) => {
  if (engine.feasible !== true) throw new Error(`${instance}: the engine's answer breaks a limit`);
  for (const name of exact) {
    const other = others.get(name);
    if (other === undefined) continue;
    const apart = other.objective - engine.objective;
    // Beyond a million pairs the engine stops at a proven gap: another may be as much better, and no more.
    if (other.filled !== engine.filled || apart > engine.bound! - engine.objective || apart < 0)
      throw new Error(
        `${instance}: ${name} finds ${other.objective} in ${other.filled} reviews, the engine ${engine.objective} in ${engine.filled}`,
      );
  }
};

const figuresOf = (rows: readonly Row[]) => {
  const found = new Map(
    rows.flatMap(({ contender, measured }) => ("failed" in measured ? [] : [[contender, measured] as const])),
  );
  const engine = found.get("engine");
  if (engine === undefined) throw new Error(`${rows[0]!.instance}: the engine gave no answer`);
  agree(rows[0]!.instance, engine, found);
  const named = [...found].map(([name, one]) => {
    const { objective, filled, short, cpu, solving, memory } = one;
    const figures = {
      objective: objective / 1e6,
      gap: gapOf(one, engine),
      ownBound: typeof one.bound === "number" ? one.bound / 1e6 : null,
      filled,
      ...(short === undefined ? {} : { short }),
      cpuSeconds: Number(cpu.toFixed(3)),
      solvingSeconds: Number(solving.toFixed(3)),
      memoryMegabytes: Math.round(memory),
      timesEngine: Number((cpu / engine.cpu).toFixed(3)),
    };
    return [name, figures] as const;
  });
  const failed = rows.flatMap(({ contender, measured }) =>
    "failed" in measured ? [[contender, measured.failed] as const] : [],
  );
  return Object.fromEntries([...named, ...failed]);
};

const declineOf = (spec: InstanceSpec, way: string): object => {
  const said = script("decline.ts", instanceFile(spec), way);
  return typeof said === "string" ? (JSON.parse(said) as object) : said;
};

export const run = async () => {
  const large = process.argv.includes("--large") || process.env["npm_config_large"] === "true";
  const lemon = lemonProgram(folder);
  if ("missing" in lemon) console.log(`Without LEMON: ${lemon.missing}.`);
  const agreed = await agreeWithHighs();
  console.log(`${agreed} small instances of every kind: as many reviews and the same total as HiGHS.`);
  const specs = specsOf(large);
  const races = specs.map((spec) => raceOf(spec, "program" in lemon ? lemon.program : undefined));
  printTable(races.flat());

  const middle = specs.find(({ size, kind }) => size === "middle" && kind === "clustered")!;
  return {
    name: "assignment",
    lemon: "missing" in lemon ? lemon.missing : "compiled with g++ -O2",
    instances: Object.fromEntries(races.map((rows) => [rows[0]!.instance, figuresOf(rows)])),
    agreedWithHighs: agreed,
    decline: { reoptimize: declineOf(middle, "reoptimize"), substitute: declineOf(middle, "substitute") },
  };
};
