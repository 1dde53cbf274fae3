import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { coveragePage } from "../../src/app/commands/guide-coverage.ts";
import { auditPolicy } from "../../src/core/policy/audit.ts";
import { compareCase } from "../../src/core/policy/cases.ts";
import { coverageOf, unaccounted } from "../../src/core/policy/coverage.ts";
import { judgeOf } from "../../src/core/policy/judge.ts";
import { hashOf, loadPolicy, policyIds, publishedHashOf } from "../../src/platform/policies.ts";

const policies = await Promise.all((await policyIds()).map((id) => loadPolicy(id)));

describe.each(policies)("pack $id", (policy) => {
  it("is whole", () => expect(auditPolicy(policy)).toEqual([]));

  it("accounts for every clause", () =>
    expect(unaccounted(coverageOf(policy.clauses, policy.rules))).toEqual([]));

  it("is what was published, if it was", async () => {
    const hash = await hashOf(policy.id);
    expect((await publishedHashOf(policy.id)) ?? hash).toBe(hash);
  });

  const judge = judgeOf(policy.id, policy.programme, policy.rules);
  it.each(policy.cases)("$case", (one) => {
    const { expected, found } = compareCase(one, judge(one.request));
    expect(found).toEqual(expected);
  });
});

describe("audit", () => {
  const policy = policies.find((one) => one.id === "dalian-2024");
  if (policy === undefined) throw new Error("the pack is missing");

  it("finds a rule that cites no clause of the guide, and a fact that no predicate gives", () => {
    const [rule] = policy.rules;
    if (rule === undefined) throw new Error("no rules");
    const broken = {
      ...rule,
      id: "broken",
      clauses: ["G99"],
      words: { ...rule.words, message: { zh: "{nothing}", en: "" } },
    };
    expect(auditPolicy({ ...policy, rules: [...policy.rules, broken] })).toEqual([
      "rules broken: there is no clause G99",
      "rules broken: its predicates give no fact {nothing}",
    ]);
  });

  it("finds a clause that nothing carries out", () => {
    const clause = { id: "G0", node: "一", summary: { zh: "", en: "" }, means: [] };
    expect(auditPolicy({ ...policy, clauses: [...policy.clauses, clause] })).toEqual([
      "coverage: nothing carries out clause G0",
    ]);
  });
});

describe("docs/guide-coverage.md", () => {
  it("is what the pack says today", async () => {
    const policy = await loadPolicy("dalian-2024");
    const page = await readFile(path.resolve(import.meta.dirname, "../../docs/guide-coverage.md"), "utf8");
    expect(page).toBe(coveragePage(policy));
  });
});
