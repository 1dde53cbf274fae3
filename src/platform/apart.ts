import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { Busy } from "./errors.ts";

/**
 * Work done in processes of its own: it may not return its memory (documents), or its input may be hostile (uploads). A process that
 * takes too long or too much memory is ended, and only the order it was at is lost.
 */
export type Apart<Order, Answer> = {
  /** `person`: somebody waits at the screen; it goes before `bulk`. Throws `Busy` where too many wait, `Ended`, and what the work threw. */
  readonly ask: (order: Order, lane?: Lane) => Promise<Answer>;
  readonly close: () => Promise<void>;
};
export type Lane = "person" | "bulk";

export type ApartOptions = {
  readonly processes: number;
  /** Orders after which a process is replaced. */
  readonly recycleAfter: number;
  /** Milliseconds for one order. */
  readonly timeout: number;
  /** Resident bytes of one process; watched where the system tells them (Linux). */
  readonly memory: number;
  /** Orders that may wait. */
  readonly waiting: number;
};

export type EndedBy = "time" | "memory" | "death";

/** The process was ended, or ended itself, before it answered. */
export class Ended extends Error {
  readonly by: EndedBy;
  constructor(by: EndedBy) {
    super(`the work was ended by ${by}`);
    this.name = "Ended";
    this.by = by;
  }
}

/** What the work itself threw, as text that crossed the border. */
export class Failed extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Failed";
  }
}

type Waiting<Order, Answer> = {
  readonly order: Order;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
};
type Running<Order, Answer> = {
  readonly child: ChildProcess;
  done: number;
  busy: Waiting<Order, Answer> | null;
  timer: NodeJS.Timeout | null;
  endedBy: EndedBy;
};
export type Told<Answer> = { readonly answer: Answer } | { readonly failed: string };

/** Idle processes end after this many milliseconds. */
const idleAfter = 60_000;
const watchEvery = 200;
/** Below the server's own priority: a document never takes a processor from a submission. */
const nice = 10;

const residentBytes = (pid: number): number => {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4_096;
  } catch {
    return 0;
  }
};

/** `module` calls `serveApart`. Nothing is started before the first order. */
export const openApart = <Order, Answer>(
  module: URL,
  { processes, recycleAfter, timeout, memory, waiting: most }: ApartOptions,
): Apart<Order, Answer> => {
  const lanes: Record<Lane, Waiting<Order, Answer>[]> = { person: [], bulk: [] };
  const pool = new Set<Running<Order, Answer>>();
  const gone = new Set<Promise<void>>();
  let closed = false;

  const end = (one: Running<Order, Answer>, by: EndedBy) => {
    one.endedBy = by;
    one.child.kill("SIGKILL");
  };

  const start = (): Running<Order, Answer> => {
    const child = fork(fileURLToPath(module), [], {
      serialization: "advanced",
      execArgv: [`--max-old-space-size=${Math.ceil(memory / 1_048_576)}`],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: { PATH: process.env["PATH"] ?? "" },
    });
    const one: Running<Order, Answer> = { child, done: 0, busy: null, timer: null, endedBy: "death" };
    try {
      if (child.pid !== undefined) setPriority(child.pid, nice);
    } catch {
      // Where priorities may not be changed, the queue alone protects the server.
    }
    const watch = setInterval(() => {
      if (one.busy !== null && child.pid !== undefined && residentBytes(child.pid) > memory)
        end(one, "memory");
    }, watchEvery);
    watch.unref();
    child.on("message", (told: Told<Answer>) => {
      const { busy } = one;
      if (busy === null) return;
      one.busy = null;
      one.done += 1;
      if (one.timer !== null) clearTimeout(one.timer);
      if ("answer" in told) busy.resolve(told.answer);
      else busy.reject(new Failed(told.failed));
      if (one.done >= recycleAfter || closed) retire(one);
      else one.timer = setTimeout(() => retire(one), idleAfter).unref();
      next();
    });
    gone.add(
      new Promise((resolve) =>
        child.once("exit", () => {
          clearInterval(watch);
          if (one.timer !== null) clearTimeout(one.timer);
          pool.delete(one);
          one.busy?.reject(new Ended(one.endedBy));
          one.busy = null;
          next();
          resolve();
        }),
      ),
    );
    child.on("error", () => end(one, "death"));
    pool.add(one);
    return one;
  };

  const retire = (one: Running<Order, Answer>) => {
    pool.delete(one);
    if (one.child.connected) one.child.disconnect();
    else one.child.kill("SIGKILL");
  };

  const next = () => {
    if (closed) return;
    const waiting = lanes.person[0] === undefined ? lanes.bulk : lanes.person;
    if (waiting[0] === undefined) return;
    const free =
      [...pool].find((one) => one.busy === null && one.child.connected) ??
      (pool.size < processes ? start() : undefined);
    if (free === undefined) return;
    const busy = waiting.shift()!;
    free.busy = busy;
    if (free.timer !== null) clearTimeout(free.timer);
    free.timer = setTimeout(() => end(free, "time"), timeout);
    free.child.send(busy.order as object, (error) => {
      if (error !== null && free.busy === busy) end(free, "death");
    });
    next();
  };

  return {
    ask: (order, lane = "person") =>
      new Promise((resolve, reject) => {
        if (closed || lanes.person.length + lanes.bulk.length >= most) {
          reject(new Busy());
          return;
        }
        lanes[lane].push({ order, resolve, reject });
        next();
      }),
    close: async () => {
      closed = true;
      for (const lane of Object.values(lanes))
        for (const one of lane.splice(0)) one.reject(new Ended("death"));
      for (const one of pool) end(one, "death");
      await Promise.all(gone);
    },
  };
};
