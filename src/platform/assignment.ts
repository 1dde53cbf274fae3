import { Worker } from "node:worker_threads";
import { buildProblem, type AssignmentInput } from "../core/assignment/build.ts";
import type { Progress } from "../core/assignment/auction/solve.ts";
import type { Problem } from "../core/assignment/problem.ts";
import type { Unfilled } from "../core/assignment/unfilled.ts";

/** What goes to the worker and comes back: typed arrays change hands, nothing is copied. */
export type AssignmentOrder = {
  readonly problem: Problem;
  readonly objective: "total" | "fair";
  readonly seed: number;
  /** One place; anything but 0 asks the solver to stop with what it has. */
  readonly stop: SharedArrayBuffer;
};

export type AssignmentAnswer = {
  readonly objective: number;
  readonly bound: number;
  readonly gap: number;
  readonly feasible: boolean;
  readonly finished: boolean;
  readonly wanted: number;
  readonly filled: number;
  readonly start: Uint32Array;
  readonly expert: Uint32Array;
  readonly unfilled: readonly Unfilled[];
  readonly short: readonly { readonly expert: number; readonly missing: number }[];
  readonly weakest: number;
  readonly fairnessCost: number | null;
  /** Solving, without reading. */
  readonly seconds: number;
};

export type AssignmentNews = { readonly progress: Progress } | { readonly answer: AssignmentAnswer };

/** Solves in a worker thread, so that no request waits; an aborted signal ends it with the best plan so far and its bound. */
export const assignApart = (
  input: AssignmentInput,
  options: { readonly signal?: AbortSignal; readonly progress?: (report: Progress) => void } = {},
): Promise<AssignmentAnswer> => {
  const problem = buildProblem(input);
  const stop = new SharedArrayBuffer(4);
  options.signal?.addEventListener("abort", () => Atomics.store(new Int32Array(stop), 0, 1));
  const order: AssignmentOrder = {
    problem,
    objective: input.objective ?? "total",
    seed: input.seed ?? 0,
    stop,
  };
  const arrays = Object.values(problem).filter((part) => ArrayBuffer.isView(part));
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("assignment-worker.ts", import.meta.url), {
      workerData: order,
      transferList: [...new Set(arrays.map((part) => part.buffer as ArrayBuffer))],
    });
    worker.on("message", (news: AssignmentNews) => {
      if ("progress" in news) options.progress?.(news.progress);
      else resolve(news.answer);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`the solver ended with ${code} and no answer`)));
  });
};
