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
  /** Ends every process; orders that wait or run are refused with `Ended`. */
  readonly close: () => Promise<void>;
};
export type Lane = "person" | "bulk";

export type ApartOptions = {
  readonly processes: number;
  /** Orders after which a process is replaced; it is replaced earlier where it has come to half of `memory`. */
  readonly recycleAfter: number;
  /**
   * Milliseconds for one order: of processor time where the system tells it (Linux), for on a busy machine these processes wait behind
   * all others; and five times as many by the clock.
   */
  readonly timeout: number;
  /** Resident bytes of one process; watched where the system tells them (Linux). */
  readonly memory: number;
  /** Orders that may wait. */
  readonly waiting: number;
  /** The child's environment beside PATH: it inherits nothing, for secrets stand in ours. */
  readonly environment?: Readonly<Record<string, string>>;
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
  readonly gone: Promise<void>;
  done: number;
  busy: Waiting<Order, Answer> | null;
  timer: NodeJS.Timeout | null;
  /** Processor time that was used before the order it is at. */
  used: number;
  endedBy: EndedBy;
};
export type Told<Answer> = { readonly answer: Answer } | { readonly failed: string };

/** Idle processes end after this many milliseconds. */
const idleAfter = 60_000;
/** A process that was let go has this many milliseconds to leave by itself. */
const leaveWithin = 5_000;
const watchEvery = 200;
/** Below the server's own priority: a document never takes a processor from a submission. */
const nice = 10;

const residentBytes = (pid: number | undefined): number => {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4_096;
  } catch {
    return 0;
  }
};

/** Milliseconds of processor time that a process has used, to 10 ms: proc(5), behind the name, which may hold spaces. */
const usedBy = (pid: number | undefined): number => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
};

// Windows starts nothing without its own folder's name.
const inherited = () =>
  Object.fromEntries(
    ["PATH", "SystemRoot"].flatMap((name) =>
      process.env[name] === undefined ? [] : [[name, process.env[name]]],
    ),
  );

/** `module` calls `serveApart`. Nothing is started before the first order, and a process without an order keeps nobody from exiting. */
export const openApart = <Order, Answer>(
  module: URL,
  { processes, recycleAfter, timeout, memory, waiting: most, environment }: ApartOptions,
): Apart<Order, Answer> => {
  const lanes: Record<Lane, Waiting<Order, Answer>[]> = { person: [], bulk: [] };
  /** Those that take orders, and all that live. */
  const pool = new Set<Running<Order, Answer>>();
  const alive = new Set<Running<Order, Answer>>();
  let closed = false;

  const setTimer = (one: Running<Order, Answer>, timer: NodeJS.Timeout | null) => {
    if (one.timer !== null) clearTimeout(one.timer);
    one.timer = timer;
  };

  const end = (one: Running<Order, Answer>, by: EndedBy) => {
    pool.delete(one);
    one.endedBy = by;
    // Its end is waited for.
    one.child.ref();
    one.child.kill("SIGKILL");
  };

  const retire = (one: Running<Order, Answer>) => {
    pool.delete(one);
    setTimer(one, setTimeout(() => end(one, "time"), leaveWithin).unref());
    if (one.child.connected) one.child.disconnect();
  };

  const settle = (one: Running<Order, Answer>): Waiting<Order, Answer> | null => {
    const { busy } = one;
    one.busy = null;
    one.child.unref();
    one.child.channel?.unref();
    return busy;
  };

  const start = (): Running<Order, Answer> => {
    const child = fork(fileURLToPath(module), [], {
      serialization: "advanced",
      execArgv: [`--max-old-space-size=${Math.ceil(memory / 1_048_576)}`],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: { ...inherited(), ...environment },
    });
    const { promise: gone, resolve: leave } = Promise.withResolvers<void>();
    const one: Running<Order, Answer> = {
      child,
      gone,
      done: 0,
      busy: null,
      timer: null,
      used: 0,
      endedBy: "death",
    };
    try {
      if (child.pid !== undefined) setPriority(child.pid, nice);
    } catch {
      // Where priorities may not be changed, the queue alone protects the server.
    }
    const watch = setInterval(() => {
      if (one.busy === null) return;
      if (residentBytes(child.pid) > memory) end(one, "memory");
      else if (usedBy(child.pid) - one.used > timeout) end(one, "time");
    }, watchEvery).unref();
    const buried = () => {
      clearInterval(watch);
      setTimer(one, null);
      pool.delete(one);
      alive.delete(one);
      settle(one)?.reject(new Ended(one.endedBy));
      next();
      leave();
    };
    child.on("message", (told: Told<Answer>) => {
      const busy = settle(one);
      if (busy === null) return;
      one.done += 1;
      if ("answer" in told) busy.resolve(told.answer);
      else busy.reject(new Failed(told.failed));
      if (one.done >= recycleAfter || residentBytes(child.pid) > memory / 2) retire(one);
      else setTimer(one, setTimeout(() => retire(one), idleAfter).unref());
      next();
    });
    child.once("exit", buried);
    // One that could not be started does not exit either.
    child.on("error", () => (child.pid === undefined ? buried() : end(one, "death")));
    pool.add(one);
    alive.add(one);
    return one;
  };

  const give = (one: Running<Order, Answer>, busy: Waiting<Order, Answer>) => {
    one.busy = busy;
    one.child.ref();
    one.child.channel?.ref();
    setTimer(
      one,
      setTimeout(() => end(one, "time"), timeout),
    );
    try {
      one.child.send(busy.order as object, (error) => {
        if (error !== null && one.busy === busy) end(one, "death");
      });
    } catch (error) {
      // The order itself cannot cross the border; the process has seen nothing of it.
      settle(one);
      retire(one);
      busy.reject(error instanceof Error ? error : new Failed(String(error)));
    }
  };

  const next = () => {
    if (closed) return;
    const waiting = lanes.person[0] === undefined ? lanes.bulk : lanes.person;
    if (waiting[0] === undefined) return;
    const free =
      [...pool].find((one) => one.busy === null && one.child.connected) ??
      (pool.size < processes ? start() : undefined);
    if (free === undefined) return;
    give(free, waiting.shift()!);
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
      const living = [...alive];
      for (const one of living) end(one, "death");
      await Promise.all(living.map(({ gone }) => gone));
    },
  };
};
