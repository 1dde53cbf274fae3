import type { ColumnType } from "kysely";
import { types, type CustomTypesConfig } from "pg";

/**
 * How values of the database look here; the one place that decides it.
 *
 * | PostgreSQL  | read as                                                     | written as                   |
 * |-------------|-------------------------------------------------------------|------------------------------|
 * | int8        | number; RangeError beyond 2^53, never rounded               | number                       |
 * | numeric     | string, exact                                               | number or string             |
 * | date        | "YYYY-MM-DD", a civil date                                  | the same                     |
 * | timestamptz | whole milliseconds since 1970 UTC, microseconds cut off     | `instantText(milliseconds)`  |
 * | interval, time, timestamp | string as PostgreSQL writes it                | string                       |
 * | bytea       | Buffer                                                      | Uint8Array                   |
 * | json, jsonb | parsed                                                      | an object, or `jsonText(value)`: a bare array would become a PostgreSQL array |
 *
 * Deadlines are compared in SQL, where microseconds still exist.
 */
export type Instant = ColumnType<number, string, string>;
export type Numeric = ColumnType<string, number | string, number | string>;
type JsonInput = string | { readonly [key: string]: unknown };
export type Json = ColumnType<unknown, JsonInput, JsonInput>;
export type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;
/** A column that the database computes. */
export type Derived<Value> =
  Value extends ColumnType<infer Read, infer _Inserted, infer _Updated>
    ? ColumnType<Read, never, never>
    : ColumnType<Value, never, never>;
/** A column that has a default: an insert may leave it out. */
export type Defaulted<Value> =
  Value extends ColumnType<infer Read, infer Inserted, infer Updated>
    ? ColumnType<Read, Inserted | undefined, Updated>
    : ColumnType<Value, Value | undefined, Value>;

/** Milliseconds since 1970 UTC, as a timestamptz is written. */
export const instantText = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** A value as a json column is written. */
export const jsonText = (value: unknown): string => JSON.stringify(value);

/** A whole number that JavaScript holds exactly; RangeError otherwise. */
export const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number`);
  return value;
};

const written =
  /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-]\d\d)(?::(\d\d))?(?::(\d\d))?$/;

/** A timestamptz as PostgreSQL writes it (DateStyle ISO, any zone) -> milliseconds since 1970 UTC. */
export const instantFrom = (text: string): number => {
  if (text === "infinity") return Infinity;
  if (text === "-infinity") return -Infinity;
  const parts = written.exec(text);
  if (!parts) throw new RangeError(`${text} is no instant of this era`);
  const [, year, month, day, hour, minute, second, fraction = "", zone = "", zoneMinute, zoneSecond] = parts;
  const sign = zone.startsWith("-") ? -1 : 1;
  const offset =
    sign * (Math.abs(Number(zone)) * 3600 + Number(zoneMinute ?? 0) * 60 + Number(zoneSecond ?? 0));
  const civil = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return civil - offset * 1000 + Number(fraction.padEnd(3, "0").slice(0, 3));
};

const known = types.getTypeParser as (type: number, format?: "text" | "binary") => (text: string) => unknown;
const textArray = known(1009) as (text: string) => readonly (string | null)[];
const each = (parse: (text: string) => unknown) => (text: string) =>
  textArray(text).map((one) => (one === null ? null : parse(one)));
const asText = (text: string): string => text;

/** Parsers by type and by the type of its array; all others as `pg` has them. */
const parsers = new Map<number, (text: string) => unknown>(
  (
    [
      [20, 1016, wholeNumber],
      [1700, 1231, asText],
      [1082, 1182, asText],
      [1083, 1183, asText],
      [1114, 1115, asText],
      [1184, 1185, instantFrom],
      [1186, 1187, asText],
    ] as const
  ).flatMap(([type, array, parse]) => [
    [type, parse],
    [array, each(parse)],
  ]),
);

/** For the `types` setting of `pg`; global parsers stay untouched. */
export const valueTypes: CustomTypesConfig = {
  getTypeParser: ((type: number, format?: "text" | "binary") =>
    (format === "binary" ? undefined : parsers.get(type)) ??
    known(type, format ?? "text")) as typeof types.getTypeParser,
};
