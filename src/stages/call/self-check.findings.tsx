import type { Finding } from "../../core/policy/judge.ts";
import { categoryOf, wordsOfQuestion } from "../../core/policy/self-check-answer.ts";
import type { Outcome, Quota } from "../../core/policy/self-check-outcome.ts";
import type { Rule } from "../../core/policy/rule.ts";
import type { SelfCheckQuestion } from "../../core/policy/self-check.ts";
import { ClauseChip, clauseOf } from "../../ui/clause.tsx";
import { FindingCard } from "../../ui/finding.tsx";
import { Icon } from "../../ui/icon.tsx";
import { say } from "../../ui/place.ts";
import { Sev } from "../../ui/severity.tsx";
import { quoteOf } from "./self-check.quote.ts";
import { carry, type Check, questionPath } from "./self-check.visit.ts";
import { wordsOf } from "./self-check.words.ts";

/** Clause of a rule that was met: where it enforces several, the one of the category chosen. */
export const clauseMet = ({ programme, answers }: Check, rule: Rule): string => {
  const category = categoryOf(programme, answers);
  const own =
    category === undefined
      ? []
      : [category.clause, category.ceiling.clause, category.period.start.clause, category.period.end.clause];
  return rule.clauses.find((id) => own.includes(id)) ?? rule.clauses[0] ?? "";
};

/** Places of the guide behind findings and what was met. */
export const clausesCited = (check: Check, { findings, clock, met, quota }: Outcome): number => {
  const ids = [
    ...findings.map((one) => one.finding.clause),
    ...clock.map((one) => one.clause),
    ...met.map((rule) => clauseMet(check, rule)),
    ...(quota === null ? [] : [quota.clause]),
  ];
  return new Set(ids.map((id) => clauseOf(check.place.policy, id)?.node ?? id)).size;
};

/** A finding with the way back to the question that brought it. */
const Card = ({
  check,
  finding,
  question,
}: {
  check: Check;
  finding: Finding;
  question?: SelfCheckQuestion;
}) => {
  const { place } = check;
  return (
    <FindingCard place={place} finding={finding} quote={quoteOf(place.policy, finding.clause)}>
      {question !== undefined && (
        <a class="govuk-link zn-noprint zn-nowrap" href={carry(check, questionPath(question.id))}>
          {wordsOf(place).changeThis(say(place, wordsOfQuestion(question, check.answers).label))}
        </a>
      )}
    </FindingCard>
  );
};

const QuotaCard = ({ check, quota }: { check: Check; quota: Quota }) => {
  const { place, programme, answers } = check;
  const words = wordsOf(place).result;
  const category = categoryOf(programme, answers);
  return (
    <section class="zn-finding zn-finding--info">
      <div class="zn-finding__head">
        <Sev place={place} look="info" /> <ClauseChip place={place} id={quota.clause} />
      </div>
      <h2 class="zn-finding__title">
        {words.quotaTitle(category === undefined ? "" : say(place, category.title), quota.limit)}
      </h2>
      <p>{quota.title === null ? words.quotaOwn : words.quotaText(say(place, quota.title))}</p>
    </section>
  );
};

/** Heaviest first: the clock, then what the answers brought, then what is only to be known. */
export const Findings = ({ check, outcome }: { check: Check; outcome: Outcome }) => {
  const late = outcome.clock.filter((one) => one.severity === "error");
  const early = outcome.clock.filter((one) => one.severity !== "error");
  return (
    <>
      {late.map((finding) => (
        <Card check={check} finding={finding} />
      ))}
      {outcome.findings.map(({ finding, question }) => (
        <Card check={check} finding={finding} question={question} />
      ))}
      {early.map((finding) => (
        <Card check={check} finding={finding} />
      ))}
      {outcome.quota !== null && <QuotaCard check={check} quota={outcome.quota} />}
    </>
  );
};

/** What was met, each with its clause: as much a result as what was not. */
export const Passed = ({ check, outcome }: { check: Check; outcome: Outcome }) => (
  <section class="zn-sc-passed">
    <h2 class="govuk-heading-m">{wordsOf(check.place).result.met(outcome.met.length)}</h2>
    <ul class="zn-passed">
      {outcome.met.map((rule) => (
        <li>
          <Icon place={check.place} name="ok" />
          <span>
            {say(check.place, rule.words.summary)}{" "}
            <ClauseChip place={check.place} id={clauseMet(check, rule)} short />
          </span>
        </li>
      ))}
    </ul>
  </section>
);
