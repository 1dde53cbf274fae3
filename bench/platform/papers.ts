import { Agent, request } from "node:http";
import { quantile } from "./arrivals.ts";
import type { Owned } from "./world.ts";

/** Who has submitted is led to the page of the application, and there asks for papers: seven requests with the own session, all at once. */

export type PapersMeasured = {
  readonly asked: number;
  /** Answered with 200 and a whole paper. */
  readonly given: number;
  /** Answered with 503 and when to come again. */
  readonly busy: number;
  /** Receipts that the ledger had not numbered yet: sent on to the page that waits for it. */
  readonly sentOn: number;
  readonly errors: number;
  readonly faults: readonly string[];
  /** Milliseconds until the last byte of what was given. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Open at once: requests, and different papers among them (those of one paper wait for the same sheet). */
  readonly open: { readonly requests: number; readonly papers: number };
  readonly megabytes: number;
};

/** Of the last two, each is asked for every other time. */
const wantedOf = (turn: number): readonly string[] => [
  "application-form.pdf",
  "budget-explanation.pdf",
  "investigator-commitment.pdf",
  "organization-commitment.pdf",
  "application-form.pdf",
  turn % 2 === 0 ? "application-form" : "receipt.pdf",
  "application-form.pdf",
];

type Answer = {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly head: string;
  readonly bytes: number;
};

/** Connections of their own, as browsers have them: a paper that waits takes none from a submission. */
const getter = (url: string) => {
  const { hostname: host, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  return (path: string, cookie: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      request({ agent, host, port, path, headers: { cookie: `zn-session=${cookie}` } }, (answer) => {
        let [head, bytes] = ["", 0];
        answer
          .on("data", (part: Buffer) => {
            if (head === "") head = part.subarray(0, 9).toString("latin1");
            bytes += part.length;
          })
          .on("error", reject)
          .on("end", () =>
            resolve({
              status: answer.statusCode ?? 0,
              retryAfter: answer.headers["retry-after"],
              head,
              bytes,
            }),
          );
      })
        .on("error", reject)
        .end();
    });
};

export const papersAfter = (url: string) => {
  const get = getter(url);
  const running = new Set<Promise<void>>();
  /** How many wait for each paper. */
  const waiting = new Map<string, number>();
  const latencies: number[] = [];
  const faults = new Set<string>();
  const open = { requests: 0, papers: 0 };
  let [asked, busy, sentOn, errors, bytes, turn] = [0, 0, 0, 0, 0, 0];

  const count = (name: string, { status, retryAfter, head, bytes: size }: Answer, took: number) => {
    const whole = name.endsWith(".pdf") ? head.startsWith("%PDF-1.7") : head === "<!doctype";
    if (status === 200 && whole) {
      latencies.push(took);
      bytes += size;
    } else if (status === 503 && Number(retryAfter) > 0) busy += 1;
    else if (status === 303 && name === "receipt.pdf") sentOn += 1;
    else throw new Error(`${name} ${status} ${head}`);
  };

  const one = async ({ application, cookie }: Pick<Owned, "application" | "cookie">, name: string) => {
    const path = `/applications/${application}/papers/${name}`;
    asked += 1;
    waiting.set(path, (waiting.get(path) ?? 0) + 1);
    open.papers = Math.max(open.papers, waiting.size);
    const from = performance.now();
    try {
      count(name, await get(path, cookie), performance.now() - from);
    } catch (error) {
      errors += 1;
      if (faults.size < 5) faults.add(String(error).slice(0, 300));
    } finally {
      const left = (waiting.get(path) ?? 1) - 1;
      if (left === 0) waiting.delete(path);
      else waiting.set(path, left);
    }
  };

  const track = (asking: Promise<void>) => {
    const done = asking.finally(() => running.delete(done));
    running.add(done);
  };

  const afterPage = async ({ application, cookie }: Owned, names: readonly string[]) => {
    const { status } = await get(`/applications/${application}`, cookie);
    if (status !== 200) throw new Error(`the page of the application: ${status}`);
    for (const name of names) track(one({ application, cookie }, name));
    open.requests = Math.max(open.requests, running.size);
  };

  return {
    ask: (owned: Owned): void => {
      const names = wantedOf((turn += 1));
      track(
        afterPage(owned, names).catch((error: unknown) => {
          // None of them could be asked for.
          asked += names.length;
          errors += names.length;
          faults.add(String(error).slice(0, 300));
        }),
      );
    },
    /** Waits for every answer. */
    end: async (): Promise<PapersMeasured> => {
      // A page on its way brings requests of its own.
      while (running.size > 0) await Promise.all(running);
      const sorted = latencies.toSorted((a, b) => a - b);
      return {
        asked,
        given: sorted.length,
        busy,
        sentOn,
        errors,
        faults: [...faults],
        p50: quantile(sorted, 0.5),
        p99: quantile(sorted, 0.99),
        max: quantile(sorted, 1),
        open,
        megabytes: Math.round(bytes / 1e6),
      };
    },
  };
};
