import { parentPort, workerData } from "node:worker_threads";
import { assign } from "../core/assignment/assign.ts";
import type { AssignmentNews, AssignmentOrder } from "./assignment.ts";

/** The solver's own thread: see `assignApart`. */

const { problem, objective, seed, stop } = workerData as AssignmentOrder;
const flag = new Int32Array(stop);
const tell = (news: AssignmentNews) => parentPort?.postMessage(news);

const started = performance.now();
const plan = assign(problem, {
  objective,
  seed,
  progress: (report) => {
    tell({ progress: report });
    return Atomics.load(flag, 0) === 0;
  },
});
const seconds = (performance.now() - started) / 1000;

tell({
  answer: {
    objective: plan.objective,
    bound: plan.bound,
    gap: plan.gap,
    feasible: plan.feasible,
    finished: plan.finished,
    wanted: plan.wanted,
    filled: plan.filled,
    start: plan.panels.start,
    expert: plan.panels.expert,
    unfilled: plan.unfilled,
    short: plan.short,
    weakest: plan.weakest,
    fairnessCost: plan.withoutFairness?.cost ?? null,
    seconds,
  },
});
