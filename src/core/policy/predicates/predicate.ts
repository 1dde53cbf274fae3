import type { z } from "zod";
import type { Situation } from "../situation.ts";
import type { Facts } from "../words.ts";

/** One place where a predicate does not hold. */
export type Fault = {
  /** More exact than the rule's own path. */
  readonly path?: string;
  /** The clause that this fault offends, where the programme names it. */
  readonly clause?: string;
  readonly facts?: Facts;
};

/** No fault: it holds. Null: it cannot be judged, because what it needs is not there (yet). */
export type Outcome = readonly Fault[] | null;

export type Predicate = {
  readonly schema: z.ZodType;
  /** Names of the facts that it gives, for the words of a rule. */
  readonly facts: readonly string[];
  readonly make: (settings: never) => (situation: Situation) => Outcome;
};

/** Declares a predicate: settings are checked when the pack is read, so that judging needs no checks. */
export const predicate = <S extends z.ZodType>(
  schema: S,
  facts: readonly string[],
  make: (settings: z.infer<S>) => (situation: Situation) => Outcome,
): Predicate => ({ schema, facts, make });

export const holds: Outcome = [];
export const unknown: Outcome = null;

/** While an application is a draft, what is not there yet says nothing; from then on it is not there. */
export const isDraft = (situation: Situation): boolean => situation.stage === "draft";
