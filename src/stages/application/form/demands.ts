import type { Policy } from "../../../core/policy/policy.ts";
import type { Condition, Rule } from "../../../core/policy/rule.ts";

type With = {
  readonly path?: string;
  readonly values?: readonly unknown[];
  readonly list?: string;
  readonly where?: { readonly type?: unknown };
};

const leavesOf = (condition: Condition): readonly { readonly predicate: string; readonly with: With }[] =>
  "predicate" in condition
    ? [{ predicate: condition.predicate, with: condition.with ?? {} }]
    : "not" in condition
      ? leavesOf(condition.not)
      : "all" in condition
        ? condition.all.flatMap(leavesOf)
        : condition.any.flatMap(leavesOf);

/** Whether a rule may speak about a category at all: it may, unless it names others only. */
const concerns = (rule: Rule, category: string | null): boolean =>
  rule.when === undefined ||
  leavesOf(rule.when).every(
    (one) =>
      one.predicate !== "one-of" ||
      one.with.path !== "category" ||
      (one.with.values ?? []).includes(category),
  );

/** What the pack demands at a place of the form before it can be submitted, for the words beside the field. */
export const demandsAt = (policy: Policy, path: string, category: string | null): readonly Rule[] =>
  policy.rules.filter(
    (rule) =>
      rule.path === path && [rule.at.submit, rule.at.draft].includes("error") && concerns(rule, category),
  );

/** Whether the guide fixes figures of its own for this category's indicators. */
export const hasGuideIndicators = (policy: Policy, category: string | null): boolean =>
  policy.rules.some(
    (rule) =>
      concerns(rule, category) &&
      leavesOf(rule.require).some((one) => one.predicate === "indicator-promises"),
  );

/** The kind of attachment that a question asks for, by its clause; null where it takes any. */
export const attachmentTypeFor = (policy: Policy, clause: string | undefined): string | null => {
  for (const rule of policy.rules) {
    if (rule.path !== "attachments" || clause === undefined || rule.clauses[0] !== clause) continue;
    for (const one of leavesOf(rule.require)) {
      const type = one.with.where?.type;
      if (one.with.list === "attachments" && typeof type === "string") return type;
    }
  }
  return null;
};
