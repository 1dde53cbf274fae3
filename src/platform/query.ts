import type { z } from "zod";
import type { Actor } from "../core/permission/permission.ts";
import type { Bilingual } from "../core/policy/words.ts";
import { Invalid } from "./errors.ts";
import { faultsOf } from "./json.ts";
import type { Platform } from "./platform.ts";

/** A read, declared like an action: its address, who may ask (inside `run`: visibility decides what is found at all), its words. */
export type Query<Input = unknown, Result = unknown> = {
  readonly name: string;
  readonly title: Bilingual;
  /** zod, strict. Over HTTP every value arrives as text: numbers are coerced, lists are repeated names. */
  readonly input: z.ZodType<Input>;
  readonly run: (platform: Platform, actor: Actor, input: Input) => Promise<Result>;
};

export const defineQuery = <Input, Result>(query: Query<Input, Result>): Query<Input, Result> => query;

/** Throws Invalid for a malformed question; Missing and Denied come from the query itself. */
export const ask = async <Input, Result>(
  platform: Platform,
  query: Query<Input, Result>,
  actor: Actor,
  raw: unknown,
): Promise<Result> => {
  const parsed = query.input.safeParse(raw);
  if (!parsed.success) throw new Invalid(faultsOf(parsed.error));
  return query.run(platform, actor, parsed.data);
};
