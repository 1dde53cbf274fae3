import { z } from "zod";
import { ruleSchema } from "./rule.ts";
import { bilingual } from "./words.ts";

/** The shape of a policy pack: one guide as data. Keys that are not named here are refused. */

const code = z.string().regex(/^[A-Z0-9][A-Z0-9_-]{0,39}$/);
const clause = z.string().min(1).max(40);
const node = z.string().min(1).max(200);

const means = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("attestation"), by: bilingual, name: bilingual }),
  z.strictObject({ kind: z.literal("step"), actor: bilingual, name: bilingual }),
  z.strictObject({ kind: z.literal("information"), name: bilingual }),
]);

export const clauseSchema = z.strictObject({
  id: clause,
  node,
  summary: bilingual,
  /** How the clause is carried out beside the rules that cite it. */
  means: z.array(means),
  /** How an open word of the clause is read, where it had to be decided. */
  reading: bilingual.optional(),
});

const criterion = z.strictObject({ id: z.string(), title: bilingual, weight: z.int().positive() });
export const reviewSchema = z.strictObject({
  note: bilingual,
  criteria: z
    .array(z.strictObject({ categories: z.array(code).min(1), items: z.array(criterion).min(1) }))
    .min(1),
  quorum: z.strictObject({ assignments: z.int().positive(), validOpinions: z.int().positive() }),
  workload: z.strictObject({ maximum: z.int().positive() }),
  recusal: z.array(
    z.strictObject({
      id: z.string(),
      strength: z.enum(["hard", "soft"]),
      years: z.int().nonnegative(),
      title: bilingual,
      source: z.string(),
    }),
  ),
  similarity: z.strictObject({ listFrom: z.number().min(0).max(1), warnFrom: z.number().min(0).max(1) }),
});

const question = z.strictObject({
  id: z.string(),
  title: bilingual,
  kind: z.enum([
    "text",
    "narrative",
    "choice",
    "date",
    "money",
    "people",
    "partners",
    "budget",
    "indicators",
    "files",
    "declaration",
  ]),
  path: z.string(),
  maximum: z.int().positive().optional(),
  clause: clause.optional(),
});
export const formSchema = z.strictObject({
  categories: z.array(code).min(1),
  sections: z
    .array(z.strictObject({ id: z.string(), title: bilingual, questions: z.array(question).min(1) }))
    .min(1),
});

export const synonymsSchema = z.record(code, z.array(z.string().min(1)));
export const rulesSchema = z.array(ruleSchema).min(1);
export const clausesSchema = z.array(clauseSchema).min(1);

export type Clause = z.infer<typeof clauseSchema>;
export type Review = z.infer<typeof reviewSchema>;
export type Form = z.infer<typeof formSchema>;
