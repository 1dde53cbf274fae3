import type { Policy } from "../../core/policy/policy.ts";
import type { Reason } from "../../core/policy/procedure.ts";

/**
 * The clause that stands behind a reason in this case: the one that a finding named, else the one of the category that was applied for,
 * else the first of the list. A code may stand for the ceilings of five categories; a notice cites one.
 */
export const citedClause = (
  { programme }: Pick<Policy, "programme">,
  { clauses }: Pick<Reason, "clauses">,
  category: string | null,
  found: readonly string[],
): string => {
  const own = programme.categories.find((one) => one.code === category);
  const ofCategory = own === undefined ? [] : [own.ceiling.clause, own.period.end.clause, own.clause];
  return (
    clauses.find((one) => found.includes(one)) ??
    clauses.find((one) => ofCategory.includes(one)) ??
    clauses[0] ??
    ""
  );
};
