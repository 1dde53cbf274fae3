import { instantOf } from "../core/calendar.ts";
import { type MailSettings, readMailSettings, readSite } from "./mail-settings.ts";

/** What the environment decides about serving. Read once at the start; everything else receives it as an argument. */
export type Config = {
  readonly host: string;
  readonly port: number;
  /** A demonstration: invented people, a clock that may be set. */
  readonly demo: boolean;
  /** Where a demonstration's clock is set when its data is made, milliseconds since 1970 UTC; null when nothing was said. */
  readonly now: number | null;
  /** The mail server; null: what would be sent goes to the log. */
  readonly mail: MailSettings | null;
  /** The platform's public address, without a slash at its end. */
  readonly site: string;
};

/** Reads the environment, or says which variable is wrong and what it should look like. */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const port = Number(environment["PORT"] ?? "8080");
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new RangeError("PORT 应为 0 到 65535 的整数 / PORT must be a whole number from 0 to 65535");
  const mode = environment["ZHINAN_MODE"] ?? "";
  if (!["", "demonstration", "production"].includes(mode))
    throw new RangeError(
      "ZHINAN_MODE 应为 demonstration 或 production / ZHINAN_MODE must be demonstration or production",
    );
  const demo = mode !== "production";
  const set = environment["ZHINAN_NOW"] ?? "";
  const now = set === "" ? null : instantOf(set);
  if (set !== "" && now === null)
    throw new RangeError(
      "ZHINAN_NOW 应为带时区的时刻 / ZHINAN_NOW must be an instant with its offset: 2024-06-20T16:02:31+08:00",
    );
  if (now !== null && !demo)
    throw new RangeError(
      "ZHINAN_NOW 只能用于演示 / ZHINAN_NOW is for demonstrations only: the clock of a real platform is never set",
    );
  const host = environment["HOST"] ?? "127.0.0.1";
  return {
    host,
    port,
    demo,
    now,
    mail: readMailSettings(environment),
    site: readSite(environment) ?? `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
  };
};
