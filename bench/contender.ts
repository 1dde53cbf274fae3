import type { CheckRequest } from "../src/core/policy/application.ts";

/** One way to judge applications; all contenders get the same parsed requests. */
export type Contender = {
  readonly name: string;
  /** Judges a few thousand in the time in which others judge all: its turns take a part of the applications. */
  readonly slow?: boolean;
  /** The rules that an application fails, in any order. */
  readonly failed: (request: CheckRequest) => readonly string[] | Promise<readonly string[]>;
  /** Judges all of them, one after the other; gives how many rules failed, so that nothing is optimised away. */
  readonly pass: (requests: readonly CheckRequest[]) => number | Promise<number>;
};

export const synchronous = (
  name: string,
  failed: (request: CheckRequest) => readonly string[],
): Contender => ({
  name,
  failed,
  pass: (requests) => {
    let sum = 0;
    for (const request of requests) sum += failed(request).length;
    return sum;
  },
});

export const asynchronous = (
  name: string,
  failed: (request: CheckRequest) => Promise<readonly string[]>,
): Contender => ({
  name,
  slow: true,
  failed,
  pass: async (requests) => {
    let sum = 0;
    for (const request of requests) sum += (await failed(request)).length;
    return sum;
  },
});

/** As many as `width` judgements under way at once: for an engine that works outside the thread of JavaScript. */
export const abreast = ({ name, failed }: Contender, width: number): Contender => ({
  name: `${name}, ${width} at once`,
  slow: true,
  failed,
  pass: async (requests) => {
    let sum = 0;
    for (let from = 0; from < requests.length; from += width) {
      const answers = await Promise.all(requests.slice(from, from + width).map(async (one) => failed(one)));
      for (const one of answers) sum += one.length;
    }
    return sum;
  },
});
