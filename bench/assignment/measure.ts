import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type ContenderName, type InstanceSpec, runsOf } from "./instances.ts";

/** Sums in millionths, CPU in seconds, memory in megabytes above the input. */
export type Measured = {
  readonly optimal: boolean;
  readonly feasible?: boolean;
  readonly objective: number;
  readonly filled: number;
  readonly short?: number;
  /** From the contender's own prices; null without any. */
  readonly bound?: number | null;
  /** From the arrays to the answer. */
  readonly cpu: number;
  /** The same without sorting the rows or building the graph. */
  readonly solving: number;
  readonly memory: number;
};

/** A contender that takes longer has lost; no run is longer. */
const patience = 180_000;

const here = import.meta.dirname;
export const folder = path.join(here, "../../.build/assignment");

const runtime = ["--disable-warning=ExperimentalWarning", "--expose-gc"];

const childOf = (program: string, given: readonly string[]): string | { readonly failed: string } => {
  const { status, signal, stdout, stderr } = spawnSync(program, given, {
    encoding: "utf8",
    timeout: patience,
    killSignal: "SIGKILL",
  });
  if (signal !== null) return { failed: `stopped after ${patience / 1000} s` };
  return status === 0 ? stdout : { failed: /^\w*Error: .*/m.exec(stderr)?.[0] ?? stderr.slice(0, 200) };
};

export const script = (name: string, ...given: readonly string[]): string | { readonly failed: string } =>
  childOf(process.execPath, [...runtime, path.join(here, name), ...given]);

/** Kept under a name that says how it was made, so that a second run need not make it again. */
export const instanceFile = (spec: InstanceSpec): string => {
  mkdirSync(folder, { recursive: true });
  const hash = createHash("sha256").update(JSON.stringify(spec));
  for (const name of ["generate.ts", "field.ts", "instance.ts"])
    hash.update(readFileSync(path.join(here, name)));
  const file = path.join(folder, `${spec.size}-${spec.kind}-${hash.digest("hex").slice(0, 12)}.bin`);
  if (existsSync(file)) return file;
  const said = script("generate.ts", file, JSON.stringify(spec));
  if (typeof said !== "string") throw new Error(`${spec.size} ${spec.kind}: ${said.failed}`);
  return file;
};

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;

/** The median of several processes; they must all find the same. */
export const measure = (
  spec: InstanceSpec,
  contender: ContenderName,
  lemon: string | undefined,
): Measured | { readonly failed: string } => {
  const file = instanceFile(spec);
  const runs: Measured[] = [];
  for (let run = 0; run < runsOf(spec, contender); run += 1) {
    const said =
      lemon !== undefined && contender.startsWith("lemon-")
        ? childOf(lemon, [file, contender.slice("lemon-".length)])
        : script("contend.ts", contender, file);
    if (typeof said !== "string") return said;
    const measured = JSON.parse(said) as Measured;
    if (contender.startsWith("lemon-") && !measured.optimal) return { failed: "calls it infeasible" };
    runs.push(measured);
  }
  const [first] = runs;
  if (runs.some(({ objective, filled }) => objective !== first!.objective || filled !== first!.filled))
    throw new Error(`${contender} found different answers to the same ${spec.size} ${spec.kind} instance`);
  const figure = (name: "cpu" | "solving" | "memory") => median(runs.map((run) => run[name]));
  return { ...first!, cpu: figure("cpu"), solving: figure("solving"), memory: figure("memory") };
};
