import { z } from "zod";
import { predicates } from "./predicates/table.ts";
import { severities, stages } from "./stage.ts";
import { bilingual } from "./words.ts";

/** A predicate by its name, or several joined. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly predicate: string; readonly with: unknown };

const named = z
  .strictObject({ predicate: z.string(), with: z.unknown().default({}) })
  .superRefine((condition, context) => {
    const predicate = predicates[condition.predicate];
    if (predicate === undefined) {
      context.addIssue({
        code: "custom",
        message: `no predicate is called ${condition.predicate}`,
        path: ["predicate"],
      });
      return;
    }
    const result = predicate.schema.safeParse(condition.with);
    for (const issue of result.error?.issues ?? [])
      context.addIssue({ code: "custom", message: issue.message, path: ["with", ...issue.path] });
  });

const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(condition).min(1) }),
    z.strictObject({ any: z.array(condition).min(1) }),
    z.strictObject({ not: condition }),
    named,
  ]),
);

export const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,60}$/),
  /** The clauses that the rule enforces; a finding cites the first unless the predicate names another of them. */
  clauses: z.array(z.string()).min(1),
  /** Severity from a stage on; null: silent from that stage on. */
  at: z.partialRecord(z.enum(stages), z.enum(severities).nullable()),
  /** The guide says 一般 or 原则上: a recorded, clause-bound decision may lift it. */
  overridable: z.boolean().default(false),
  /** Where in the application the finding belongs, unless the predicate says more exactly. */
  path: z.string(),
  when: condition.optional(),
  require: condition,
  words: z.strictObject({
    /** What holds when the rule is met: stands in the margin of the guide and among what was met. */
    summary: bilingual,
    title: bilingual,
    message: bilingual,
    advice: bilingual,
  }),
  /** Facts worth a line of their own, in this order. */
  facts: z
    .array(z.strictObject({ name: z.string(), label: bilingual, over: z.boolean().default(false) }))
    .default([]),
});

export type Rule = z.infer<typeof ruleSchema>;
