import { certify } from "../../src/core/assignment/certificate.ts";
import { problemFrom } from "../../src/core/assignment/problem.ts";
import { contenders } from "./contenders.ts";
import { readInstance } from "./instance.ts";
import { peakMemory, startMemory } from "./memory.ts";

/** One contender, one instance, one process: CPU of all its threads, from the arrays to the answer, code still cold. */

const cpuSeconds = (since?: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

const [name, file] = process.argv.slice(2) as [keyof typeof contenders, string];
const solve = await contenders[name]();
const instance = readInstance(file);
const before = startMemory();
const start = process.cpuUsage();
const problem = problemFrom(instance);
const preparing = cpuSeconds(start);
const { panels, prices } = solve(problem);
const cpu = cpuSeconds(start);
const memory = (peakMemory() - before) / 1e6;

// Judged by the certificate whatever the contender says of itself.
const nothing = { expert: new Float64Array(problem.expertCount), reward: 0 };
const { feasible, objective, filled, short, bound } = certify(problem, panels, prices ?? nothing);
const proven = prices === undefined ? null : bound;
const result = { optimal: proven === objective, feasible, objective, filled, short, bound: proven };
console.log(JSON.stringify({ ...result, cpu, solving: cpu - preparing, memory }));
