import { endOf, startOf } from "../calendar.ts";
import type { CheckRequest } from "./application.ts";
import type { Finding, Judgement, Verdict } from "./judge.ts";
import type { Programme } from "./programme.ts";
import type { Rule } from "./rule.ts";
import type { Answers, SelfCheck, SelfCheckQuestion } from "./self-check.ts";
import { questionsFor, requestFrom } from "./self-check-walk.ts";
import { type Severity, severities } from "./stage.ts";
import { type Bilingual, text } from "./words.ts";

/** A day that stands in the base for one that nobody was asked about; facts with it are not shown. */
export const unaskedDay = "9999-12-31";

export type Quota = { readonly title: Bilingual | null; readonly limit: number; readonly clause: string };

export type Outcome = {
  /** Of the answers alone, whatever the time. */
  readonly verdict: Verdict;
  readonly asked: readonly SelfCheckQuestion[];
  /** Heaviest first, each with the question whose answer it is about. */
  readonly findings: readonly { readonly finding: Finding; readonly question: SelfCheckQuestion }[];
  /** What the present moment adds. Before the window it only informs: there is time to prepare. */
  readonly clock: readonly Finding[];
  readonly met: readonly Rule[];
  /** Places for recommendation, where the category has a quota. */
  readonly quota: Quota | null;
  readonly window: "before" | "open" | "after";
};

const weight = (severity: Severity) => severities.indexOf(severity);

const verdictOf = (findings: readonly { finding: Finding }[]): Verdict =>
  findings.some((one) => one.finding.severity === "error")
    ? "blocked"
    : findings.some((one) => one.finding.severity === "confirm")
      ? "confirm"
      : "clear";

const informing = (finding: Finding): Finding => ({ ...finding, severity: "info" });

const quotaOf = (programme: Programme, { application, registry }: CheckRequest): Quota | null => {
  if (programme.categories.find((one) => one.code === application.category)?.quota !== true) return null;
  const group = registry.organizations[0]?.quotaGroup;
  const named = programme.quota.groups.find((one) => one.id === group);
  return named ?? { ...programme.quota.otherwise, title: null };
};

/** Where an instant stands to the window of applications. */
export const windowAt = ({ windows: { application } }: Programme, at: number): Outcome["window"] =>
  at < startOf(application.opens) ? "before" : at < endOf(application.closes) ? "open" : "after";

/** Judges the answers by the rules that the questions asked settle, and by no other. */
export const outcomeOf = (
  selfCheck: SelfCheck,
  programme: Programme,
  judge: (request: CheckRequest) => Judgement,
  answers: Answers,
  at: number,
  language: keyof Bilingual = "zh",
): Outcome => {
  const asked = questionsFor(selfCheck, programme, answers);
  const settled = new Map<string, SelfCheckQuestion>();
  for (const question of asked)
    for (const rule of question.rules) if (!settled.has(rule)) settled.set(rule, question);
  // A code that was chosen is shown as its title: nobody knows countries by their letters.
  const titles = new Map(
    asked.flatMap((question) =>
      question.options
        .filter((option) => answers.get(question.id)?.includes(option.value) === true)
        .map((option) => [option.value, option.title]),
    ),
  );
  const request = requestFrom(selfCheck, programme, answers, at, language);
  const judgement = judge(request);
  const window = windowAt(programme, at);
  const now = judge({ ...request, at: new Date(at).toISOString() });
  const ofClock = ({ rule }: Finding) => selfCheck.clock.includes(rule);
  const findings = judgement.findings.flatMap((finding) => {
    const question = settled.get(finding.rule);
    if (question === undefined) return [];
    const facts = finding.facts.flatMap((fact) => {
      const { value } = fact;
      if (value.kind === "date" && value.date === unaskedDay) return [];
      const title = value.kind === "text" ? titles.get(value.text.zh) : undefined;
      return [title === undefined ? fact : { ...fact, value: text(title) }];
    });
    return [{ finding: { ...finding, facts }, question }];
  });
  return {
    verdict: verdictOf(findings),
    asked,
    findings: findings.toSorted(
      (one, other) => weight(one.finding.severity) - weight(other.finding.severity),
    ),
    clock: now.findings
      .filter(ofClock)
      .map((finding) => (window === "before" ? informing(finding) : finding)),
    met: [
      ...judgement.met.filter((rule) => settled.has(rule.id)),
      ...now.met.filter((rule) => selfCheck.clock.includes(rule.id)),
    ].filter((rule) => !selfCheck.quiet.includes(rule.id)),
    quota: quotaOf(programme, request),
    window,
  };
};
