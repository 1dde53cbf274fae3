import { instantOf } from "../core/calendar.ts";

/** What the environment decides. Read once at the start; everything else receives it as an argument. */
export type Config = {
  readonly host: string;
  readonly port: number;
  /** The platform's clock, milliseconds since 1970 UTC. */
  readonly clock: () => number;
  /** The clock was set by hand: every page says so. */
  readonly demo: boolean;
};

/** Reads the environment, or says which variable is wrong and what it should look like. */
export const readConfig = (
  environment: Readonly<Record<string, string | undefined>>,
  started: number,
  elapsed: () => number,
): Config => {
  const port = Number(environment["PORT"] ?? "8080");
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new RangeError("PORT 应为 0 到 65535 的整数 / PORT must be a whole number from 0 to 65535");
  const set = environment["ZHINAN_NOW"];
  const from = set === undefined || set === "" ? null : instantOf(set);
  if (set !== undefined && set !== "" && from === null)
    throw new RangeError(
      "ZHINAN_NOW 应为带时区的时刻 / ZHINAN_NOW must be an instant with its offset: 2024-06-20T16:02:31+08:00",
    );
  const origin = from ?? started;
  return {
    host: environment["HOST"] ?? "127.0.0.1",
    port,
    clock: () => origin + elapsed(),
    demo: from !== null,
  };
};
