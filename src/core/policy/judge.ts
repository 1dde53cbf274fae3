import type { CheckRequest } from "./application.ts";
import { predicates } from "./predicates/table.ts";
import type { Outcome } from "./predicates/predicate.ts";
import type { Programme } from "./programme.ts";
import type { Condition, Rule } from "./rule.ts";
import { type FitOf, situate, type Situation } from "./situation.ts";
import { type Severity, type Stage, stages } from "./stage.ts";
import { type Bilingual, fill, type Fact } from "./words.ts";

/** What a rule found: always with its clause, its place and the facts it used. */
export type Finding = {
  readonly rule: string;
  readonly clause: string;
  readonly severity: Severity;
  readonly overridable: boolean;
  readonly path: string;
  readonly message: Bilingual;
  readonly title: Bilingual;
  readonly advice: Bilingual;
  readonly facts: readonly { readonly label: Bilingual; readonly value: Fact; readonly over: boolean }[];
};

export type Verdict = "blocked" | "confirm" | "clear";
export type Judgement = {
  readonly policy: string;
  readonly stage: Stage;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** Rules that could be judged and were met. */
  readonly met: readonly Rule[];
};

type Test = (situation: Situation) => Outcome;

const compile = (condition: Condition): Test => {
  if ("predicate" in condition) {
    const predicate = predicates[condition.predicate];
    if (predicate === undefined) throw new RangeError(`unknown predicate ${condition.predicate}`);
    return predicate.make(predicate.schema.parse(condition.with) as never);
  }
  if ("not" in condition) {
    const inner = compile(condition.not);
    return (situation) => {
      const outcome = inner(situation);
      return outcome === null ? null : outcome.length === 0 ? [{}] : [];
    };
  }
  if ("all" in condition) {
    const tests = condition.all.map(compile);
    return (situation) => {
      const outcomes = tests.map((test) => test(situation));
      const faults = outcomes.flatMap((outcome) => outcome ?? []);
      return faults.length > 0 ? faults : outcomes.includes(null) ? null : [];
    };
  }
  const tests = condition.any.map(compile);
  return (situation) => {
    let first: Outcome = null;
    let open = false;
    for (const test of tests) {
      const outcome = test(situation);
      if (outcome === null) open = true;
      else if (outcome.length === 0) return outcome;
      else first ??= outcome;
    }
    return open ? null : first;
  };
};

/** Severity of a rule at a stage: the last stage named up to it decides. */
export const severityAt = (rule: Rule, stage: Stage): Severity | null => {
  let severity: Severity | null = null;
  for (const one of stages) {
    const named = rule.at[one];
    if (named !== undefined) severity = named;
    if (one === stage) break;
  }
  return severity;
};

/** Compiles the rules of a pack once; the judge is pure and keeps nothing between two applications. */
export const judgeOf = (policy: string, programme: Programme, rules: readonly Rule[], fitOf?: FitOf) => {
  const compiled = rules.map((rule) => ({
    rule,
    applies: rule.when === undefined ? undefined : compile(rule.when),
    test: compile(rule.require),
  }));
  const atStage = new Map(
    stages.map((stage) => [
      stage,
      compiled.flatMap((one) => {
        const severity = severityAt(one.rule, stage);
        return severity === null ? [] : [{ ...one, severity }];
      }),
    ]),
  );
  return (request: CheckRequest): Judgement => {
    const situation = situate(programme, request, fitOf);
    const findings: Finding[] = [];
    const met: Rule[] = [];
    for (const { rule, applies, test, severity } of atStage.get(request.stage) ?? []) {
      const applicable = applies === undefined ? [] : applies(situation);
      if (applicable === null || applicable.length > 0) continue;
      const outcome = test(situation);
      if (outcome === null) continue;
      if (outcome.length === 0) met.push(rule);
      for (const fault of outcome) {
        const facts = fault.facts ?? {};
        findings.push({
          rule: rule.id,
          clause: fault.clause ?? rule.clauses[0] ?? "",
          severity,
          overridable: rule.overridable,
          path: fault.path ?? rule.path,
          message: fill(rule.words.message, facts),
          title: fill(rule.words.title, facts),
          advice: fill(rule.words.advice, facts),
          facts: rule.facts.flatMap(({ name, label, over }) => {
            const value = facts[name];
            return value === undefined ? [] : [{ label, value, over }];
          }),
        });
      }
    }
    return { policy, stage: request.stage, verdict: verdictOf(findings), findings, met };
  };
};

const verdictOf = (findings: readonly Finding[]): Verdict =>
  findings.some((one) => one.severity === "error")
    ? "blocked"
    : findings.some((one) => one.severity === "confirm")
      ? "confirm"
      : "clear";
