import { cited } from "../../../core/guide/cited.ts";
import { civilDateOf, formatDate } from "../../../core/calendar.ts";
import type { Finding } from "../../../core/policy/judge.ts";
import { categoryOf, fieldOf, wordsOfQuestion } from "../../../core/policy/self-check-answer.ts";
import type { Outcome } from "../../../core/policy/self-check-outcome.ts";
import type { DocumentOrder } from "../../../platform/documents.ts";
import { clauseOf } from "../../../ui/clause.tsx";
import { lookOf } from "../../../ui/finding.tsx";
import { wordsOf as uiWords } from "../../../ui/place.ts";
import { hourOf } from "../../../ui/when.tsx";
import { clauseMet } from "../self-check.findings.tsx";
import { quoteOf } from "../self-check.quote.ts";
import { countsOf, numberOf, verdictOf } from "../self-check.verdict.ts";
import { type Check, sayAnswer } from "../self-check.visit.ts";
import { wordsOf } from "../self-check.words.ts";

/** 自查结果 as a paper: in Chinese, whatever the page is read in. Drawn for the visitor and kept by nobody. */

const findingOf = ({ place }: Check, { severity, title, message, advice, clause }: Finding) => ({
  level: uiWords(place).severity[lookOf[severity]],
  title: title.zh,
  message: `${message.zh}\n${advice.zh}`,
  clause: cited(clauseOf(place.policy, clause)?.node ?? clause),
  words: quoteOf(place.policy, clause)?.replace(/[；;。]$/, "") ?? null,
});

const quotaOf = (check: Check, { quota }: Outcome) => {
  if (quota === null) return [];
  const words = wordsOf(check.place).result;
  const category = categoryOf(check.programme, check.answers);
  return [
    {
      level: uiWords(check.place).severity.info,
      title: words.quotaTitle(category?.title.zh ?? "", quota.limit),
      message: quota.title === null ? words.quotaOwn : words.quotaText(quota.title.zh),
      clause: cited(clauseOf(check.place.policy, quota.clause)?.node ?? quota.clause),
      words: null,
    },
  ];
};

const whoOf = ({ place, programme, answers }: Check): string | null => {
  const category = categoryOf(programme, answers);
  const field = fieldOf(programme, answers);
  const division = programme.divisions.find((one) => one.code === field?.division);
  if (category === undefined || field === undefined || division === undefined) return null;
  const phone =
    field.phone === null
      ? uiWords(place).phoneMissing
      : [...(programme.areaCode === null ? [] : [programme.areaCode]), field.phone].join("-");
  return `${wordsOf(place).result.who(category.title.zh, field.title.zh)}：${division.title.zh} ${phone}`;
};

/** What the summary is drawn from; `check` stands in Chinese. */
export const summaryOrder = (check: Check, outcome: Outcome): DocumentOrder => {
  const { place, programme, asked, answers } = check;
  const { policy, now } = place;
  const late = outcome.clock.filter((one) => one.severity === "error");
  const early = outcome.clock.filter((one) => one.severity !== "error");
  return {
    policy: policy.id,
    kind: "self-check-summary",
    code: null,
    at: now,
    application: null,
    data: {
      author: programme.platform.zh,
      number: numberOf(check),
      call: programme.call.zh,
      guide: programme.title.zh,
      hash: policy.hash,
      made: `${formatDate(civilDateOf(now), "zh")} ${hourOf(now)}`,
      verdict: verdictOf(check, outcome, countsOf(outcome))[1].join(""),
      answers: asked
        .filter((question) => answers.has(question.id))
        .map((question) => [wordsOfQuestion(question, answers).label.zh, sayAnswer(check, question)]),
      findings: [
        ...[...late, ...outcome.findings.map((one) => one.finding), ...early].map((one) =>
          findingOf(check, one),
        ),
        ...quotaOf(check, outcome),
      ],
      met: outcome.met.map((rule) => ({
        title: rule.words.summary.zh,
        clause: cited(clauseOf(policy, clauseMet(check, rule))?.node ?? clauseMet(check, rule)),
      })),
      who: whoOf(check),
    },
  };
};
