import { z } from "zod";
import { applicationSchema, registrySchema } from "./application.ts";
import { stages } from "./stage.ts";
import { bilingual } from "./words.ts";

/** “我能申报吗”: the questions that a pack asks before anybody signs in, and where their answers go. */

const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const value = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);
const clause = z.string().min(1).max(40);
const when = z.record(id, z.array(value).min(1));

/** A place in the request to be judged: `application.requestedGrant`, `registry.organizations.0.type`; `+` adds to a list. */
const path = z
  .string()
  .regex(/^(?:application|registry)(?:\.(?!constructor|prototype)(?:[a-zA-Z]+|\d|\+))+$/);
/** A value as JSON; a pair of words becomes the one of the reader's language. */
const set = z.record(path, z.json());

export const kinds = [
  "category",
  "field",
  "direction",
  "choice",
  "choices",
  "money",
  "date",
  "percent",
  "text",
] as const;

const option = z.strictObject({
  value,
  title: bilingual,
  hint: bilingual.optional(),
  /** Heading over this option and those after it. */
  group: bilingual.optional(),
  /** Cannot be chosen beside others. */
  exclusive: z.boolean().default(false),
  /** Without it the value itself goes to the question's path. */
  set: set.optional(),
});

const question = z.strictObject({
  id,
  kind: z.enum(kinds),
  /** Short name in summaries and in links that lead back. */
  label: bilingual,
  title: bilingual,
  hint: bilingual.optional(),
  /** What to do when it was left empty. */
  missing: bilingual,
  /** Other words where earlier answers call for them; the first that applies. */
  variants: z
    .array(
      z.strictObject({
        when,
        label: bilingual.optional(),
        title: bilingual,
        hint: bilingual.optional(),
        missing: bilingual.optional(),
      }),
    )
    .default([]),
  clause: clause.optional(),
  path: path.optional(),
  options: z.array(option).default([]),
  display: z.enum(["list", "select"]).default("list"),
  /** Asked only after one of these answers to each of these questions. */
  when: when.optional(),
  /** Asked only where this holds: see `conditions` of the walk. */
  only: z.enum(["period-extended"]).optional(),
  optional: z.boolean().default(false),
  /** Rules that this answer settles; no other rule is reported. */
  rules: z.array(z.string()),
});

export const selfCheckSchema = z
  .strictObject({
    minutes: z.int().positive(),
    stage: z.enum(stages),
    /** Rules about the present moment: judged at the true time, whatever was answered. */
    clock: z.array(z.string()).default([]),
    /** Met rules that say nothing to somebody who only wants to know whether to apply. */
    quiet: z.array(z.string()).default([]),
    /** A request to which nothing objects; the answers are set into it. */
    base: z.strictObject({ application: applicationSchema, registry: registrySchema }),
    questions: z.array(question).min(1),
  })
  .superRefine(({ questions }, context) => {
    const seen = new Map<string, SelfCheckQuestion>();
    for (const [index, one] of questions.entries()) {
      const complain = (message: string) =>
        context.addIssue({ code: "custom", message, path: ["questions", index] });
      if (seen.has(one.id)) complain(`two questions are called ${one.id}`);
      if ((one.kind === "choice" || one.kind === "choices") !== one.options.length > 0)
        complain("options belong to choices, and choices need them");
      const toPath = one.options.length === 0 || one.options.some((option) => option.set === undefined);
      if (toPath && one.path === undefined && !["category", "field", "direction"].includes(one.kind))
        complain("the answer has no place to go");
      for (const [earlier, values] of [
        one.when ?? {},
        ...one.variants.map((variant) => variant.when),
      ].flatMap(Object.entries<string[]>)) {
        const asked = seen.get(earlier);
        if (asked === undefined) complain(`${earlier} is not asked before`);
        else if (asked.options.length > 0)
          for (const value of values)
            if (!asked.options.some((option) => option.value === value))
              complain(`${earlier} has no answer ${value}`);
      }
      seen.set(one.id, one);
    }
  });

export type SelfCheck = z.infer<typeof selfCheckSchema>;
export type SelfCheckQuestion = z.infer<typeof question>;
export type SelfCheckOption = z.infer<typeof option>;

/** Answers by the id of their question, each in its one written form: a code, `35.5` (万元), `2027-12-31`; several for `choices`. */
export type Answers = ReadonlyMap<string, readonly string[]>;
