import { z } from "zod";
import { bilingual } from "./words.ts";

/** The human side of a guide: which clause stands behind each act, the codes of refusal, the checklists, the default periods. */

const clause = z.string().min(1).max(40);
const id = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/);
const item = z.strictObject({ id, title: bilingual, clause });

export const procedureSchema = z.strictObject({
  /** Clause behind an action of the lifecycle, by the action's name. */
  clauses: z.record(z.string(), clause),
  /** Codes of refusal and correction; a finding of any of the clauses suggests the code. A notice cites the one found, else that of the category, else the first. */
  reasons: z
    .array(
      z.strictObject({
        code: z.string().regex(/^R\d{2}$/),
        title: bilingual,
        clauses: z.array(clause).min(1),
        correctable: z.boolean(),
      }),
    )
    .min(1),
  institutionChecklist: z.array(item).min(1),
  departmentChecklist: z.array(item).min(1),
  /** The site where the department looks up the credit of an applicant. */
  credit: z.strictObject({ title: bilingual, clause }),
  preferences: z.array(item),
  correction: z.strictObject({ workingDays: z.int().positive() }),
  appeal: z.strictObject({ workingDays: z.int().positive() }),
});
export type Procedure = z.infer<typeof procedureSchema>;
export type Reason = Procedure["reasons"][number];

/** The codes that findings suggest, in the order of the list. */
export const reasonsFor = (
  procedure: Procedure,
  findings: readonly { readonly clause: string }[],
): readonly Reason[] =>
  procedure.reasons.filter((reason) => findings.some((one) => reason.clauses.includes(one.clause)));
